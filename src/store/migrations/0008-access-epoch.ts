import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/** How often the access to an item was reduced: cached answers of an earlier epoch are never found again. */
export const accessEpoch: Migration = {
  async up(db) {
    await sql`alter table item add column access_epoch integer not null default 0`.execute(db);
  },
};
