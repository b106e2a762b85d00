import type { Report, ReportSource } from "../../schema/report.ts";
import { providerError } from "../errors/provider-error.ts";
import { encodeId } from "../ids.ts";
import type { StoredSource } from "../store/report-sources.ts";
import type { StoredReport } from "../store/reports.ts";
import { sourceStatus } from "./states.ts";

/** A stored report as the schema's noun. It has an error when all its sources failed: the first one's. */
export function reportNoun(row: StoredReport, sources: readonly StoredSource[]): Report {
  const failed = row.status === "FAILED" ? sources.find((source) => source.error) : undefined;
  return {
    basedOnUuid: row.based_on,
    id: encodeId("Report", row.id),
    status: row.status,
    origin: row.origin,
    clientReportId: row.client_report_id,
    daysRequested: row.days_requested,
    requestedAt: row.requested_at,
    readyAt: row.ready_at,
    error: failed?.error ? providerError(failed.error) : null,
  };
}

/** A stored source as the schema's noun. */
export function sourceNoun(row: StoredSource): ReportSource {
  return {
    reportUuid: row.report_id,
    id: encodeId("ReportSource", row.id),
    provider: row.provider,
    remoteId: row.remote_id,
    status: sourceStatus(row.state),
    generatedAt: row.generated_at,
    error: row.state === "FAILED" && row.error ? providerError(row.error) : null,
    itemIds: row.items.map((item) => encodeId("Item", item.id)),
  };
}
