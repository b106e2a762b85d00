import type { Core } from "./endpoints.ts";
import { itemError } from "./item-webhooks.ts";
import type { ItemRecord } from "./items.ts";

type Told = Pick<Core, "items" | "tell">;

/** Has an item's login no longer work, as after a change of password: every read is ITEM_LOGIN_REQUIRED, and a webhook says so. */
export function resetItemLogin(item: ItemRecord, { items, tell }: Told): void {
  items.change(item, { login: "reset" });
  if (item.webhook !== null) tell(item, item.webhook, { ...itemError("ITEM_LOGIN_REQUIRED"), item_id: item.itemId });
}

/** Gives an item's login anew, as a person may at the bank itself: Plaid tells of it, Link Money does not. */
export function repairItemLogin(item: ItemRecord, { items, tell }: Told): void {
  items.change(item, { login: "repaired" });
  if (item.webhook === null || item.provider !== "PLAID") return;
  tell(item, item.webhook, { webhook_type: "ITEM", webhook_code: "LOGIN_REPAIRED", item_id: item.itemId });
}
