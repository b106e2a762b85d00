import type { ErrorCode, ItemStatus } from "../../schema/enums.ts";
import { type StoredError, storedError } from "../errors/stored-error.ts";
import type { GatewayError } from "../errors.ts";
import { recordEvent } from "../events/record-event.ts";
import { beginAccessEpoch, lockItem, type StoredItem, setItemHealth } from "../store/items.ts";
import type { ReadDeps } from "./read-product.ts";
import { standingHealth } from "./standing-health.ts";

/** Errors by which a read fails that are the item's own; by any other it says nothing of the item. */
const OF_ITEM: ReadonlySet<ErrorCode> = new Set(["ITEM_LOGIN_REQUIRED", "ITEM_REVOKED"]);
/** What an answer without an error does not heal: there is nothing wrong, or not yet. */
const SOUND: ReadonlySet<ItemStatus> = new Set(["HEALTHY", "EXPIRING"]);

/**
 * Changes an item's stored health to what an answer showed of it, its standing error or that it works, with an event as a webhook would
 * bring. `item` is the item as it stood before the read: what has changed it since knows better, and so do webhooks that came after
 * `askedAt`, ms.
 */
export async function noteHealth(
  deps: ReadDeps,
  item: StoredItem,
  error: StoredError | null,
  askedAt: number,
): Promise<void> {
  const status = error ? standingHealth(error.code) : "HEALTHY";
  const changes = error ? error.code !== item.health_error?.code : !SOUND.has(item.health);
  if (!changes) return;
  const at = new Date(askedAt).toISOString();
  await deps.store.transaction(async (tx) => {
    const now = await lockItem(tx.db, item.id);
    if (now?.health !== item.health || now.health_error?.code !== item.health_error?.code) return;
    if (!(await setItemHealth(tx.db, item, { status, error, at }))) return;
    if (status === "DISCONNECTED") await beginAccessEpoch(tx.db, item.id);
    recordEvent(deps, tx, {
      viewer: item.viewer,
      type: error ? "ITEM_ERROR" : "ITEM_REPAIRED",
      provider: item.provider,
      itemId: item.id,
      error,
    });
  });
}

/** The same for a read that failed. */
export async function noteFailedRead(
  deps: ReadDeps,
  item: StoredItem,
  error: GatewayError,
  askedAt: number,
): Promise<void> {
  if (OF_ITEM.has(error.code)) await noteHealth(deps, item, storedError(error), askedAt);
}
