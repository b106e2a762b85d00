import type { Provider } from "../schema/enums.ts";
import type { Unavailable } from "../schema/errors.ts";
import type { Item } from "../schema/item.ts";
import type { Context } from "../src/context.ts";
import { itemNoun } from "../src/loaders/item-noun.ts";
import type { Read, StoredItem } from "../src/loaders/loaders.ts";
import { idParts, itemUuidsOf, notFound } from "./ids.ts";
import type { Placed } from "./paginate.ts";

/** What lists below items are narrowed by; ids are global ids. */
export interface ItemChoice {
  itemIds?: readonly string[] | null | undefined;
  accountIds?: readonly string[] | null | undefined;
  providers?: readonly Provider[] | null | undefined;
}

/** The stored item of a global id. @throws GatewayError BAD_USER_INPUT or NOT_FOUND. */
export async function itemOf(context: Context, id: string): Promise<StoredItem> {
  return ownItem(context, idParts("Item", "id", id)[0]);
}

/** The stored item of a uuid. @throws GatewayError NOT_FOUND, also when it is another viewer's. */
export async function ownItem(context: Context, uuid: string): Promise<StoredItem> {
  const item = await context.loaders.item(uuid);
  if (!item) throw notFound("item");
  return item;
}

/** The item as it is linked now; null when it is not, or not the viewer's. */
export async function linkedItem(context: Context, uuid: string | null): Promise<Item | null> {
  const row = uuid === null ? null : await context.loaders.item(uuid);
  return row && itemNoun(row);
}

/** The items that a filter leaves to be read: only they cost calls. None where any of its lists is empty, which matches nothing. */
export async function chosenItems(context: Context, filter: ItemChoice): Promise<StoredItem[]> {
  const ids = itemUuidsOf("Item", "filter.itemIds", filter.itemIds);
  const ofAccounts = itemUuidsOf("Account", "filter.accountIds", filter.accountIds);
  if (Object.values(filter).some((list) => Array.isArray(list) && list.length === 0)) return [];
  const items = await context.loaders.items();
  return items.filter(
    (item) =>
      (!ids || ids.has(item.id)) &&
      (!ofAccounts || ofAccounts.has(item.id)) &&
      (!filter.providers || filter.providers.includes(item.provider)),
  );
}

/** Reads one product of many items at once and puts the records in the order of their items. */
export async function readAll<T, N>(
  items: readonly StoredItem[],
  read: (item: StoredItem) => Promise<Read<T>>,
  records: (value: T) => readonly { key: string; node: N }[],
): Promise<{ placed: Placed<N>[]; unavailable: Unavailable[] }> {
  const reads = await Promise.all(items.map(read));
  return {
    placed: reads.flatMap(({ value }, index) => {
      const item = items[index];
      if (value === null || !item) return [];
      return records(value).map((record, ordinal) => ({ ...record, ordinal, group: groupOf(item) }));
    }),
    unavailable: reads.flatMap((each) => each.unavailable),
  };
}

/** Sorts items by the moment of linking. */
export function groupOf(item: StoredItem): string {
  return `${item.linked_at} ${item.id}`;
}
