import type { ReportCall } from "../adapter.ts";
import type { Http, HttpAnswer, HttpStream, LongList } from "../http.ts";
import type {
  AssetReportAuditCopyGetRequest,
  AssetReportAuditCopyPdfGetRequest,
  CreditRelayCreateRequest,
  CreditRelayGetRequest,
  CreditRelayPDFGetRequest,
  CreditRelayRefreshRequest,
  CreditRelayRemoveRequest,
} from "./wire.ts";

/** The calls on shares that only Plaid has. `call.token` is the share's own, but where one is made. */
export interface ShareCalls {
  auditCopyGet(items: LongList, call: ReportCall): Promise<HttpAnswer>;
  auditCopyPdfGet(call: ReportCall): Promise<HttpStream>;
  creditRelayCreate(secondaryClientId: string, call: ReportCall): Promise<HttpAnswer>;
  creditRelayGet(options: { insights: boolean; items: LongList }, call: ReportCall): Promise<HttpAnswer>;
  creditRelayPdfGet(call: ReportCall): Promise<HttpStream>;
  creditRelayRefresh(webhook: string, call: ReportCall): Promise<HttpAnswer>;
  creditRelayRemove(call: ReportCall): Promise<HttpAnswer>;
}

/** As long as the same calls on one's own reports: see plaid-format/report-calls.ts. In ms. */
const REFRESH_MS = 18_000;
const GET_MS = 27_000;

/** Income reports are not relayed yet. */
const ASSET = "asset" as CreditRelayGetRequest["report_type"];

const PDF = { accept: "application/pdf", begins: "%PDF-", safe: true, deadlineMs: GET_MS } as const;

/** Paths and bodies as in https://plaid.com/docs/api/products/assets/ and Plaid's published OpenAPI. */
export function shareCalls(http: Http): ShareCalls {
  return {
    auditCopyGet: (items, { token, ...call }) =>
      http.post({
        ...call,
        endpoint: "/asset_report/audit_copy/get",
        body: { audit_copy_token: token } satisfies AssetReportAuditCopyGetRequest,
        safe: true,
        deadlineMs: GET_MS,
        longList: items,
      }),
    auditCopyPdfGet: ({ token, ...call }) =>
      http.stream({
        ...{ ...call, ...PDF },
        endpoint: "/asset_report/audit_copy/pdf/get",
        body: { audit_copy_token: token } satisfies AssetReportAuditCopyPdfGetRequest,
      }),
    creditRelayCreate: (secondaryClientId, { token, ...call }) =>
      http.post({
        ...call,
        endpoint: "/credit/relay/create",
        body: { report_tokens: [token], secondary_client_id: secondaryClientId } satisfies CreditRelayCreateRequest,
        safe: false,
      }),
    creditRelayGet: ({ insights, items }, { token, ...call }) =>
      http.post({
        ...call,
        endpoint: "/credit/relay/get",
        body: {
          ...{ relay_token: token, report_type: ASSET },
          include_insights: insights,
        } satisfies CreditRelayGetRequest,
        safe: true,
        deadlineMs: GET_MS,
        longList: items,
      }),
    creditRelayPdfGet: ({ token, ...call }) =>
      http.stream({
        ...{ ...call, ...PDF },
        endpoint: "/credit/relay/pdf/get",
        body: { relay_token: token, report_type: ASSET } satisfies CreditRelayPDFGetRequest,
      }),
    creditRelayRefresh: (webhook, { token, ...call }) =>
      http.post({
        ...call,
        endpoint: "/credit/relay/refresh",
        body: { relay_token: token, report_type: ASSET, webhook } satisfies CreditRelayRefreshRequest,
        safe: false,
        deadlineMs: REFRESH_MS,
      }),
    creditRelayRemove: ({ token, ...call }) =>
      http.post({
        ...call,
        endpoint: "/credit/relay/remove",
        body: { relay_token: token } satisfies CreditRelayRemoveRequest,
        safe: false,
      }),
  };
}
