import { adapterOf } from "../../adapters/adapter-of.ts";
import { withDeadline } from "../clock/with-deadline.ts";
import { GatewayError } from "../errors.ts";
import { withCurrentToken } from "../loaders/with-current-token.ts";
import { WRITE_DEADLINE_MS } from "../reports/schedule.ts";
import { findItem, type StoredItem } from "../store/items.ts";
import type { OperationDeps } from "./deps.ts";

/** What an aggregator can be asked to fetch from the institution now. */
export type Refreshed = "TRANSACTIONS" | "INVESTMENTS";

/**
 * Asks the aggregator to fetch a product of the viewer's item from its institution. What it finds comes by webhook, which outdates what is
 * kept; so nothing is outdated here.
 * @throws GatewayError NOT_FOUND, PRODUCT_UNSUPPORTED, or why the aggregator refused.
 */
export async function refreshItem(
  { store, adapters, vault, clock }: OperationDeps,
  viewer: string,
  itemId: string,
  product: Refreshed,
): Promise<StoredItem> {
  const item = await findItem(store.db, viewer, itemId);
  if (!item) throw new GatewayError("NOT_FOUND", "There is no such item.", { field: "itemId" });
  const adapter = adapterOf(adapters, item.provider);
  const refresh = product === "TRANSACTIONS" ? adapter.refreshTransactions : adapter.refreshInvestments;
  if (!refresh) {
    const message = `${item.provider} cannot be asked to refresh ${product}: it fetches them by itself.`;
    throw new GatewayError("PRODUCT_UNSUPPORTED", message, { upstream: { provider: item.provider } });
  }
  await withDeadline(clock, { what: "The refresh", ms: WRITE_DEADLINE_MS }, (signal) =>
    withCurrentToken({ store, vault }, item, (token) => refresh({ token, budgetKey: item.id, signal })),
  );
  return item;
}
