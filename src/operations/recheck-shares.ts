import { UNREAD_RECHECK_MS } from "../reports/schedule.ts";
import { verifyShare } from "../reports/verify-share.ts";
import { listDueRechecks } from "../store/report-sources.ts";
import type { OperationDeps } from "./deps.ts";

const MOST_AT_ONCE = 500;

/** Asks, one after the other until `ended`, for shared reports that nobody has read for a day: one that was taken back leaves nothing here. */
export async function recheckShares(deps: OperationDeps, ended: AbortSignal): Promise<void> {
  const before = new Date(deps.clock.now() - UNREAD_RECHECK_MS).toISOString();
  for (const source of await listDueRechecks(deps.store.db, before, MOST_AT_ONCE)) {
    if (ended.aborted) return;
    await verifyShare(deps, source).catch((error: unknown) =>
      deps.log.info({ err: error, source: source.id }, "a shared report is gone"),
    );
  }
}
