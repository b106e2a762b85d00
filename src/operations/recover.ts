import { listUninterpreted } from "../store/inbox.ts";
import { listRemovals } from "../store/item-removals.ts";
import { listUnfinishedSources } from "../store/report-sources.ts";
import type { OperationDeps } from "./deps.ts";

/** How many webhooks are looked at again at a start. */
const DELIVERIES = 1_000;

/**
 * At a start, takes up whatever an earlier process left unfinished. The stored jobs would come to it too, but only once the
 * database gives the dead process's jobs free. Doing anything twice changes nothing.
 */
export async function recover(deps: OperationDeps): Promise<void> {
  await deps.store.transaction(async (tx) => {
    for (const { id, state, polls } of await listUnfinishedSources(tx.db)) {
      if (state === "PENDING") await deps.jobs.send(tx, "check-report-source", { sourceId: id, poll: polls });
      else if (state === "QUEUED" || state === "SENDING")
        await deps.jobs.send(tx, "send-report-source", { sourceId: id });
      else await deps.jobs.send(tx, "remove-report-source", { sourceId: id });
    }
    for (const { id } of await listUninterpreted(tx.db, DELIVERIES))
      await deps.jobs.send(tx, "interpret-webhook", { inboxId: id });
    for (const { id } of await listRemovals(tx.db)) await deps.jobs.send(tx, "remove-item", { itemId: id });
  });
}
