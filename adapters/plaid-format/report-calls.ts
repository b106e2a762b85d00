import type {
  AssetReportAddOns,
  AssetReportAuditCopyCreateRequest,
  AssetReportAuditCopyRemoveRequest,
  AssetReportCreateRequest,
  AssetReportFilterRequest,
  AssetReportGetRequest,
  AssetReportPDFGetRequest,
  AssetReportRefreshRequest,
  AssetReportRemoveRequest,
  AssetReportUser,
} from "plaid";
import type { RefreshRequest, ReportRequest, ReportUserRecord } from "../adapter/reports.ts";
import type { Http } from "../http.ts";
import type { FormatClient } from "./format-adapter.ts";

/** The calls on asset reports. */
export type ReportCalls = Pick<
  FormatClient,
  | "assetReportCreate"
  | "assetReportRefresh"
  | "assetReportFilter"
  | "assetReportGet"
  | "assetReportRemove"
  | "auditCopyCreate"
  | "auditCopyRemove"
  | "assetReportPdfGet"
>;

/**
 * Shorter than the gateway's own deadlines for these calls (WRITE_DEADLINE_MS and READ_DEADLINE_MS of src/reports/schedule.ts), so
 * that a hung aggregator is told from a caller who left; a report of two years may be large and slow to come. In ms.
 */
const CREATE_MS = 18_000;
const GET_MS = 27_000;

/** The calls on asset reports; `credentials` stand in every body, for an aggregator that does not take them as headers. */
export function reportCalls(http: Http, credentials: { client_id?: string; secret?: string } = {}): ReportCalls {
  return {
    assetReportCreate: (request, call) =>
      http.post({
        ...call,
        endpoint: "/asset_report/create",
        body: { ...credentials, ...createBody(request) } satisfies AssetReportCreateRequest,
        safe: false,
        deadlineMs: CREATE_MS,
      }),
    assetReportRefresh: (request, { token, ...call }) =>
      http.post({
        ...call,
        endpoint: "/asset_report/refresh",
        body: {
          ...credentials,
          asset_report_token: token,
          ...refreshBody(request),
        } satisfies AssetReportRefreshRequest,
        safe: false,
        deadlineMs: CREATE_MS,
      }),
    assetReportFilter: ({ excludedAccounts }, { token, ...call }) =>
      http.post({
        ...call,
        endpoint: "/asset_report/filter",
        body: {
          ...credentials,
          asset_report_token: token,
          account_ids_to_exclude: excludedAccounts,
        } satisfies AssetReportFilterRequest,
        safe: false,
        deadlineMs: CREATE_MS,
      }),
    assetReportGet: ({ insights, items }, { token, ...call }) =>
      http.post({
        ...call,
        endpoint: "/asset_report/get",
        body: {
          ...credentials,
          asset_report_token: token,
          include_insights: insights,
        } satisfies AssetReportGetRequest,
        safe: true,
        deadlineMs: GET_MS,
        longList: items,
      }),
    auditCopyCreate: (auditorId, { token, ...call }) =>
      http.post({
        ...call,
        endpoint: "/asset_report/audit_copy/create",
        body: {
          ...credentials,
          asset_report_token: token,
          auditor_id: auditorId,
        } satisfies AssetReportAuditCopyCreateRequest,
        safe: false,
      }),
    auditCopyRemove: ({ token, ...call }) =>
      http.post({
        ...call,
        endpoint: "/asset_report/audit_copy/remove",
        body: { ...credentials, audit_copy_token: token } satisfies AssetReportAuditCopyRemoveRequest,
        safe: false,
      }),
    assetReportPdfGet: ({ token, ...call }) =>
      http.stream({
        ...call,
        endpoint: "/asset_report/pdf/get",
        body: { ...credentials, asset_report_token: token } satisfies AssetReportPDFGetRequest,
        accept: "application/pdf",
        begins: "%PDF-",
        safe: true,
        deadlineMs: GET_MS,
      }),
    assetReportRemove: ({ token, ...call }) =>
      http.post({
        ...call,
        endpoint: "/asset_report/remove",
        body: { ...credentials, asset_report_token: token } satisfies AssetReportRemoveRequest,
        safe: false,
      }),
  };
}

/** What was not given is left out, for neither aggregator takes null. */
function createBody(request: ReportRequest): AssetReportCreateRequest {
  const { tokens, daysRequested, clientReportId, user, webhook, investments } = request;
  return {
    access_tokens: tokens,
    days_requested: daysRequested,
    options: {
      webhook,
      ...(clientReportId === null ? {} : { client_report_id: clientReportId }),
      ...(user === null ? {} : { user: userBody(user) }),
      // an enum of a package that is there for its types alone
      ...(investments && { add_ons: ["investments" as AssetReportAddOns] }),
    },
  };
}

/** What is empty is said by an empty string: left out, it would stay as it was (Plaid's reference of /asset_report/refresh). */
function refreshBody({ daysRequested, clientReportId, user, webhook }: RefreshRequest) {
  const named = user && wireUser(user);
  return {
    days_requested: daysRequested,
    options: {
      webhook,
      client_report_id: clientReportId ?? "",
      ...(named && {
        user: Object.fromEntries(Object.entries(named).map(([key, value]) => [key, value ?? ""])) as AssetReportUser,
      }),
    },
  };
}

function userBody(user: ReportUserRecord): AssetReportUser {
  return Object.fromEntries(Object.entries(wireUser(user)).filter(([, value]) => value !== null));
}

function wireUser(user: ReportUserRecord) {
  return {
    client_user_id: user.clientUserId,
    first_name: user.firstName,
    middle_name: user.middleName,
    last_name: user.lastName,
    ssn: user.ssn,
    phone_number: user.phoneNumber,
    email: user.email,
  };
}
