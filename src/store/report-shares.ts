import type { Insertable, Selectable } from "kysely";
import type { ReportShareTable, ShareKind } from "./database.ts";
import type { Db } from "./store.ts";

/** A share's row. */
export type StoredShare = Selectable<ReportShareTable>;

export async function insertShare(db: Db, row: Insertable<ReportShareTable>): Promise<StoredShare> {
  return db.insertInto("report_share").values(row).returningAll().executeTakeFirstOrThrow();
}

/** All shares of the viewer's reports, ended ones too, in the order made. */
export async function listShares(db: Db, viewer: string, reportIds: readonly string[]): Promise<StoredShare[]> {
  if (reportIds.length === 0) return [];
  return db
    .selectFrom("report_share")
    .selectAll()
    .where("viewer", "=", viewer)
    .where("report_id", "in", reportIds)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

/** The viewer's share of that kind; null when there is none or it is another's. */
export async function findShareOf(
  db: Db,
  viewer: string,
  { id, kind }: { id: string; kind: ShareKind },
): Promise<StoredShare | null> {
  const share = await findShare(db, id);
  return share?.viewer === viewer && share.kind === kind ? share : null;
}

/** A share by its uuid, whoever's it is. */
export async function findShare(db: Db, id: string): Promise<StoredShare | null> {
  const row = await db.selectFrom("report_share").selectAll().where("id", "=", id).executeTakeFirst();
  return row ?? null;
}

/** Ends a report's shares in the ledger; those whose tokens are still good upstream are returned. */
export async function endShares(db: Db, reportId: string, at: string): Promise<StoredShare[]> {
  return db
    .updateTable("report_share")
    .set({ removed_at: at })
    .where("report_id", "=", reportId)
    .where("removed_at", "is", null)
    .returningAll()
    .execute();
}

/** The share has ended upstream: it stays in the ledger, its token is destroyed. */
export async function forgetToken(db: Db, id: string, at: string): Promise<void> {
  await db
    .updateTable("report_share")
    .set((eb) => ({ token_sealed: null, removed_at: eb.fn.coalesce("removed_at", eb.val(at)) }))
    .where("id", "=", id)
    .execute();
}

/** Ids of shares that have ended here and not yet upstream. */
export async function listUnfinishedShares(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom("report_share")
    .select("id")
    .where("removed_at", "is not", null)
    .where("token_sealed", "is not", null)
    .execute();
  return rows.map(({ id }) => id);
}
