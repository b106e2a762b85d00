import type { ErrorCode, ItemStatus } from "../../schema/enums.ts";
import { isoNow } from "../clock.ts";
import { storedError } from "../errors/stored-error.ts";
import type { GatewayError } from "../errors.ts";
import { type StoredItem, setItemHealth } from "../store/items.ts";
import type { ReadDeps } from "./read-product.ts";

/** Errors of a read that are the item's own, and what it then is. */
const BROKEN: Partial<Record<ErrorCode, ItemStatus>> = {
  ITEM_LOGIN_REQUIRED: "ACTION_REQUIRED",
  ITEM_REVOKED: "DISCONNECTED",
};

/** Changes an item's stored health to what a read showed of it: broken by its login, or healed; any other error says nothing of it. */
export async function noteHealth(
  { store, clock }: ReadDeps,
  item: StoredItem,
  error: GatewayError | null,
): Promise<void> {
  const status = error ? BROKEN[error.code] : "HEALTHY";
  const changes = error ? error.code !== item.health_error?.code : item.health !== "HEALTHY";
  if (!status || !changes) return;
  await setItemHealth(store.db, item, { status, error: error && storedError(error), at: isoNow(clock) });
}
