import { GIVE_UP_MS } from "../reports/schedule.ts";
import { listUninterpreted } from "../store/inbox.ts";
import { listRemovals } from "../store/item-removals.ts";
import { listUnfinishedShares } from "../store/report-shares.ts";
import { listUnfinishedSources } from "../store/report-sources.ts";
import type { OperationDeps } from "./deps.ts";
import { JUST_LINKING_MS } from "./remove-item.ts";

/** What is taken up is spread in time: one every so many ms, so that a large fleet's reports are not all asked for at once. */
const APART_MS = 10;

/**
 * At a start, takes up whatever an earlier process left unfinished. The stored jobs would come to it too, but only once the
 * database gives the dead process's jobs free. Doing anything twice changes nothing.
 */
export async function recover(deps: OperationDeps): Promise<void> {
  await deps.store.transaction(async (tx) => {
    for (const [index, { id, state, polls, sends }] of (await listUnfinishedSources(tx.db)).entries()) {
      const startAfter = new Date(deps.clock.now() + index * APART_MS);
      if (state === "PENDING")
        await deps.jobs.send(tx, "check-report-source", { sourceId: id, poll: polls }, { startAfter });
      else if (state === "QUEUED" || state === "SENDING")
        await deps.jobs.send(tx, "send-report-source", { sourceId: id, state, sends }, { startAfter });
      else await deps.jobs.send(tx, "remove-report-source", { sourceId: id }, { startAfter });
    }
    // a webhook about a report that never became known here is no longer waited for
    const since = new Date(deps.clock.now() - GIVE_UP_MS).toISOString();
    for (const inboxId of await listUninterpreted(tx.db, since))
      await deps.jobs.send(tx, "interpret-webhook", { inboxId });
    for (const shareId of await listUnfinishedShares(tx.db)) await deps.jobs.send(tx, "remove-share", { shareId });
    const before = new Date(deps.clock.now() - JUST_LINKING_MS).toISOString();
    for (const { id } of await listRemovals(tx.db, before)) await deps.jobs.send(tx, "remove-item", { itemId: id });
  });
}
