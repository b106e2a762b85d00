import type { Product } from "../../schema/enums.ts";
import type { Silence, StoredItem } from "../store/items.ts";

const HOUR_MS = 3_600_000;

/**
 * How often an aggregator tells of an item with one of these products (null: any item) when all is well, with some patience:
 * transactions several times a day, holdings and liabilities daily, the others hardly by themselves.
 */
const RHYTHMS: readonly { products: readonly Product[] | null; ms: number }[] = [
  { products: ["TRANSACTIONS"], ms: 24 * HOUR_MS },
  { products: ["INVESTMENTS", "LIABILITIES"], ms: 36 * HOUR_MS },
  { products: null, ms: 7 * 24 * HOUR_MS },
];

/** Whether an item has been silent for longer than the rhythm of its products, at `now` (ms): neither a webhook came, nor was it looked at. */
export function isSilent({ description, described_at, last_webhook_at, linked_at }: StoredItem, now: number): boolean {
  const heard = Math.max(...[described_at, last_webhook_at ?? linked_at].map((at) => Date.parse(at)));
  // where the aggregator does not name the products: as if it had them all
  const has = (product: Product) => description.products?.includes(product) ?? true;
  return RHYTHMS.some(({ products, ms }) => (products === null || products.some(has)) && now - heard > ms);
}

/** The same rule as the store takes it, at `now` (ms). */
export function silencesAt(now: number): Silence[] {
  return RHYTHMS.map(({ products, ms }) => ({ products, since: new Date(now - ms).toISOString() }));
}
