import { type Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import type { Log } from "../log.ts";
import { MIGRATIONS } from "./migrations/index.ts";

/**
 * Brings the tables up to date; on PostgreSQL one process at a time, the others wait.
 * @throws Error naming the migration that failed (nothing of it remains), or when the tables are a later version's.
 */
export async function migrate<Tables>(db: Kysely<Tables>, log: Log): Promise<void> {
  if (await isUpToDate(db)) return;
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  const { error, results } = await migrator.migrateToLatest();
  for (const { migrationName, status } of results ?? []) {
    if (status === "Success") log.info({ migration: migrationName }, "migrated");
  }
  if (error === undefined) return;
  const failed = results?.find(({ status }) => status === "Error")?.migrationName;
  throw new Error(failed ? `Migration ${failed} failed.` : "The database's migrations do not fit this version.", {
    cause: error,
  });
}

/** The Migrator would come to the same, but by way of a catalogue query that takes PGlite 0.4 s. */
async function isUpToDate<Tables>(db: Kysely<Tables>): Promise<boolean> {
  const table = await sql<{ name: string | null }>`select to_regclass('kysely_migration')::text as name`.execute(db);
  if (!table.rows[0]?.name) return false;
  const done = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return String(done.rows.map(({ name }) => name)) === String(Object.keys(MIGRATIONS).sort());
}
