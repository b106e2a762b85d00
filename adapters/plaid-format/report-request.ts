import type { AssetReportCreateRequest, AssetReportCreateResponse, AssetReportUser } from "plaid";
import type { CreatedReport, ReportRequest, ReportUserRecord } from "../adapter.ts";
import { text } from "../fields.ts";
import { raw, required } from "../records.ts";

/** The body of /asset_report/create: what was not given is left out, for neither aggregator takes null. */
export function reportRequestBody(request: ReportRequest): AssetReportCreateRequest {
  const { clientReportId, user, webhook } = request;
  return {
    access_tokens: request.tokens,
    days_requested: request.daysRequested,
    options: {
      webhook,
      ...(clientReportId === null ? {} : { client_report_id: clientReportId }),
      ...(user === null ? {} : { user: userBody(user) }),
    },
  };
}

/** @throws GatewayError PROVIDER_BAD_RESPONSE without id or token: the report was made, but cannot be read. */
export function createdReport(body: Record<string, unknown>): CreatedReport {
  const { asset_report_id, asset_report_token } = raw<AssetReportCreateResponse>(body);
  return {
    remoteId: required(text(asset_report_id), asset_report_id, "asset_report_id", "a string"),
    token: required(text(asset_report_token), asset_report_token, "asset_report_token", "a string"),
    requestId: text(body.request_id),
  };
}

function userBody(user: ReportUserRecord): AssetReportUser {
  const body = {
    client_user_id: user.clientUserId,
    first_name: user.firstName,
    middle_name: user.middleName,
    last_name: user.lastName,
    ssn: user.ssn,
    phone_number: user.phoneNumber,
    email: user.email,
  };
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}
