import { type Insertable, type Selectable, sql } from "kysely";
import type { EventType } from "../../schema/enums.ts";
import type { EventTable } from "./database.ts";
import type { Db } from "./store.ts";

/** An event's row. */
export type StoredEvent = Selectable<EventTable>;
/** An event before it has its place in the feed. */
export type NewEvent = Omit<Insertable<EventTable>, "n">;

/** How far a viewer's feed reaches: its events have the cursors from `pruned + 1` to `newest`. */
export interface Reach {
  newest: number;
  pruned: number;
}

/**
 * Gives the event the viewer's next cursor. The cursor's row stays locked until the transaction ends, so that the order of
 * cursors is the order of commits and no reader skips one: it must be the transaction's last step (`Tx.beforeCommit`).
 */
export async function appendEvent(db: Db, event: NewEvent): Promise<void> {
  const { n } = await db
    .insertInto("viewer_cursor")
    .values({ viewer: event.viewer, n: 1 })
    .onConflict((conflict) => conflict.column("viewer").doUpdateSet({ n: sql<number>`viewer_cursor.n + 1` }))
    .returning("n")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("event")
    .values({ ...event, n })
    .execute();
}

/** At most `first` of the viewer's events after that cursor, oldest first, of these types or of all. */
export async function listEvents(
  db: Db,
  viewer: string,
  { after, first, types }: { after: number; first: number; types?: readonly EventType[] | undefined },
): Promise<StoredEvent[]> {
  if (types?.length === 0) return [];
  let select = db.selectFrom("event").selectAll().where("viewer", "=", viewer).where("n", ">", after);
  if (types) select = select.where("type", "in", types);
  return select.orderBy("n").limit(first).execute();
}

/** The viewer's event; null when there is none or it is another's. */
export async function findEvent(db: Db, viewer: string, id: string): Promise<StoredEvent | null> {
  const row = await db
    .selectFrom("event")
    .selectAll()
    .where("viewer", "=", viewer)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

/** Whether a webhook has become an event already. */
export async function isRecorded(db: Db, inboxId: number): Promise<boolean> {
  const row = await db.selectFrom("event").select("id").where("inbox_id", "=", inboxId).executeTakeFirst();
  return row !== undefined;
}

export async function feedReach(db: Db, viewer: string): Promise<Reach> {
  const row = await db
    .selectFrom("viewer_cursor")
    .select(["n", "pruned"])
    .where("viewer", "=", viewer)
    .executeTakeFirst();
  return { newest: row?.n ?? 0, pruned: row?.pruned ?? 0 };
}

/**
 * Forgets each feed up to its last event from before then, and notes how far: a feed loses its beginning, never one from its middle,
 * though a webhook that waited for its turn stands after younger events.
 */
export async function deleteEvents(db: Db, before: string): Promise<void> {
  await sql`
    with last as (select viewer, max(n) as n from event where occurred_at < ${before} group by viewer),
      gone as (delete from event using last where event.viewer = last.viewer and event.n <= last.n)
    update viewer_cursor set pruned = greatest(viewer_cursor.pruned, last.n)
    from last where viewer_cursor.viewer = last.viewer`.execute(db);
}
