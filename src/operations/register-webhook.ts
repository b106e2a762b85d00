import { createHash } from "node:crypto";
import { adapterOf } from "../../adapters/adapter-of.ts";
import type { Provider } from "../../schema/enums.ts";
import { withDeadline } from "../clock/with-deadline.ts";
import { GatewayError } from "../errors.ts";
import { withCurrentToken } from "../loaders/with-current-token.ts";
import { isLoopbackHost } from "../loopback.ts";
import { WRITE_DEADLINE_MS } from "../reports/schedule.ts";
import { describeItem, findItemById, lockItem, type StoredItem } from "../store/items.ts";
import type { JobData } from "../store/jobs.ts";
import type { Tx } from "../store/store.ts";
import type { OperationDeps } from "./deps.ts";

/**
 * Sends the job that has a linked item's webhooks come to this gateway, unless they do. A gateway on loopback registers itself at test
 * environments only: no real aggregator reaches it.
 */
export async function sendRegistration(deps: OperationDeps, tx: Tx, item: StoredItem): Promise<void> {
  const url = reachableWebhook(deps, item.provider);
  if (!adapterOf(deps.adapters, item.provider).updateWebhook || url === null || item.description.webhook === url)
    return;
  await deps.jobs.send(tx, "register-webhook", { itemId: item.id, seen: addressDigest(item.description.webhook) });
}

/** Where the aggregator's webhooks come to this gateway; null where it cannot reach it. */
export function reachableWebhook(deps: OperationDeps, provider: Provider): string | null {
  const url = deps.webhookUrl(provider);
  const reachable = adapterOf(deps.adapters, provider).sandbox || !isLoopbackHost(new URL(url).hostname);
  return reachable ? url : null;
}

/**
 * Has a linked item's webhooks come to this gateway, or tells the aggregator again where they go; nothing is done once they have been
 * moved elsewhere.
 * @throws GatewayError when the aggregator did not confirm it: the job comes back.
 */
export async function registerWebhook(
  deps: OperationDeps,
  { itemId, seen, settle }: JobData["register-webhook"],
): Promise<void> {
  const item = await findItemById(deps.store.db, itemId);
  const { webhook } = item?.description ?? {};
  if (!item || webhook === undefined || addressDigest(webhook) !== seen) return;
  const url = settle ? webhook : deps.webhookUrl(item.provider);
  if (url === null || (url === webhook && !settle)) return;
  try {
    await tellAggregator(deps, item, url);
  } catch (error) {
    if (error instanceof GatewayError && error.code === "ITEM_REVOKED") return; // there is nothing to hear of it
    throw error;
  }
  await deps.store.transaction(async (tx) => {
    const now = await lockItem(tx.db, item.id);
    if (!now || now.description.webhook === url) return;
    if (now.description.webhook === webhook) await describeItem(tx.db, item.id, { ...now.description, webhook: url });
    else await settleWebhook(deps, tx, now); // its viewer moved it meanwhile, and has the last word
  });
}

/**
 * Moves an item's webhooks to another address; the item as it then is.
 * @throws GatewayError PRODUCT_UNSUPPORTED, NOT_FOUND (removed meanwhile), or why the aggregator refused.
 */
export async function moveWebhook(deps: OperationDeps, item: StoredItem, url: string): Promise<StoredItem> {
  await tellAggregator(deps, item, url);
  return deps.store.transaction(async (tx) => {
    const before = await lockItem(tx.db, item.id);
    if (!before) throw new GatewayError("NOT_FOUND", "There is no such item.", { field: "id" });
    const now = { ...before, description: { ...before.description, webhook: url } };
    await describeItem(tx.db, item.id, now.description);
    const elsewhere = before.description.webhook !== item.description.webhook && before.description.webhook !== url;
    if (elsewhere) await settleWebhook(deps, tx, now); // a registration came between, upstream perhaps after this
    return now;
  });
}

/** Which address it is: a job shows no address, for it may hold a secret of its owner's. */
export function addressDigest(webhook: string | null): string {
  return createHash("sha256")
    .update(webhook ?? "")
    .digest("hex");
}

/** Two moves at once may have reached the aggregator in either order: it is told again which one holds. */
function settleWebhook(deps: OperationDeps, tx: Tx, item: StoredItem): Promise<void> {
  const seen = addressDigest(item.description.webhook);
  return deps.jobs.send(tx, "register-webhook", { itemId: item.id, seen, settle: true });
}

async function tellAggregator(deps: OperationDeps, item: StoredItem, url: string): Promise<void> {
  const { updateWebhook } = adapterOf(deps.adapters, item.provider);
  if (!updateWebhook) {
    throw new GatewayError("PRODUCT_UNSUPPORTED", `${item.provider} does not let an item's webhook be moved.`);
  }
  await withDeadline(deps.clock, { what: "/item/webhook/update", ms: WRITE_DEADLINE_MS }, (signal) =>
    withCurrentToken(deps, item, (token) => updateWebhook(url, { token, budgetKey: item.id, signal })),
  );
}
