import type { Product } from "../../schema/enums.ts";
import type { StoredItem } from "../store/items.ts";

const HOUR_MS = 3_600_000;

/** How often an aggregator tells of a product when all is well, with some patience: transactions several times a day, the others daily. */
const RHYTHM_MS: Partial<Record<Product, number>> = {
  TRANSACTIONS: 24 * HOUR_MS,
  INVESTMENTS: 36 * HOUR_MS,
  LIABILITIES: 36 * HOUR_MS,
};
/** Of an item whose products tell nothing by themselves. */
const QUIET_MS = 7 * 24 * HOUR_MS;

/** No item counts as silent before that. */
export const SHORTEST_RHYTHM_MS = Math.min(...Object.values(RHYTHM_MS));

/** Whether an item has been silent for longer than the rhythm of its products, at `now` (ms): neither a webhook came, nor was it looked at. */
export function isSilent({ description, described_at, last_webhook_at, linked_at }: StoredItem, now: number): boolean {
  const heard = Math.max(...[described_at, last_webhook_at ?? linked_at].map((at) => Date.parse(at)));
  const products = description.products ?? ["TRANSACTIONS"]; // where the aggregator does not say: as if it had the liveliest
  const rhythms = products.map((product) => RHYTHM_MS[product] ?? QUIET_MS);
  return now - heard > Math.min(QUIET_MS, ...rhythms);
}
