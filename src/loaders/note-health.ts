import type { ErrorCode, ItemStatus } from "../../schema/enums.ts";
import { isoNow } from "../clock.ts";
import { storedError } from "../errors/stored-error.ts";
import type { GatewayError } from "../errors.ts";
import { recordEvent } from "../events/record-event.ts";
import { lockItem, type StoredItem, setItemHealth } from "../store/items.ts";
import type { ReadDeps } from "./read-product.ts";

/** Errors of a read that are the item's own, and what it then is. */
const BROKEN: Partial<Record<ErrorCode, ItemStatus>> = {
  ITEM_LOGIN_REQUIRED: "ACTION_REQUIRED",
  ITEM_REVOKED: "DISCONNECTED",
};
/** What a read that succeeds does not heal: there is nothing wrong, or not yet. */
const SOUND: ReadonlySet<ItemStatus> = new Set(["HEALTHY", "EXPIRING"]);

/**
 * Changes an item's stored health to what a read showed of it, broken by its login or healed, with an event as a webhook would bring;
 * any other error says nothing of the item. `item` is the item as it stood before the read: what has changed it since knows better.
 */
export async function noteHealth(deps: ReadDeps, item: StoredItem, error: GatewayError | null): Promise<void> {
  const status = error ? BROKEN[error.code] : "HEALTHY";
  const changes = error ? error.code !== item.health_error?.code : !SOUND.has(item.health);
  if (!status || !changes) return;
  const stored = error && storedError(error);
  const at = isoNow(deps.clock);
  await deps.store.transaction(async (tx) => {
    const now = await lockItem(tx.db, item.id);
    if (now?.health !== item.health || now.health_error?.code !== item.health_error?.code) return;
    if (!(await setItemHealth(tx.db, item, { status, error: stored, at }))) return;
    recordEvent(deps, tx, {
      viewer: item.viewer,
      type: error ? "ITEM_ERROR" : "ITEM_REPAIRED",
      provider: item.provider,
      itemId: item.id,
      error: stored,
    });
  });
}
