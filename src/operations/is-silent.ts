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

/** No webhook tells that the person has renewed a consent that ends: an item that waits for it is looked at, whatever else it tells. */
const EXPIRING_MS = 6 * HOUR_MS;

/** Whether an item has been silent for longer than the rhythm of its products, at `now` (ms): neither a webhook came, nor was it looked at. */
export function isSilent(item: StoredItem, now: number): boolean {
  const { health, description, described_at, last_webhook_at, linked_at } = item;
  if (health === "EXPIRING" && now - Date.parse(described_at) > EXPIRING_MS) return true;
  const heard = Math.max(...[described_at, last_webhook_at ?? linked_at].map((at) => Date.parse(at)));
  // where the aggregator does not name the products: as if it had them all
  const has = (product: Product) => description.products?.includes(product) ?? true;
  return RHYTHMS.some(({ products, ms }) => (products === null || products.some(has)) && now - heard > ms);
}

/** The same rule as the store takes it, at `now` (ms). */
export function silencesAt(now: number): Silence[] {
  const since = (ms: number) => new Date(now - ms).toISOString();
  const ofProducts = RHYTHMS.map(({ products, ms }): Silence => ({ products, since: since(ms) }));
  return [...ofProducts, { products: null, since: since(EXPIRING_MS), expiring: true }];
}
