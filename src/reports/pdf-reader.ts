import type { ReportPdf } from "../../adapters/adapter/reports.ts";
import type { Adapter, ReportCall } from "../../adapters/adapter.ts";
import type { StoredSource } from "../store/report-sources.ts";

/** How a source's PDF is asked for; undefined where its aggregator gives none. */
export function pdfReader(
  adapter: Adapter | undefined,
  { made_by }: Pick<StoredSource, "made_by">,
): ((call: ReportCall) => Promise<ReportPdf>) | undefined {
  if (made_by === "AUDIT_COPY") return adapter?.readAuditCopyPdf;
  if (made_by === "RELAY" || made_by === "RELAY_REFRESH") return adapter?.readRelayPdf;
  return adapter?.readReportPdf;
}
