import { sql } from "kysely";
import type { Migration } from "kysely/migration";

const STATEMENTS = [
  sql`create table viewer_cursor (
    viewer text primary key,
    n bigint not null,
    pruned bigint not null default 0
  )`,
  sql`create table event (
    viewer text not null,
    n bigint not null,
    id uuid not null unique,
    type text not null,
    occurred_at timestamptz(3) not null,
    provider text,
    item_id uuid,
    report_id uuid,
    error jsonb,
    new_count integer,
    updated_count integer,
    removed_count integer,
    account_ids jsonb not null,
    transaction_ids jsonb not null,
    raw_sealed bytea,
    inbox_id bigint unique,
    primary key (viewer, n)
  )`,
  sql`create index webhook_inbox_uninterpreted_of_item on webhook_inbox (provider, remote_item_id, id)
    where interpreted_at is null`,
  sql`create index event_by_age on event (occurred_at)`,
];

/** The feed of events. */
export const eventLog: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await statement.execute(db);
  },
};
