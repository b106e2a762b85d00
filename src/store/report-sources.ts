import type { Insertable, Selectable, Updateable } from "kysely";
import type { Provider } from "../../schema/enums.ts";
import type { ReportSourceTable, SourceState } from "./database.ts";
import type { Db } from "./store.ts";

/** A source's row. */
export type StoredSource = Selectable<ReportSourceTable>;

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

/** The source that an aggregator's report was made for. */
export async function findSourceByRemote(db: Db, provider: Provider, remoteId: string): Promise<StoredSource | null> {
  const row = await db
    .selectFrom("report_source")
    .selectAll()
    .where("provider", "=", provider)
    .where("remote_id", "=", remoteId)
    .where("made_by", "<>", "REUSE")
    .executeTakeFirst();
  return row ?? null;
}

/** Whether a source other than that one still needs the same upstream report. */
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
