import { GatewayError } from "../errors.ts";
import { reportTopic } from "../reports/report-topic.ts";
import { isFinal, reportStatus, sourceStatus } from "../reports/states.ts";
import { listSources, type StoredSource } from "../store/report-sources.ts";
import { findReport, type StoredReport } from "../store/reports.ts";
import type { Store } from "../store/store.ts";
import type { OperationDeps } from "./deps.ts";
import { readOnce } from "./read-once.ts";

/** How often what was read across a change is read again: changes come seconds apart. */
const MOST_TRIES = 5;

/** A report and its sources as they stood together. */
export interface WatchedReport {
  report: StoredReport;
  sources: StoredSource[];
}

/** Follows one of a viewer's reports. */
export type WatchReport = (
  viewer: string,
  reportId: string,
  signal: AbortSignal,
) => AsyncGenerator<WatchedReport, void, void>;

/**
 * Makes what follows reports: each as it stands, at once, then after each change of its status or a source's, until it is READY,
 * PARTIAL, FAILED or REMOVED. Reads the rows after each wake-up, once for all who were woken, so a lost or doubled one changes nothing; a
 * database that is away for a while only delays what is seen.
 *
 * The generator throws GatewayError NOT_FOUND when there is no such report or it is another's.
 */
export function createWatchReport({ store, hub, log }: Pick<OperationDeps, "store" | "hub" | "log">): WatchReport {
  const look = readOnce((key: { viewer: string; reportId: string }) => lookAt(store, key.viewer, key.reportId));

  return async function* watchReport(viewer, reportId, signal) {
    let shown = "";
    const topic = reportTopic(reportId);
    for await (const _ of hub.subscribe(topic, signal)) {
      const seen = await look({ viewer, reportId }).catch((error: unknown) => {
        if (shown === "" || error instanceof GatewayError) throw error;
        log.warn({ err: error, report: reportId }, "a watched report could not be read; the next wake-up tries again");
        hub.missed(topic);
        return null;
      });
      if (!seen) continue;
      const now = [seen.report.status, ...seen.sources.map((source) => sourceStatus(source.state))].join();
      if (now !== shown) yield seen;
      shown = now;
      if (isFinal(seen.report.status)) return;
    }
  };
}

/** Both are changed in one transaction but read one after the other: what was read across a change is read again. */
async function lookAt(store: Store, viewer: string, reportId: string): Promise<WatchedReport> {
  for (let tries = 1; ; tries++) {
    const report = await findReport(store.db, viewer, reportId);
    if (!report) throw new GatewayError("NOT_FOUND", "There is no such report.", { field: "id" });
    const sources = await listSources(store.db, [reportId]);
    const agree = report.status === reportStatus(sources.map((source) => source.state));
    if (agree || tries === MOST_TRIES) return { report, sources };
  }
}
