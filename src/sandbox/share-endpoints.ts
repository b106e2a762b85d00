import { reportAnswer } from "./answers/report.ts";
import { reportPdf } from "./answers/report-pdf.ts";
import { ApiError } from "./api-error.ts";
import type { Core, Endpoint, Manner } from "./endpoints.ts";
import {
  CLIENT_FIELDS,
  type Field,
  type Fields,
  flag,
  type Judged,
  judge,
  listOf,
  nullable,
  optional,
  record,
  text,
  webAddress,
} from "./judge.ts";
import type { ReportRecord } from "./reports.ts";

/** Income reports are not relayed yet. */
const assetOnly: Field<string> = {
  ...text,
  read(value, path) {
    if (value !== "asset") throw new ApiError("INVALID_FIELD", { message: `${path} must be "asset"` });
    return value;
  },
};

/**
 * The endpoints of shares that Plaid has and Link Money has not: reading an audit copy, and relays. Every client is let in to a relay,
 * whatever secondary_client_id it was made for, for there is only one here. A relay stands for the newest report that it was refreshed to.
 */
export function createShareEndpoints({ items, reports }: Core, manner: Manner): Record<string, Endpoint> {
  const { provider, unknown } = manner;
  const onClient =
    <F extends Fields>(fields: F, answer: (fields: Judged<F>) => object | Promise<object>): Endpoint =>
    (request) => {
      manner.admitClientCall(request);
      return answer(judge(request.body, { ...CLIENT_FIELDS, ...fields }, unknown));
    };
  const relay = { relay_token: text, report_type: assetOnly };
  const told = (report: ReportRecord, insights: boolean) =>
    reportAnswer(report, items, { ...manner.transactions, insights });

  return {
    "/asset_report/audit_copy/get": onClient({ audit_copy_token: text }, ({ audit_copy_token }) =>
      told(reports.shared(provider, "audit-copy", audit_copy_token), false),
    ),
    "/asset_report/audit_copy/pdf/get": onClient(
      { audit_copy_token: text, options: optional(record) },
      ({ audit_copy_token }) => reportPdf(told(reports.shared(provider, "audit-copy", audit_copy_token), false).report),
    ),
    "/credit/relay/create": onClient(
      { report_tokens: listOf(text, 1), secondary_client_id: text, webhook: optional(webAddress) },
      ({ report_tokens, secondary_client_id }) => {
        const [token = "", ...more] = report_tokens;
        if (more.length > 0)
          throw new ApiError("INVALID_FIELD", { message: "report_tokens must be one asset report token" });
        return { relay_token: reports.share(reports.ready(provider, token), "relay", secondary_client_id) };
      },
    ),
    "/credit/relay/get": onClient(
      { ...relay, include_insights: optional(flag) },
      ({ relay_token, include_insights = false }) =>
        told(reports.shared(provider, "relay", relay_token), include_insights),
    ),
    "/credit/relay/pdf/get": onClient(relay, ({ relay_token }) =>
      reportPdf(told(reports.shared(provider, "relay", relay_token), false).report),
    ),
    "/credit/relay/refresh": onClient({ ...relay, webhook: nullable(webAddress) }, async ({ relay_token, webhook }) => {
      const before = reports.shared(provider, "relay", relay_token);
      const of = before.itemIds.flatMap((itemId) => items.byId(itemId) ?? []);
      if (of.some((item) => item.removed)) throw new ApiError("INVALID_ACCESS_TOKEN");
      const { daysRequested, clientReportId, user, allRequired, investments, excluded } = before;
      const asked = { daysRequested, clientReportId, user, allRequired, investments, excluded };
      const request = { ...asked, webhook: webhook ?? null };
      const report = await reports.create(provider, of, request);
      reports.relayTo(report, relay_token);
      return { relay_token, asset_report_id: report.id };
    }),
    "/credit/relay/remove": onClient({ relay_token: text }, ({ relay_token }) => {
      reports.unshare(provider, "relay", relay_token);
      return { removed: true };
    }),
  };
}
