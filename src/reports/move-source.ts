import { isoNow } from "../clock.ts";
import { GatewayError } from "../errors.ts";
import { recordEvent } from "../events/record-event.ts";
import type { SourceState } from "../store/database.ts";
import { findSource, listSources, type StoredSource, updateSource } from "../store/report-sources.ts";
import { lockReport, updateReport } from "../store/reports.ts";
import type { Tx } from "../store/store.ts";
import type { ReportDeps } from "./deps.ts";
import { reportTopic } from "./report-topic.ts";
import { mayBecome, reportStatus } from "./states.ts";

/** What a transition writes besides the state. */
export type SourceChange = Parameters<typeof updateSource>[2];

/**
 * Runs `step` with the source as it stands under its report's lock: the one way to change a source. Without the lock,
 * two sources that settle together would each see the other pending.
 */
export function withLockedSource<T>(
  deps: ReportDeps,
  sourceId: string,
  step: (tx: Tx, source: StoredSource) => Promise<T>,
): Promise<T | null> {
  return deps.store.transaction(async (tx) => {
    const unlocked = await findSource(tx.db, sourceId);
    if (!unlocked || !(await lockReport(tx.db, unlocked.report_id))) return null;
    const source = await findSource(tx.db, sourceId);
    return source && step(tx, source);
  });
}

/** Moves a locked source to `to`, brings its report's status along and wakes the report's subscribers. */
export async function moveSource(
  deps: ReportDeps,
  tx: Tx,
  source: StoredSource,
  to: SourceState,
  change: SourceChange = {},
): Promise<void> {
  if (!mayBecome(source.state, to)) {
    throw new GatewayError("INTERNAL_SERVER_ERROR", `Source ${source.id} cannot go from ${source.state} to ${to}.`);
  }
  const now = isoNow(deps.clock);
  await updateSource(tx.db, source.id, {
    ...change,
    state: to,
    lease_until: change.lease_until ?? null,
  });
  await followSources(deps, tx, source.report_id, now);
  const { id, report_id: report, provider, state: from } = source;
  tx.afterCommit(() => deps.log.info({ report, source: id, provider, from, to }, "report source moved"));
  if (to === "READY" && source.sent_at !== null) {
    const seconds = (deps.clock.now() - Date.parse(source.sent_at)) / 1000;
    tx.afterCommit(() => deps.metrics.reportReady({ provider: source.provider, seconds }));
  }
}

const EVENTS = {
  READY: "REPORT_READY",
  PARTIAL: "REPORT_PARTIAL",
  FAILED: "REPORT_FAILED",
  REMOVED: "REPORT_REMOVED",
} as const;

async function followSources(deps: ReportDeps, tx: Tx, reportId: string, now: string): Promise<void> {
  const report = await lockReport(tx.db, reportId);
  if (!report) return;
  const sources = await listSources(tx.db, [reportId]);
  const status = reportStatus(sources.map((source) => source.state));
  const ready = status === "READY" || status === "PARTIAL";
  await updateReport(tx.db, report.id, { status, ...(ready ? { ready_at: now } : {}) });
  await deps.hub.publish(tx.db, reportTopic(report.id));
  if (status !== report.status && status !== "PENDING") {
    recordEvent(deps, tx, { viewer: report.viewer, type: EVENTS[status], reportId: report.id });
  }
}
