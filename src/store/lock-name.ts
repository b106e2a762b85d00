import { sql } from "kysely";
import type { Db } from "./store.ts";

/** Waits for, then holds a name until the transaction ends: for what has no row yet that could be locked. */
export async function lockName(db: Db, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(db);
}
