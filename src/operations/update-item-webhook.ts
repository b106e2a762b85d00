import { GatewayError } from "../errors.ts";
import { findItem, type StoredItem } from "../store/items.ts";
import { checkAddress } from "./check-address.ts";
import type { OperationDeps } from "./deps.ts";
import { moveWebhook } from "./register-webhook.ts";

/**
 * Moves the webhooks of the viewer's item to `webhook`, or to this gateway when that is null.
 * @throws GatewayError NOT_FOUND, BAD_USER_INPUT (the address), PRODUCT_UNSUPPORTED, or why the aggregator refused.
 */
export async function updateItemWebhook(
  deps: OperationDeps,
  viewer: string,
  itemId: string,
  webhook: string | null,
): Promise<StoredItem> {
  if (webhook !== null) checkAddress("webhook", webhook);
  const item = await findItem(deps.store.db, viewer, itemId);
  if (!item) throw new GatewayError("NOT_FOUND", "There is no such item.", { field: "id" });
  return moveWebhook(deps, item, webhook ?? deps.webhookUrl(item.provider));
}
