import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Which types of account an item has, as far as it has told: what its fields will want is read at once. */
export const accountTypes: Migration = {
  async up(db) {
    await sql`alter table item add column account_types jsonb`.execute(db);
  },
};
