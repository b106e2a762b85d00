import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/** When the replacement of an item's access token began that has not ended. */
export const tokenRotation: Migration = {
  async up(db) {
    await sql`alter table item add column rotation_began_at timestamptz(3)`.execute(db);
  },
};
