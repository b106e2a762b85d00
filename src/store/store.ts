import type { Kysely } from "kysely";
import type { Database } from "./database.ts";

/** An executor: the root one or an open transaction's. Store functions take it and never choose one themselves. */
export type Db = Kysely<Database>;

/** One open transaction. */
export interface Tx {
  /** Its executor; throws once the transaction has ended. */
  readonly db: Db;
  /**
   * Registers a step of the transaction that runs when all its other work is done: what holds a lock that everyone waits for
   * is done last. Steps run in the order of their keys, so that no two transactions wait for each other.
   */
  beforeCommit(key: string, step: () => Promise<void>): void;
  /** Registers a task that runs right after the commit, and never after a rollback. It must not throw. */
  afterCommit(task: () => void): void;
}

/** What a listener of a channel is told. None of these may throw. */
export interface ListenHandlers {
  onNotify(payload: string): void;
  /** The connection was lost: notifications are being missed. Never called on PGlite. */
  onDisconnect?(): void;
  /** It listens again after a loss: whatever was notified in between was missed. Never called on PGlite. */
  onReconnect(): void;
}

/** The rows of a statement written as text. */
export interface RawResult {
  rows: Record<string, unknown>[];
}

/** The durable state: PostgreSQL, or PGlite in a directory of this process. Both take the same SQL and give the same values. */
export interface Store {
  readonly kind: "postgres" | "pglite";
  /** The root executor. Using it while a transaction of the same asynchronous context is open throws at once. */
  readonly db: Db;
  /**
   * Runs `work` in one transaction (READ COMMITTED) and commits, or rolls back and rethrows. Serialization failures and
   * deadlocks run `work` again, three times at most: it must have no effect besides the transaction and `afterCommit`.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** NOTIFY in `db`'s transaction: every process that listens gets it after the commit. At most 7999 bytes. */
  notify(db: Db, channel: string, payload: string): Promise<void>;
  /** Resolves once the channel is listened to; on PostgreSQL over one connection beside the pool, which reconnects for ever. */
  listen(channel: string, handlers: ListenHandlers): Promise<() => Promise<void>>;
  /** Statements as text, several of them when there are no values, outside any transaction: for pg-boss. */
  execute(text: string, values?: unknown[]): Promise<RawResult>;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  /** Ends every connection: waits for open transactions, on PostgreSQL 5 s at most. Nothing can be done with the store afterwards. */
  close(): Promise<void>;
}
