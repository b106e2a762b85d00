import type { ItemRecord, Items } from "./items.ts";
import type { World } from "./world/world.ts";

/** More cannot be asked for: it is all that there is. */
const MOST_DAYS = 730;

/** The world with as many days of transactions before its linking as the item's client asked for. Reports have days of their own. */
export function askedHistory(world: World, { historyDays }: Pick<ItemRecord, "historyDays">): World {
  if (historyDays === undefined || historyDays >= MOST_DAYS) return world;
  const from = world.linked - historyDays;
  const accounts = world.accounts.map((account) => ({
    ...account,
    transactions: () => account.transactions().filter(({ date }) => date >= from),
  }));
  return { ...world, accounts };
}

/** Keeps the days that the first call about an item's transactions asks for: they hold unless it was linked for these. */
export function noteAskedHistory(items: Items, item: ItemRecord, days: number | undefined): void {
  const isFirst = item.historyDays === undefined && item.products && !item.products.includes("transactions");
  if (isFirst && days !== undefined) items.change(item, { historyDays: days });
}
