import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/** When a silent item was last looked at, so that the looks take turns. */
export const itemLooks: Migration = {
  async up(db) {
    await sql`alter table item add column looked_at timestamptz(3)`.execute(db);
  },
};
