import { badInput, GatewayError } from "../errors.ts";
import { isLoopbackHost } from "../loopback.ts";
import { findItem, type StoredItem } from "../store/items.ts";
import type { OperationDeps } from "./deps.ts";
import { moveWebhook } from "./register-webhook.ts";

const LONGEST = 2_000;

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
  if (webhook !== null) checkAddress(webhook);
  const item = await findItem(deps.store.db, viewer, itemId);
  if (!item) throw new GatewayError("NOT_FOUND", "There is no such item.", { field: "id" });
  return moveWebhook(deps, item, webhook ?? deps.webhookUrl(item.provider));
}

function checkAddress(webhook: string): void {
  const url = URL.parse(webhook);
  const secure = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopbackHost(url.hostname));
  if (!secure || url?.username || url?.password || webhook.length > LONGEST) {
    throw badInput("webhook", webhook, `an https address without credentials, of ${LONGEST} characters at most`);
  }
}
