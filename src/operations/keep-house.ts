import { deleteExpiredKeys } from "../store/idempotency.ts";
import { deleteDeliveries } from "../store/inbox.ts";
import type { OperationDeps } from "./deps.ts";

const EVERY_MS = 3_600_000;
/** Aggregators repeat a webhook for a day, and keep failed ones for ten: no delivery older than this comes again. */
const DELIVERIES_MS = 30 * 86_400_000;

/** Forgets, now and every hour, what no longer serves anyone: old webhooks and expired idempotency keys. Returns what ends it. */
export function keepHouse({ store, clock, log }: Pick<OperationDeps, "store" | "clock" | "log">): () => void {
  let cancel = () => {};
  const round = () => {
    const now = clock.now();
    const done = Promise.all([
      deleteDeliveries(store.db, new Date(now - DELIVERIES_MS).toISOString()),
      deleteExpiredKeys(store.db, now),
    ]);
    done.catch((error: unknown) =>
      log.warn({ err: error }, "old rows could not be deleted; the next round tries again"),
    );
    cancel = clock.after(EVERY_MS, round);
  };
  round();
  return () => cancel();
}
