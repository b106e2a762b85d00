import { sql } from "kysely";
import type { Migration } from "kysely/migration";

const STATEMENTS = [
  sql`alter table report add column based_on uuid`,
  sql`alter table report_source
    add column made_by text not null default 'CREATE',
    add column from_source uuid,
    add column excluded_accounts jsonb not null default '[]'`,
  // sources of several reports may be one upstream report
  sql`alter table report_source drop constraint report_source_provider_remote_id_key`,
  sql`create unique index report_source_made on report_source (provider, remote_id) where made_by <> 'REUSE'`,
  sql`create index report_source_of_remote on report_source (provider, remote_id)`,
];

/** Reports that come from other reports. */
export const reportLineage: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await statement.execute(db);
  },
};
