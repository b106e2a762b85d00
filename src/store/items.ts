import { type Insertable, type Selectable, sql } from "kysely";
import type { AccountType, ItemStatus, Product, Provider } from "../../schema/enums.ts";
import type { StoredError } from "../errors/stored-error.ts";
import type { CachedRead } from "./cached-reads.ts";
import type { ItemDescription, ItemTable } from "./database.ts";
import type { Db } from "./store.ts";

/** An item's row. */
export type StoredItem = Selectable<ItemTable>;
/** An item's row as it is written. */
export type NewItem = Insertable<ItemTable>;

/** The viewer's items, the one linked first at the head. */
export async function listItems(db: Db, viewer: string): Promise<StoredItem[]> {
  return db.selectFrom("item").selectAll().where("viewer", "=", viewer).orderBy("linked_at").orderBy("id").execute();
}

/** The viewer's item; null when there is none or it is another's. */
export async function findItem(db: Db, viewer: string, id: string): Promise<StoredItem | null> {
  const row = await db
    .selectFrom("item")
    .selectAll()
    .where("viewer", "=", viewer)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

/** An item by its aggregator's id, whoever's it is. */
export async function findItemByRemote(db: Db, provider: Provider, remoteId: string): Promise<StoredItem | null> {
  const row = await db
    .selectFrom("item")
    .selectAll()
    .where("provider", "=", provider)
    .where("remote_id", "=", remoteId)
    .executeTakeFirst();
  return row ?? null;
}

/** An item, whoever's it is. */
export async function findItemById(db: Db, id: string): Promise<StoredItem | null> {
  const row = await db.selectFrom("item").selectAll().where("id", "=", id).executeTakeFirst();
  return row ?? null;
}

/** An item, whoever's it is, locked until the transaction ends. */
export async function lockItem(db: Db, id: string): Promise<StoredItem | null> {
  const row = await db.selectFrom("item").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  return row ?? null;
}

/** An item by its aggregator's id, whoever's it is, locked until the transaction ends. */
export async function lockItemByRemote(db: Db, provider: Provider, remoteId: string): Promise<StoredItem | null> {
  const row = await db
    .selectFrom("item")
    .selectAll()
    .where("provider", "=", provider)
    .where("remote_id", "=", remoteId)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** What is locked (`lockName`) while an aggregator's item is linked, or its removal decided. */
export function itemLock(provider: Provider, remoteId: string): string {
  return `item ${provider} ${remoteId}`;
}

/** @throws the database's unique_violation when the aggregator's item is linked already. */
export async function insertItem(db: Db, row: NewItem): Promise<StoredItem> {
  return db.insertInto("item").values(row).returningAll().executeTakeFirstOrThrow();
}

/** Writes all of a linked item anew, its token too. */
export async function relinkItem(db: Db, row: NewItem): Promise<StoredItem> {
  return db.updateTable("item").set(row).where("id", "=", row.id).returningAll().executeTakeFirstOrThrow();
}

/**
 * Sets the item's health, unless it was linked anew since it was read; `at` becomes its beginning only when the status is another
 * than before. Whether it was set.
 */
export async function setItemHealth(
  db: Db,
  { id, token_sealed }: Pick<StoredItem, "id" | "token_sealed">,
  health: { status: ItemStatus; error: StoredError | null; at: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("item")
    .set({
      health: health.status,
      health_error: health.error,
      health_since: sql<string>`case when health = ${health.status} then health_since else ${health.at}::timestamptz end`,
    })
    .where("id", "=", id)
    .where("token_sealed", "=", token_sealed)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Replaces what is kept of the aggregator's description; `read` where it comes from an answer of the aggregator. */
export async function describeItem(
  db: Db,
  id: string,
  description: ItemDescription,
  read?: { at: string; requestId: string | null },
): Promise<void> {
  await db
    .updateTable("item")
    .set({ description, ...(read && { described_at: read.at, described_request_id: read.requestId }) })
    .where("id", "=", id)
    .execute();
}

/** Since when nothing may have been heard of an item that has one of these products, for it to be silent; of any item when null. */
export interface Silence {
  products: readonly Product[] | null;
  since: string;
  /** Only of items that are EXPIRING; then webhooks do not count. */
  expiring?: boolean;
}

/**
 * Ids of items of which neither a webhook nor a look has told anything for so long; none that are disconnected. Those not looked at for
 * longest come first, so that items whose looks fail do not keep the others from theirs. Where the aggregator does not name an item's
 * products it counts as having all.
 */
export async function listSilentItems(db: Db, silences: readonly Silence[], limit: number): Promise<string[]> {
  const heard = sql<string>`greatest(described_at, coalesce(last_webhook_at, linked_at))`;
  const products = sql`description -> 'products'`;
  const rows = await db
    .selectFrom("item")
    .select("id")
    .where("health", "<>", "DISCONNECTED")
    .where((eb) =>
      eb.or(
        silences.map(({ products: some, since, expiring = false }) =>
          eb.and([
            ...(expiring ? [eb("health", "=", "EXPIRING"), eb("described_at", "<", since)] : [eb(heard, "<", since)]),
            ...(some ? [sql<boolean>`(${products} = 'null' or ${products} ?| ${[...some]}::text[])`] : []),
          ]),
        ),
      ),
    )
    .orderBy(sql`coalesce(looked_at, described_at)`)
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Notes that the aggregator is asked how the item stands. */
export async function noteLook(db: Db, id: string, at: string): Promise<void> {
  await db.updateTable("item").set({ looked_at: at }).where("id", "=", id).execute();
}

/** No answer that was fetched before is found any more, not even to stand in for a failed read. */
export async function beginAccessEpoch(db: Db, id: string): Promise<void> {
  await db.updateTable("item").set({ access_epoch: sql<number>`access_epoch + 1` }).where("id", "=", id).execute();
}

/** Keeps of which types the item's accounts are, in their order. */
export async function noteAccountTypes(db: Db, id: string, types: AccountType[]): Promise<void> {
  await db
    .updateTable("item")
    .set({ account_types: sql`${JSON.stringify(types)}::jsonb` })
    .where("id", "=", id)
    .execute();
}

/** Makes every answer about these products that is cached so far a miss. */
export async function bumpGenerations(db: Db, id: string, products: readonly CachedRead[]): Promise<void> {
  if (products.length === 0) return;
  await db
    .updateTable("item")
    .set({
      generations: sql`generations || (
        select jsonb_object_agg(product, coalesce((generations ->> product)::int, 0) + 1)
        from unnest(${[...products]}::text[]) product
      )`,
    })
    .where("id", "=", id)
    .execute();
}

/** Notes the latest webhook about an item; an earlier one that comes late changes nothing. */
export async function noteWebhook(db: Db, id: string, webhook: { at: string; code: string }): Promise<void> {
  await db
    .updateTable("item")
    .set({ last_webhook_at: webhook.at, last_webhook_code: webhook.code })
    .where("id", "=", id)
    .where((eb) => eb.or([eb("last_webhook_at", "is", null), eb("last_webhook_at", "<=", webhook.at)]))
    .execute();
}

/** Deletes the viewer's item and returns what it was; null when there is none or it is another's. */
export async function deleteItem(db: Db, viewer: string, id: string): Promise<StoredItem | null> {
  const row = await db
    .deleteFrom("item")
    .where("viewer", "=", viewer)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}
