import DataLoader from "dataloader";
import { findItem, listItems, type StoredItem } from "../store/items.ts";
import type { Store } from "../store/store.ts";

/** The viewer's items, as stored. */
export interface ItemLoader {
  /** Oldest link first: one query a request. */
  items(): Promise<StoredItem[]>;
  /** By uuid, the viewer's own only; several at once, or after `items`, are that one query. */
  item(id: string): Promise<StoredItem | null>;
}

/** The item reads of one request of one viewer. */
export function createItemLoader({ db }: Pick<Store, "db">, viewer: string): ItemLoader {
  let listed = false;
  const list = new DataLoader<string, StoredItem[]>((viewers) =>
    Promise.all(viewers.map((each) => listItems(db, each))),
  );
  const items = () => {
    listed = true;
    return list.load(viewer);
  };
  const one = new DataLoader<string, StoredItem | null>(async (ids) => {
    if (ids.length === 1 && !listed) return await Promise.all(ids.map((id) => findItem(db, viewer, id)));
    const rows = new Map((await items()).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id) ?? null);
  });
  return { items, item: (id) => one.load(id) };
}
