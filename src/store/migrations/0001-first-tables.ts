import { sql } from "kysely";
import type { Migration } from "kysely/migration";

const STATEMENTS = [
  sql`create table item (
    id uuid primary key,
    viewer text not null,
    provider text not null,
    remote_id text not null,
    token_sealed bytea not null,
    linked_at timestamptz(3) not null,
    description jsonb not null,
    described_at timestamptz(3) not null,
    described_request_id text,
    health text not null,
    health_since timestamptz(3),
    health_error jsonb,
    last_webhook_at timestamptz(3),
    last_webhook_code text,
    generations jsonb not null,
    unique (provider, remote_id)
  )`,
  sql`create index item_of_viewer on item (viewer, linked_at, id)`,

  sql`create table item_removal (
    id uuid primary key,
    viewer text not null,
    provider text not null,
    remote_id text not null,
    token_sealed bytea not null,
    removed_at timestamptz(3) not null
  )`,

  sql`create table report (
    id uuid primary key,
    viewer text not null,
    status text not null,
    origin text not null,
    days_requested integer not null,
    client_report_id text,
    user_sealed bytea,
    requested_at timestamptz(3) not null,
    ready_at timestamptz(3)
  )`,
  sql`create index report_of_viewer on report (viewer, requested_at desc, id desc)`,

  sql`create table report_source (
    id uuid primary key,
    report_id uuid not null references report on delete cascade,
    viewer text not null,
    provider text not null,
    ordinal integer not null,
    state text not null,
    items jsonb not null,
    remote_id text,
    token_sealed bytea,
    lease_until timestamptz(3),
    sends integer not null default 0,
    polls integer not null default 0,
    sent_at timestamptz(3),
    generated_at timestamptz(3),
    error jsonb,
    unique (provider, remote_id),
    unique (report_id, ordinal)
  )`,
  // the worker's: what is not settled, or must still be removed upstream
  sql`create index report_source_unfinished on report_source (state)
    where state in ('QUEUED', 'SENDING', 'PENDING') or token_sealed is not null`,

  sql`create table report_head (
    source_id uuid primary key references report_source on delete cascade,
    head_sealed bytea not null,
    insights boolean not null,
    insights_error jsonb
  )`,
  sql`create table report_page (
    source_id uuid not null references report_source on delete cascade,
    account integer not null,
    kind text not null,
    page integer not null,
    page_sealed bytea not null,
    primary key (source_id, account, kind, page)
  )`,

  sql`create table webhook_inbox (
    id bigint generated always as identity primary key,
    provider text not null,
    jwt_sha256 text not null unique,
    body_sealed bytea not null,
    type text not null,
    code text not null,
    remote_item_id text,
    remote_report_id text,
    received_at timestamptz(3) not null,
    interpreted_at timestamptz(3)
  )`,
  sql`create index webhook_inbox_of_report on webhook_inbox (provider, remote_report_id) where remote_report_id is not null`,
  sql`create index webhook_inbox_uninterpreted on webhook_inbox (id) where interpreted_at is null`,

  sql`create table idempotency (
    viewer text not null,
    key text not null,
    fingerprint text not null,
    result_id uuid not null,
    created_at timestamptz(3) not null,
    primary key (viewer, key)
  )`,
];

/** The tables of items, reports, webhooks and idempotency keys. */
export const firstTables: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await statement.execute(db);
  },
};
