import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { openPglite } from "./pglite-store.ts";
import { openPostgres } from "./postgres-store.ts";
import type { Store } from "./store.ts";

export interface StoreOptions {
  /** postgres://…; null: PGlite in `dataDir`. */
  databaseUrl: string | null;
  /** Created with mode 0700 when PGlite needs it. */
  dataDir: string;
  clock: Clock;
  log: Log;
}

/**
 * Opens the store and brings its tables up to date.
 * @throws Error when the database cannot be reached, `dataDir` is held by another process, or a migration fails.
 */
export function openStore({ databaseUrl, dataDir, clock, log }: StoreOptions): Promise<Store> {
  return databaseUrl === null ? openPglite({ dataDir, log }) : openPostgres({ databaseUrl, clock, log });
}
