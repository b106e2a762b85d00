import type { PGlite } from "@electric-sql/pglite";
import {
  AbortedTransactionError,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PGliteAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from "kysely";
import type { TransactionGuard } from "./transaction-guard.ts";

/** One connection, so a statement outside the open transaction, and every other transaction, waits for its turn. */
export interface PgliteTurns {
  /** Waits for the turn; the returned function ends it. @throws Error inside an open transaction, which would wait for itself. */
  take(): Promise<() => void>;
}

/** Turns in order of asking. */
export function pgliteTurns(guard: TransactionGuard): PgliteTurns {
  let last: Promise<void> = Promise.resolve();
  return {
    async take() {
      guard.refuseInside();
      const before = last;
      let end = () => {};
      last = new Promise((resolve) => {
        end = resolve;
      });
      await before;
      return end;
    },
  };
}

/** kysely over PGlite. kysely's own dialect would queue before the guard could refuse. */
export function pgliteDialect(pglite: PGlite, turns: PgliteTurns): Dialect {
  return {
    createDriver: () => new PgliteDriver(pglite, turns),
    createAdapter: () => new QueuedAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  };
}

class QueuedAdapter extends PGliteAdapter {
  /** The turns see to it. */
  override get supportsMultipleConnections() {
    return true;
  }
}

class PgliteDriver implements Driver {
  readonly #turns = new WeakMap<DatabaseConnection, () => void>();

  constructor(
    readonly pglite: PGlite,
    readonly turns: PgliteTurns,
  ) {}

  async init(): Promise<void> {
    await this.pglite.waitReady;
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const end = await this.turns.take();
    const connection = new PgliteConnection(this.pglite);
    this.#turns.set(connection, end);
    return connection;
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.#turns.get(connection)?.();
  }

  async beginTransaction(): Promise<void> {
    await this.pglite.exec("begin");
  }

  /** PostgreSQL answers the commit of a transaction in which a statement failed with a rollback. */
  async commitTransaction(): Promise<void> {
    const [result] = await this.pglite.exec("commit");
    if (result?.command === "ROLLBACK") throw new AbortedTransactionError();
  }

  async rollbackTransaction(): Promise<void> {
    await this.pglite.exec("rollback");
  }

  async destroy(): Promise<void> {
    await this.pglite.close();
  }
}

class PgliteConnection implements DatabaseConnection {
  constructor(readonly pglite: PGlite) {}

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, affectedRows } = await this.pglite.query<R>(query.sql, [...query.parameters]);
    return { rows, numAffectedRows: BigInt(affectedRows ?? 0) };
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("PGlite does not stream: read by pages.");
  }
}
