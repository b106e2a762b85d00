import { Kysely, PostgresDialect, type PostgresDialectConfig, PostgresDriver } from "kysely";
import pg from "pg";
import { type Clock, delay } from "../clock.ts";
import type { Log } from "../log.ts";
import { COLUMN_VALUES, TYPE_IDS } from "./column-values.ts";
import type { Database } from "./database.ts";
import { jsonValues } from "./json-values.ts";
import { migrate } from "./migrate.ts";
import { notify } from "./notify.ts";
import { postgresListener } from "./postgres-listener.ts";
import type { Store } from "./store.ts";
import { type TransactionGuard, transactionGuard } from "./transaction-guard.ts";
import { transactions } from "./transactions.ts";

const CONNECTIONS = 10;
const CONNECT_MS = 5_000;
/** The server ends a statement after this; the client gives up on a silent server a little later. */
const STATEMENT_MS = 30_000;
const SILENCE_MS = STATEMENT_MS + 5_000;
/** A transaction that its process has forgotten lets go of its locks after this. */
const IDLE_IN_TRANSACTION_MS = 60_000;
const CLOSE_MS = 5_000;

/** Connects to PostgreSQL and brings its tables up to date. @throws Error when it cannot be reached or a migration fails. */
export async function openPostgres(options: { databaseUrl: string; clock: Clock; log: Log }): Promise<Store> {
  const { databaseUrl, clock, log } = options;
  await migrateAlone(databaseUrl, log);

  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: "tributary",
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: SILENCE_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
    types: { getTypeParser },
  });
  // without a listener of its own, a connection lost while in use would end the process
  pool.on("connect", (client) => client.on("error", (error) => log.warn({ err: error }, "lost a database connection")));
  pool.on("error", (error) => log.debug({ err: error }, "an idle database connection was lost"));

  const guard = transactionGuard();
  const db = new Kysely<Database>({ dialect: new GuardedDialect({ pool }, guard), plugins: [jsonValues()] });
  const listener = postgresListener({ databaseUrl, clock, log });
  let closing: Promise<void> | null = null;

  async function close(): Promise<void> {
    await listener.close();
    await Promise.race([pool.end(), delay(clock, CLOSE_MS)]); // a statement that hangs must not keep the process
  }

  return {
    kind: "postgres",
    db,
    transaction: transactions(db, guard),
    notify,
    async listen(channel, handlers) {
      const end = await listener.listen(channel, handlers);
      return async () => end();
    },
    async execute(text, values) {
      guard.refuseInside();
      const results = await pool.query(text, values);
      // several statements bring several results, which pg's types do not know
      return { rows: [results].flat().flatMap((result) => result.rows) };
    },
    async ping() {
      await pool.query("select 1");
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}

/** On a connection without time limits: a migration may take long, or wait for another process's. */
async function migrateAlone(databaseUrl: string, log: Log): Promise<void> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, connectionTimeoutMillis: CONNECT_MS });
  try {
    await pool.query("select 1").catch((error: unknown) => unreachable(databaseUrl, error));
    await migrate(new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) }), log);
  } finally {
    await pool.end();
  }
}

function unreachable(databaseUrl: string, cause: unknown): never {
  const { host, port, database, user } = new pg.Client({ connectionString: databaseUrl });
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new Error(
    `PostgreSQL at ${host}:${port}, database ${database}, user ${user}, cannot be used: ${reason}. Check DATABASE_URL and that it runs.`,
    { cause },
  );
}

function getTypeParser(id: number, format?: "text" | "binary") {
  if (format !== "binary" && id === TYPE_IDS.timestamptz) return COLUMN_VALUES.timestamptz;
  if (format !== "binary" && id === TYPE_IDS.int8) return COLUMN_VALUES.int8;
  return pg.types.getTypeParser(id, format as "text");
}

class GuardedDialect extends PostgresDialect {
  constructor(
    readonly config: PostgresDialectConfig,
    readonly guard: TransactionGuard,
  ) {
    super(config);
  }

  override createDriver(): PostgresDriver {
    return new GuardedDriver(this.config, this.guard);
  }
}

class GuardedDriver extends PostgresDriver {
  constructor(
    config: PostgresDialectConfig,
    readonly guard: TransactionGuard,
  ) {
    super(config);
  }

  override async acquireConnection(...options: Parameters<PostgresDriver["acquireConnection"]>) {
    this.guard.refuseInside();
    return super.acquireConnection(...options);
  }
}
