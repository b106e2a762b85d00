import type { Insertable, Selectable, Updateable } from "kysely";
import type { Provider } from "../../schema/enums.ts";
import type { MadeBy, ReportSourceTable, SourceState } from "./database.ts";
import type { Db } from "./store.ts";

/** A source's row. */
export type StoredSource = Selectable<ReportSourceTable>;

/** How a source comes to an upstream report that another made. */
export const RECEIVED: readonly MadeBy[] = ["RELAY", "AUDIT_COPY", "RELAY_REFRESH"];
/** How it comes to one that nobody tells this gateway of. */
const UNTOLD: readonly MadeBy[] = ["REUSE", "RELAY", "AUDIT_COPY"];

export async function insertSources(db: Db, rows: Insertable<ReportSourceTable>[]): Promise<void> {
  await db.insertInto("report_source").values(rows).execute();
}

/** A source by its uuid, whoever owns it: for the worker. */
export async function findSource(db: Db, id: string): Promise<StoredSource | null> {
  const row = await db.selectFrom("report_source").selectAll().where("id", "=", id).executeTakeFirst();
  return row ?? null;
}

/** The viewer's source; null when there is none or it is another's. */
export async function findSourceOf(db: Db, viewer: string, id: string): Promise<StoredSource | null> {
  const source = await findSource(db, id);
  return source?.viewer === viewer ? source : null;
}

/** Inserts the source of a share; false when there is one of the same fingerprint. Of two at once the second waits for the first. */
export async function insertSharedSource(db: Db, row: Insertable<ReportSourceTable>): Promise<boolean> {
  const inserted = await db
    .insertInto("report_source")
    .values(row)
    .onConflict((conflict) => conflict.column("share_fingerprint").doNothing())
    .returning("id")
    .executeTakeFirst();
  return inserted !== undefined;
}

/** The source of a share, by any of its fingerprints. */
export async function findSharedSource(db: Db, fingerprints: readonly string[]): Promise<StoredSource | null> {
  const row = await db
    .selectFrom("report_source")
    .selectAll()
    .where("share_fingerprint", "in", fingerprints)
    .executeTakeFirst();
  return row ?? null;
}

/** Takes the turn to ask whether a source is still shared, where it is due, until `next`; false when it is not, or another has it. */
export async function claimRecheck(db: Db, id: string, { now, next }: { now: string; next: string }): Promise<boolean> {
  const claimed = await db
    .updateTable("report_source")
    .set({ recheck_at: next })
    .where("id", "=", id)
    .where("state", "=", "READY")
    .where("recheck_at", "<=", now)
    .returning("id")
    .executeTakeFirst();
  return claimed !== undefined;
}

/** Sources whose sharing was due to be asked for before then, the longest due first. */
export async function listDueRechecks(db: Db, before: string, limit: number): Promise<StoredSource[]> {
  return db
    .selectFrom("report_source")
    .selectAll()
    .where("state", "=", "READY")
    .where("recheck_at", "<", before)
    .orderBy("recheck_at")
    .limit(limit)
    .execute();
}

/** The sources of reports, in their order. */
export async function listSources(db: Db, reportIds: readonly string[]): Promise<StoredSource[]> {
  if (reportIds.length === 0) return [];
  return db
    .selectFrom("report_source")
    .selectAll()
    .where("report_id", "in", reportIds)
    .orderBy("report_id")
    .orderBy("ordinal")
    .execute();
}

/** A source that an aggregator's report was made for. */
export async function findSourceByRemote(db: Db, provider: Provider, remoteId: string): Promise<StoredSource | null> {
  const row = await db
    .selectFrom("report_source")
    .selectAll()
    .where("provider", "=", provider)
    .where("remote_id", "=", remoteId)
    .where("made_by", "not in", UNTOLD)
    .executeTakeFirst();
  return row ?? null;
}

/** Whether a source of the owner's, other than that one, still needs the same upstream report. */
export async function isUsedElsewhere(
  db: Db,
  { id, provider, remote_id }: Pick<StoredSource, "id" | "provider" | "remote_id">,
): Promise<boolean> {
  if (remote_id === null) return false;
  const row = await db
    .selectFrom("report_source")
    .select("id")
    .where("provider", "=", provider)
    .where("remote_id", "=", remote_id)
    .where("id", "<>", id)
    .where("made_by", "not in", RECEIVED)
    .where("state", "=", "READY")
    .executeTakeFirst();
  return row !== undefined;
}

/** Sources that still need the worker: not settled, or removed with a token that upstream still honours. */
export async function listUnfinishedSources(db: Db): Promise<Pick<StoredSource, "id" | "state" | "polls" | "sends">[]> {
  return db
    .selectFrom("report_source")
    .select(["id", "state", "polls", "sends"])
    .where((eb) =>
      eb.or([
        eb("state", "in", ["QUEUED", "SENDING", "PENDING"] satisfies SourceState[]),
        eb.and([eb("state", "in", ["REMOVED", "FAILED"] satisfies SourceState[]), eb("token_sealed", "is not", null)]),
      ]),
    )
    .execute();
}

export async function updateSource(db: Db, id: string, change: Updateable<ReportSourceTable>): Promise<void> {
  await db.updateTable("report_source").set(change).where("id", "=", id).execute();
}
