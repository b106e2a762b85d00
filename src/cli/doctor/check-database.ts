import { access, constants } from "node:fs/promises";
import pg from "pg";
import type { Config } from "../../config.ts";
import { createLog } from "../../log.ts";
import { lockDataDir } from "../../store/data-dir-lock.ts";
import { type Finding, wordsOf } from "./finding.ts";

const ANSWER_MS = 5_000;
/** What pg-boss, which runs the jobs, asks for. */
const OLDEST_POSTGRES = 13;

/** Whether the database can be used. Changes nothing: migrations are the start's. */
export async function checkDatabase(config: Pick<Config, "databaseUrl" | "dataDir">): Promise<Finding> {
  return config.databaseUrl === null ? checkEmbedded(config.dataDir) : checkPostgres(config.databaseUrl);
}

async function checkPostgres(databaseUrl: string): Promise<Finding> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: ANSWER_MS,
    query_timeout: ANSWER_MS,
  });
  client.on("error", () => undefined); // the query that it breaks tells of it
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; number: number; may_create: boolean }>(
      `select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
              has_schema_privilege(current_schema(), 'create') as may_create`,
    );
    const { version = "?", number = 0, may_create: mayCreate = false } = rows[0] ?? {};
    if (number < OLDEST_POSTGRES * 10_000) {
      return fault(`PostgreSQL ${version} is too old.`, `Use PostgreSQL ${OLDEST_POSTGRES} or newer.`);
    }
    if (!mayCreate) {
      return fault(
        "DATABASE_URL's user may not create tables.",
        "Grant it CREATE on its schema: migrations run at the start.",
      );
    }
    return { check: "database", state: "ok", says: `PostgreSQL ${version} answers, and tables can be made.` };
  } catch (error) {
    return fault(
      `PostgreSQL cannot be used: ${wordsOf(error)}.`,
      "Check that it runs, and the host, user, password and database in DATABASE_URL.",
    );
  } finally {
    await client.end().catch(() => undefined); // it was never connected
  }
}

async function checkEmbedded(dataDir: string): Promise<Finding> {
  try {
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return {
        check: "database",
        state: "ok",
        says: `The embedded database will be made in ${dataDir} at the first start.`,
      };
    }
    return fault(
      `DATA_DIR ${dataDir} cannot be used: ${wordsOf(error)}.`,
      "Give this user the right to read and write it.",
    );
  }
  try {
    const release = await lockDataDir(dataDir, createLog({ level: "silent" }));
    await release();
    return { check: "database", state: "ok", says: `The embedded database in ${dataDir} is free.` };
  } catch (error) {
    const says = wordsOf(error);
    if (!says.includes("in use")) return fault(`DATA_DIR ${dataDir} cannot be locked: ${says}.`, "Mend that first.");
    return { check: "database", state: "note", says, mend: "(As it should be, if that is your gateway.)" };
  }
}

function fault(says: string, mend: string): Finding {
  return { check: "database", state: "fault", says, mend };
}
