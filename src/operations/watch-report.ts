import { GatewayError } from "../errors.ts";
import { reportTopic } from "../reports/deps.ts";
import { isFinal, sourceStatus } from "../reports/states.ts";
import { listSources } from "../store/report-sources.ts";
import { findReport, type StoredReport } from "../store/reports.ts";
import type { OperationDeps } from "./deps.ts";

/**
 * The viewer's report as it stands, at once, then after each change of its status or a source's; ends when it is READY,
 * PARTIAL, FAILED or REMOVED. Reads the row after each wake-up, so a lost or doubled one changes nothing.
 * @throws GatewayError NOT_FOUND when there is none or it is another's.
 */
export async function* watchReport(
  deps: OperationDeps,
  viewer: string,
  reportId: string,
  signal: AbortSignal,
): AsyncGenerator<StoredReport, void, void> {
  let shown = "";
  for await (const _ of deps.hub.subscribe(reportTopic(reportId), signal)) {
    const report = await findReport(deps.store.db, viewer, reportId);
    if (!report) throw new GatewayError("NOT_FOUND", "There is no such report.", { field: "id" });
    const sources = await listSources(deps.store.db, [reportId]);
    const now = [report.status, ...sources.map((source) => sourceStatus(source.state))].join();
    if (now !== shown) yield report;
    shown = now;
    if (isFinal(report.status)) return;
  }
}
