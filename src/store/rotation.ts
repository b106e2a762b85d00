import type { StoredItem } from "./items.ts";
import type { Db } from "./store.ts";

/**
 * Begins to replace the item's access token; null when that is being done already, or the item is gone or was linked anew. One at a
 * time begins, whatever the number of replicas.
 */
export async function beginRotation(
  db: Db,
  { id, token_sealed }: Pick<StoredItem, "id" | "token_sealed">,
  at: string,
): Promise<StoredItem | null> {
  const row = await db
    .updateTable("item")
    .set({ rotation_began_at: at })
    .where("id", "=", id)
    .where("token_sealed", "=", token_sealed)
    .where("rotation_began_at", "is", null)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** Ends the replacement that began then; whether it had not ended. */
export async function endRotation(db: Db, id: string, began: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("item")
    .set({ rotation_began_at: null })
    .where("id", "=", id)
    .where("rotation_began_at", "=", began)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Gives the item its new access token, which ends the replacement; null when the item is gone. */
export async function finishRotation(db: Db, id: string, token_sealed: Buffer): Promise<StoredItem | null> {
  const row = await db
    .updateTable("item")
    .set({ token_sealed, rotation_began_at: null })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}
