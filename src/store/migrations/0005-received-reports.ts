import { sql } from "kysely";
import type { Migration } from "kysely/migration";

const STATEMENTS = [
  // of a shared report that could not be read yet
  sql`alter table report alter column days_requested drop not null`,
  sql`alter table report_source
    add column share_fingerprint text,
    add column recheck_at timestamptz(3)`,
  // an upstream report has one maker, and any number of those whom it is shared with
  sql`drop index report_source_made`,
  sql`create unique index report_source_made on report_source (provider, remote_id)
    where made_by in ('CREATE', 'REFRESH', 'FILTER')`,
  sql`create unique index report_source_of_share on report_source (share_fingerprint)`,
  sql`create index report_source_recheck on report_source (recheck_at)`,
];

/** Reports that others shared with the viewer. */
export const receivedReports: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await statement.execute(db);
  },
};
