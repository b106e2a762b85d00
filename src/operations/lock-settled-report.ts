import { GatewayError } from "../errors.ts";
import { findReport, lockReport, type StoredReport } from "../store/reports.ts";
import type { Tx } from "../store/store.ts";

/**
 * The viewer's report, locked, which is neither under way nor removed.
 * @throws GatewayError NOT_FOUND, REPORT_NOT_READY, GONE, naming the input's id.
 */
export async function lockSettledReport(tx: Tx, viewer: string, reportId: string): Promise<StoredReport> {
  const field = "input.id";
  const own = await findReport(tx.db, viewer, reportId);
  const report = own && (await lockReport(tx.db, reportId));
  if (!report) throw new GatewayError("NOT_FOUND", "There is no such report.", { field });
  if (report.status === "REMOVED") throw new GatewayError("GONE", "This report has been removed.", { field });
  if (report.status === "PENDING") {
    throw new GatewayError("REPORT_NOT_READY", "This report is still being prepared. Subscribe to reportStatus.", {
      field,
    });
  }
  return report;
}
