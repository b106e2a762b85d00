import type { Insertable, Selectable } from "kysely";
import type { Provider } from "../../schema/enums.ts";
import type { ItemRemovalTable } from "./database.ts";
import type { Db } from "./store.ts";

/** A removed item whose upstream removal is not confirmed yet. */
export type StoredRemoval = Selectable<ItemRemovalTable>;

/** Keeps a removed item's token until its removal is confirmed. */
export async function insertRemoval(db: Db, row: Insertable<ItemRemovalTable>): Promise<void> {
  await db.insertInto("item_removal").values(row).execute();
}

/** The removal of an item by the item's uuid; null once it is confirmed. */
export async function findRemoval(db: Db, id: string): Promise<StoredRemoval | null> {
  const row = await db.selectFrom("item_removal").selectAll().where("id", "=", id).executeTakeFirst();
  return row ?? null;
}

/** A removal of an aggregator's item other than that one; null when none is under way. */
export async function findOtherRemoval(
  db: Db,
  { id, provider, remoteId }: { id: string; provider: Provider; remoteId: string },
): Promise<StoredRemoval | null> {
  const row = await db
    .selectFrom("item_removal")
    .selectAll()
    .where("provider", "=", provider)
    .where("remote_id", "=", remoteId)
    .where("id", "!=", id)
    .executeTakeFirst();
  return row ?? null;
}

/** Every removal begun before then that is not confirmed, the oldest first. */
export async function listRemovals(db: Db, before: string): Promise<StoredRemoval[]> {
  return db.selectFrom("item_removal").selectAll().where("removed_at", "<", before).orderBy("removed_at").execute();
}

/** The aggregator has removed it: the token is destroyed; only that one, where it is given. */
export async function confirmRemoval(db: Db, id: string, token_sealed?: Buffer): Promise<void> {
  const removal = db.deleteFrom("item_removal").where("id", "=", id);
  await (token_sealed ? removal.where("token_sealed", "=", token_sealed) : removal).execute();
}
