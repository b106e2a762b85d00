import { adapterOf } from "../../adapters/adapter-of.ts";
import { withDeadline } from "../clock/with-deadline.ts";
import { isoNow } from "../clock.ts";
import { GatewayError } from "../errors.ts";
import { recordEvent } from "../events/record-event.ts";
import { WRITE_DEADLINE_MS } from "../reports/schedule.ts";
import { dismissDeliveries } from "../store/inbox.ts";
import { confirmRemoval, findRemoval, insertRemoval, type StoredRemoval } from "../store/item-removals.ts";
import { deleteItem, findItemByRemote, itemLock } from "../store/items.ts";
import { lockName } from "../store/lock-name.ts";
import { openToken } from "../store/tokens.ts";
import type { OperationDeps } from "./deps.ts";

/**
 * Makes the viewer's item unreachable at once; its token waits, sealed, until the aggregator confirms the removal.
 * @throws GatewayError NOT_FOUND when there is none or it is another's.
 */
export async function removeItem(deps: OperationDeps, viewer: string, itemId: string): Promise<void> {
  await deps.store.transaction(async (tx) => {
    const item = await deleteItem(tx.db, viewer, itemId);
    if (!item) throw new GatewayError("NOT_FOUND", "There is no such item.", { field: "id" });
    await insertRemoval(tx.db, {
      id: item.id,
      viewer,
      provider: item.provider,
      remote_id: item.remote_id,
      token_sealed: item.token_sealed,
      removed_at: isoNow(deps.clock),
    });
    await deps.jobs.send(tx, "remove-item", { itemId });
    // whoever links it next is not told what was meant for this link
    await dismissDeliveries(tx.db, item.provider, item.remote_id, isoNow(deps.clock));
    recordEvent(deps, tx, { viewer, type: "ITEM_REMOVED", provider: item.provider, itemId });
  });
  await deps.cache.drop(viewer, itemId);
}

/** How long linking an item may take: a removal younger than that may be of one that is just being linked. */
export const JUST_LINKING_MS = 60_000;

/**
 * Ends a removed item's access token at the aggregator and destroys ours; one that is linked again since is left alone.
 * @throws GatewayError when the aggregator did not confirm it: the job comes back.
 */
export async function confirmItemRemoval(deps: OperationDeps, itemId: string): Promise<void> {
  const removal = await findRemoval(deps.store.db, itemId);
  if (!removal || (await isLinkedAgain(deps, removal))) return;
  const adapter = adapterOf(deps.adapters, removal.provider);
  const token = openToken(deps.vault, removal);
  await withDeadline(deps.clock, { what: "/item/remove", ms: WRITE_DEADLINE_MS }, (signal) =>
    adapter.removeItem({ token, budgetKey: itemId, signal }),
  );
  // a token that was being replaced when the item was removed waits for a removal of its own
  await confirmRemoval(deps.store.db, itemId, removal.token_sealed);
}

/** To end the token of an item that is linked would end the linked one: the removal is given up. */
function isLinkedAgain(deps: OperationDeps, { id, provider, remote_id }: StoredRemoval): Promise<boolean> {
  return deps.store.transaction(async (tx) => {
    await lockName(tx.db, itemLock(provider, remote_id));
    const linked = await findItemByRemote(tx.db, provider, remote_id);
    if (linked) await confirmRemoval(tx.db, id);
    return linked !== null;
  });
}
