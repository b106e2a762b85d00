import { deleteEvents } from "../store/events.ts";
import { deleteExpiredKeys } from "../store/idempotency.ts";
import { deleteDeliveries } from "../store/inbox.ts";
import type { OperationDeps } from "./deps.ts";
import { recheckRemovals } from "./recheck-removals.ts";
import { recheckShares } from "./recheck-shares.ts";

const EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Aggregators repeat a webhook for a day, and keep failed ones for ten: no delivery older than this comes again. */
const DELIVERIES_DAYS = 30;

/**
 * Forgets, now and every hour, what no longer serves anyone: old webhooks and events, expired idempotency keys, shared reports that were
 * taken back; and ends the access of removed items that no job ends any more. Returns what ends it.
 */
export function keepHouse(deps: OperationDeps, eventsKeepDays: number): () => void {
  const { store, clock, log } = deps;
  const ended = new AbortController();
  let cancel = () => {};
  const round = () => {
    const now = clock.now();
    const done = Promise.all([
      // none outlives its event: interpreted again, it would make another
      deleteDeliveries(store.db, new Date(now - Math.min(DELIVERIES_DAYS, eventsKeepDays) * DAY_MS).toISOString()),
      deleteExpiredKeys(store.db, now),
      deleteEvents(store.db, new Date(now - eventsKeepDays * DAY_MS).toISOString()),
      recheckShares(deps, ended.signal),
      recheckRemovals(deps, ended.signal),
    ]);
    done.catch((error: unknown) =>
      log.warn({ err: error }, "what is old could not all be forgotten; the next round tries again"),
    );
    cancel = clock.after(EVERY_MS, round);
  };
  round();
  return () => {
    ended.abort();
    cancel();
  };
}
