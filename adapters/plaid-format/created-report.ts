import type { AssetReportCreateResponse } from "plaid";
import type { CreatedReport } from "../adapter/reports.ts";
import { text } from "../fields.ts";
import { raw, required } from "../records.ts";

/**
 * The answer of /asset_report/create.
 * @throws GatewayError PROVIDER_BAD_RESPONSE without id or token: the report was made, but cannot be read.
 */
export function createdReport(body: Record<string, unknown>): CreatedReport {
  const { asset_report_id, asset_report_token } = raw<AssetReportCreateResponse>(body);
  return {
    remoteId: required(text(asset_report_id), asset_report_id, "asset_report_id", "a string"),
    token: required(text(asset_report_token), asset_report_token, "asset_report_token", "a string"),
    requestId: text(body.request_id),
  };
}
