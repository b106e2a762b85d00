import { adapterOf } from "../../adapters/adapter-of.ts";
import { withDeadline } from "../clock/with-deadline.ts";
import { GatewayError } from "../errors.ts";
import { isLoopbackHost } from "../loopback.ts";
import { WRITE_DEADLINE_MS } from "../reports/schedule.ts";
import { describeItem, findItemById, lockItem, type StoredItem } from "../store/items.ts";
import type { Tx } from "../store/store.ts";
import { openToken } from "../store/tokens.ts";
import type { OperationDeps } from "./deps.ts";

/**
 * Sends the job that has a linked item's webhooks come to this gateway, unless they do. A gateway on loopback registers itself at test
 * environments only: no real aggregator reaches it.
 */
export async function sendRegistration(deps: OperationDeps, tx: Tx, item: StoredItem): Promise<void> {
  const adapter = adapterOf(deps.adapters, item.provider);
  const url = deps.webhookUrl(item.provider);
  const reachable = adapter.sandbox || !isLoopbackHost(new URL(url).hostname);
  if (!adapter.updateWebhook || !reachable || item.description.webhook === url) return;
  await deps.jobs.send(tx, "register-webhook", { itemId: item.id });
}

/**
 * Has a linked item's webhooks come to this gateway.
 * @throws GatewayError when the aggregator did not confirm it: the job comes back.
 */
export async function registerWebhook(deps: OperationDeps, itemId: string): Promise<void> {
  const item = await findItemById(deps.store.db, itemId);
  if (!item) return;
  const url = deps.webhookUrl(item.provider);
  if (item.description.webhook === url) return;
  try {
    await moveWebhook(deps, item, url);
  } catch (error) {
    if (!(error instanceof GatewayError && error.code === "ITEM_REVOKED")) throw error; // there is nothing to hear of it
  }
}

/**
 * Moves an item's webhooks to another address; the item as it then is.
 * @throws GatewayError PRODUCT_UNSUPPORTED, NOT_FOUND (removed meanwhile), or why the aggregator refused.
 */
export async function moveWebhook(deps: OperationDeps, item: StoredItem, url: string): Promise<StoredItem> {
  const { updateWebhook } = adapterOf(deps.adapters, item.provider);
  if (!updateWebhook) {
    throw new GatewayError("PRODUCT_UNSUPPORTED", `${item.provider} does not let an item's webhook be moved.`);
  }
  const call = { token: openToken(deps.vault, item), budgetKey: item.id };
  await withDeadline(deps.clock, { what: "/item/webhook/update", ms: WRITE_DEADLINE_MS }, (signal) =>
    updateWebhook(url, { ...call, signal }),
  );
  return deps.store.transaction(async (tx) => {
    const now = await lockItem(tx.db, item.id);
    if (!now) throw new GatewayError("NOT_FOUND", "There is no such item.", { field: "id" });
    const description = { ...now.description, webhook: url };
    await describeItem(tx.db, item.id, description);
    return { ...now, description };
  });
}
