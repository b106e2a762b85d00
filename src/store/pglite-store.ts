import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { Kysely } from "kysely";
import type { Log } from "../log.ts";
import { COLUMN_VALUES, TYPE_IDS } from "./column-values.ts";
import { lockDataDir } from "./data-dir-lock.ts";
import type { Database } from "./database.ts";
import { jsonValues } from "./json-values.ts";
import { migrate } from "./migrate.ts";
import { notify } from "./notify.ts";
import { pgliteDialect, pgliteTurns } from "./pglite-dialect.ts";
import type { RawResult, Store } from "./store.ts";
import { transactionGuard } from "./transaction-guard.ts";
import { transactions } from "./transactions.ts";

/** A PGlite store, which can be copied while it is open. */
export interface PgliteStore extends Store {
  /** A tar of the database as it stands, for `dump` of another. */
  dump(): Promise<Blob>;
}

export interface PgliteOptions {
  /** Holds the database in `database/` and its lock; null: in memory, for tests. */
  dataDir: string | null;
  log: Log;
  /** What a new database begins with, in place of nothing. */
  dump?: Blob;
}

/** PGlite's default of 128 MB would be taken at once. */
const START_PARAMETERS = [...PGlite.defaultStartParams, "-c", "shared_buffers=16MB"];
/** 1 MB of write-ahead log at first, in place of 16. */
const CREATE_PARAMETERS = ["--wal-segsize=1"];

/**
 * Opens PGlite, creating it if need be (about 2 s), and brings its tables up to date.
 * @throws Error when another live process holds `dataDir`.
 */
export async function openPglite(options: PgliteOptions): Promise<PgliteStore> {
  const { dataDir, log, dump } = options;
  if (dataDir !== null) await makePrivate(join(dataDir, "database"));
  const unlock = dataDir === null ? async () => {} : await lockDataDir(dataDir, log);
  try {
    const pglite = await PGlite.create({
      ...(dataDir === null ? {} : { dataDir: join(dataDir, "database") }),
      ...(dump ? { loadDataDir: dump } : {}),
      startParams: START_PARAMETERS,
      initDbStartParams: CREATE_PARAMETERS,
      parsers: {
        [TYPE_IDS.timestamptz]: COLUMN_VALUES.timestamptz,
        [TYPE_IDS.int8]: COLUMN_VALUES.int8,
        [TYPE_IDS.bytea]: (text: string) => Buffer.from(text.slice("\\x".length), "hex"),
      },
    });
    return await storeOver(pglite, log, unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function storeOver(pglite: PGlite, log: Log, unlock: () => Promise<void>): Promise<PgliteStore> {
  const guard = transactionGuard();
  const turns = pgliteTurns(guard);
  const db = new Kysely<Database>({ dialect: pgliteDialect(pglite, turns), plugins: [jsonValues()] });

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const end = await turns.take();
    try {
      return await work();
    } finally {
      end();
    }
  }

  async function execute(text: string, values: unknown[] = []): Promise<RawResult> {
    if (values.length > 0) {
      const { rows } = await pglite.query<Record<string, unknown>>(text, values);
      return { rows };
    }
    try {
      return { rows: (await pglite.exec(text)).flatMap(({ rows }) => rows) };
    } catch (error) {
      await pglite.exec("rollback"); // the text may have begun a transaction
      throw error;
    }
  }

  await migrate(db, log);
  let closing: Promise<void> | null = null;
  return {
    kind: "pglite",
    db,
    transaction: transactions(db, guard),
    notify,
    async listen(channel, { onNotify }) {
      const end = await inTurn(() => pglite.listen(channel, onNotify));
      return () => inTurn(end);
    },
    execute: (text, values) => inTurn(() => execute(text, values)),
    async ping() {
      await inTurn(() => pglite.query("select 1"));
    },
    dump: () => inTurn(() => pglite.dumpDataDir("none")),
    close() {
      closing ??= inTurn(() => pglite.close()).then(unlock);
      return closing;
    },
  };
}

/** PGlite's own files are open to everyone: only the directory keeps others out, also one that was there before. */
async function makePrivate(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await chmod(directory, 0o700);
}
