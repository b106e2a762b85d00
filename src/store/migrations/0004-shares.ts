import { sql } from "kysely";
import type { Migration } from "kysely/migration";

const STATEMENTS = [
  sql`create table report_share (
    id uuid primary key,
    viewer text not null,
    report_id uuid not null references report on delete cascade,
    source_id uuid not null references report_source on delete cascade,
    provider text not null,
    kind text not null,
    recipient text not null,
    token_sealed bytea,
    created_at timestamptz(3) not null,
    removed_at timestamptz(3)
  )`,
  sql`create index report_share_of_report on report_share (report_id, created_at, id)`,
  sql`create index report_share_unfinished on report_share (id) where removed_at is not null and token_sealed is not null`,
];

/** Who a report was shared with. */
export const shares: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await statement.execute(db);
  },
};
