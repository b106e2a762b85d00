import type { Insertable, Selectable } from "kysely";
import type { Provider } from "../../schema/enums.ts";
import type { WebhookInboxTable } from "./database.ts";
import type { Db } from "./store.ts";

/** A webhook as received. */
export type StoredDelivery = Selectable<WebhookInboxTable>;

/** Keeps a delivery; one whose signature was there before is a duplicate and stays as it was. */
export async function insertDelivery(
  db: Db,
  row: Insertable<WebhookInboxTable>,
): Promise<{ id: number; duplicate: boolean }> {
  const inserted = await db
    .insertInto("webhook_inbox")
    .values(row)
    .onConflict((conflict) => conflict.column("jwt_sha256").doNothing())
    .returning("id")
    .executeTakeFirst();
  if (inserted) return { id: inserted.id, duplicate: false };
  const earlier = await db
    .selectFrom("webhook_inbox")
    .select("id")
    .where("jwt_sha256", "=", row.jwt_sha256)
    .executeTakeFirstOrThrow();
  return { id: earlier.id, duplicate: true };
}

export async function findDelivery(db: Db, id: number): Promise<StoredDelivery | null> {
  const row = await db.selectFrom("webhook_inbox").selectAll().where("id", "=", id).executeTakeFirst();
  return row ?? null;
}

/** Locks the delivery until the transaction ends: no two interpret it at once. */
export async function lockDelivery(db: Db, id: number): Promise<StoredDelivery | null> {
  const row = await db.selectFrom("webhook_inbox").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  return row ?? null;
}

/** Which deliveries `listUninterpretedOf` gives. */
export interface WaitingQuery {
  provider: Provider;
  remoteItemId: string;
  /** Received since then. */
  since: string;
  /** Only those that came after this one. */
  after?: number;
  limit: number;
}

/** Deliveries about an aggregator's item whose effect is not in the state yet, in the order received. */
export async function listUninterpretedOf(
  db: Db,
  { provider, remoteItemId, since, after = 0, limit }: WaitingQuery,
): Promise<StoredDelivery[]> {
  return db
    .selectFrom("webhook_inbox")
    .selectAll()
    .where("interpreted_at", "is", null)
    .where("provider", "=", provider)
    .where("remote_item_id", "=", remoteItemId)
    .where("received_at", ">=", since)
    .where("id", ">", after)
    .orderBy("id")
    .limit(limit)
    .execute();
}

/** Which deliveries `listDeliveries` shows. */
export interface DeliveryQuery {
  provider?: Provider | undefined;
  remoteItemId?: string | undefined;
  remoteReportId?: string | undefined;
  /** Only those whose effect is not in the state yet. */
  waiting: boolean;
  /** Only those before this one. */
  before?: number | undefined;
  limit: number;
}

/** The latest deliveries that match, newest first. */
export async function listDeliveries(db: Db, query: DeliveryQuery): Promise<Omit<StoredDelivery, "body_sealed">[]> {
  let select = db
    .selectFrom("webhook_inbox")
    .select(["id", "provider", "jwt_sha256", "type", "code", "remote_item_id", "remote_report_id"])
    .select(["received_at", "interpreted_at"]);
  if (query.provider) select = select.where("provider", "=", query.provider);
  if (query.remoteItemId) select = select.where("remote_item_id", "=", query.remoteItemId);
  if (query.remoteReportId) select = select.where("remote_report_id", "=", query.remoteReportId);
  if (query.before !== undefined) select = select.where("id", "<", query.before);
  if (query.waiting) select = select.where("interpreted_at", "is", null);
  return select.orderBy("id", "desc").limit(query.limit).execute();
}

/** Has the delivery wait for interpretation again; false when there is none. */
export async function reopenDelivery(db: Db, id: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("webhook_inbox")
    .set({ interpreted_at: null })
    .where("id", "=", id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Deliveries about an aggregator's report, in the order received, interpreted or not. */
export async function findByReport(db: Db, provider: Provider, remoteReportId: string): Promise<StoredDelivery[]> {
  return db
    .selectFrom("webhook_inbox")
    .selectAll()
    .where("provider", "=", provider)
    .where("remote_report_id", "=", remoteReportId)
    .orderBy("id")
    .execute();
}

/** Ids of the deliveries received since then whose effect is not in the state yet, in the order received. */
export async function listUninterpreted(db: Db, since: string): Promise<number[]> {
  const rows = await db
    .selectFrom("webhook_inbox")
    .select("id")
    .where("interpreted_at", "is", null)
    .where("received_at", ">=", since)
    .orderBy("id")
    .execute();
  return rows.map(({ id }) => id);
}

/** The latest delivery about an aggregator's item received since then whose effect is not in the state yet. */
export async function newestUninterpretedOf(
  db: Db,
  { provider, remoteItemId, since }: Omit<WaitingQuery, "after" | "limit">,
): Promise<number | null> {
  const row = await db
    .selectFrom("webhook_inbox")
    .select("id")
    .where("interpreted_at", "is", null)
    .where("provider", "=", provider)
    .where("remote_item_id", "=", remoteItemId)
    .where("received_at", ">=", since)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Its effect is in the state: in the transaction that put it there. */
export async function markInterpreted(db: Db, id: number, at: string): Promise<void> {
  await db.updateTable("webhook_inbox").set({ interpreted_at: at }).where("id", "=", id).execute();
}

/** What still waits about an aggregator's item will have no effect: nobody's link is left that it could change. */
export async function dismissDeliveries(db: Db, provider: Provider, remoteItemId: string, at: string): Promise<void> {
  await db
    .updateTable("webhook_inbox")
    .set({ interpreted_at: at })
    .where("interpreted_at", "is", null)
    .where("provider", "=", provider)
    .where("remote_item_id", "=", remoteItemId)
    .execute();
}

/** Forgets deliveries received before then. */
export async function deleteDeliveries(db: Db, before: string): Promise<void> {
  await db.deleteFrom("webhook_inbox").where("received_at", "<", before).execute();
}
