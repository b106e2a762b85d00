import type { Generated } from "kysely";
import type {
  AccountType,
  EventType,
  ItemStatus,
  Product,
  Provider,
  ReportOrigin,
  ReportStatus,
} from "../../schema/enums.ts";
import type { StoredError } from "../errors/stored-error.ts";
import type { CachedRead } from "./cached-reads.ts";

/**
 * The tables. Both databases give the same JavaScript: moments are RFC 3339 strings in UTC with milliseconds, bytea is
 * Buffer, int8 is number, jsonb is parsed; an array or object given for a column is written as JSON. Columns named
 * `…_sealed` hold vault ciphertext.
 */
export interface Database {
  item: ItemTable;
  item_removal: ItemRemovalTable;
  report: ReportTable;
  report_source: ReportSourceTable;
  report_head: ReportHeadTable;
  report_page: ReportPageTable;
  webhook_inbox: WebhookInboxTable;
  idempotency: IdempotencyTable;
  viewer_cursor: ViewerCursorTable;
  event: EventTable;
  report_share: ReportShareTable;
}

/** A linked item. A removed one is deleted here; its token waits in `item_removal`. Unique: (provider, remote_id). */
export interface ItemTable {
  id: string;
  viewer: string;
  provider: Provider;
  remote_id: string;
  /** AAD: viewer, id, "token". */
  token_sealed: Buffer;
  linked_at: string;
  /** What the aggregator said of the item at `described_at`. */
  description: ItemDescription;
  described_at: string;
  described_request_id: string | null;
  health: ItemStatus;
  health_since: string | null;
  health_error: StoredError | null;
  last_webhook_at: string | null;
  last_webhook_code: string | null;
  /** A product's cached answers of an older generation are misses: {"ACCOUNTS": 3}. */
  generations: Partial<Record<CachedRead, number>>;
  /** When the aggregator was last asked how the silent item stands, answered or not. */
  looked_at: Generated<string | null>;
  /** Counts how often the access was reduced or given anew: cached answers of an earlier epoch are never found again. */
  access_epoch: Generated<number>;
  /** jsonb: the types of its accounts, in their order, as of the last answer that brought them all; null when none has. */
  account_types: Generated<AccountType[] | null>;
  /** When the replacement of its access token began that has not ended; null otherwise. */
  rotation_began_at: Generated<string | null>;
}

/** jsonb: the stored part of an item that its aggregator describes. */
export interface ItemDescription {
  institutionName: string | null;
  remoteInstitutionId: string | null;
  products: Product[] | null;
  availableProducts: Product[] | null;
  billedProducts: Product[] | null;
  consentedProducts: Product[] | null;
  authMethod: string | null;
  updateType: string | null;
  consentExpiresAt: string | null;
  webhook: string | null;
  freshness: { product: Product; lastSuccessfulUpdate: string | null; lastFailedUpdate: string | null }[];
  /** The record as received. */
  record: unknown;
}

/** A removed item whose upstream removal is not confirmed yet. */
export interface ItemRemovalTable {
  /** The item's uuid. */
  id: string;
  viewer: string;
  provider: Provider;
  remote_id: string;
  /** AAD as in `item`. */
  token_sealed: Buffer;
  removed_at: string;
}

export interface ReportTable {
  id: string;
  viewer: string;
  status: ReportStatus;
  origin: ReportOrigin;
  /** The report that it refreshed or filtered; it may be removed since. */
  based_on: string | null;
  /** Null for a shared report that could not be read yet. */
  days_requested: number | null;
  client_report_id: string | null;
  /** JSON of the user given at create. AAD: viewer, id, "user". */
  user_sealed: Buffer | null;
  requested_at: string;
  ready_at: string | null;
}

/** QUEUED -> SENDING -> PENDING -> READY | FAILED; any -> REMOVED. */
export type SourceState = "QUEUED" | "SENDING" | "PENDING" | "READY" | "FAILED" | "REMOVED";

/**
 * How a source comes to its upstream report: made anew; from an earlier one with newer data, or less some accounts; or by standing for
 * an earlier one that it shares with another report. Or another made it, and shared it by a relay or an audit copy; a relay can be refreshed.
 */
export type MadeBy = "CREATE" | "REFRESH" | "FILTER" | "REUSE" | "RELAY" | "AUDIT_COPY" | "RELAY_REFRESH";

/** One upstream report of a report. Unique: (provider, remote_id) of CREATE, REFRESH and FILTER; share_fingerprint. */
export interface ReportSourceTable {
  id: string;
  report_id: string;
  viewer: string;
  provider: Provider;
  ordinal: number;
  state: SourceState;
  /** jsonb: the items asked for; they may be unlinked since. */
  items: { id: string; remoteId: string; institutionName: string | null }[];
  made_by: Generated<MadeBy>;
  /** The source whose upstream report it is made from. */
  from_source: Generated<string | null>;
  /** jsonb: the aggregator's ids of the accounts that FILTER leaves out. */
  excluded_accounts: Generated<string[]>;
  remote_id: string | null;
  /** The asset report token, or the share's. AAD: viewer, id, "token". Null before create and after upstream removal. */
  token_sealed: Buffer | null;
  /** While SENDING: when the sender is held to have died. */
  lease_until: string | null;
  /** Sends and polls so far, for the delay of the next. */
  sends: Generated<number>;
  polls: Generated<number>;
  sent_at: string | null;
  generated_at: string | null;
  /** Of RELAY and AUDIT_COPY: the vault's fingerprint of viewer and share token. Null once the viewer has forgotten it. */
  share_fingerprint: Generated<string | null>;
  /** Of a shared one that is READY: when it is next asked for whether it still is shared. */
  recheck_at: Generated<string | null>;
  /** Why it FAILED; of a shared one that is REMOVED, that its owner took it back. */
  error: StoredError | null;
}

/** A ready source's content but for its long lists. */
export interface ReportHeadTable {
  source_id: string;
  /** gzip of JSON. AAD: viewer, source id, "head". */
  head_sealed: Buffer;
  /** Whether the pages hold insights. */
  insights: boolean;
  /** Why they never will. */
  insights_error: StoredError | null;
}

export type PageKind = "transactions" | "history" | "holdings" | "investmentTransactions";

/** One page of an account's long list in a ready source. */
export interface ReportPageTable {
  source_id: string;
  /** The account's ordinal in the source. */
  account: number;
  kind: PageKind;
  page: number;
  /** gzip of JSON. AAD: viewer, source id, "<kind>/<account>/<page>". */
  page_sealed: Buffer;
}

/** Webhooks as received, before they are interpreted. Unique: jwt_sha256. */
export interface WebhookInboxTable {
  id: Generated<number>;
  provider: Provider;
  jwt_sha256: string;
  /** AAD: "", jwt_sha256, "body". */
  body_sealed: Buffer;
  type: string;
  code: string;
  remote_item_id: string | null;
  remote_report_id: string | null;
  received_at: string;
  /** Null until its effect is in the state. */
  interpreted_at: string | null;
}

/** Keys of mutations that may be resent. Unique: (viewer, key). */
export interface IdempotencyTable {
  viewer: string;
  key: string;
  /** The vault's fingerprint of the operation's name and input. */
  fingerprint: string;
  /** The uuid of what it made. */
  result_id: string;
  created_at: string;
}

/** How far each viewer's feed of events reaches. */
export interface ViewerCursorTable {
  viewer: string;
  /** The cursor of the newest event; 0 before the first. */
  n: number;
  /** The cursor of the newest event that has been deleted; 0 before. */
  pruned: Generated<number>;
}

/** What happened to a viewer's items and reports, in the order of `n`, without gaps. */
export interface EventTable {
  viewer: string;
  n: number;
  id: string;
  type: EventType;
  occurred_at: string;
  provider: Provider | null;
  item_id: string | null;
  report_id: string | null;
  error: StoredError | null;
  new_count: number | null;
  updated_count: number | null;
  removed_count: number | null;
  /** jsonb: the aggregator's own ids, of the item's accounts and transactions. */
  account_ids: string[];
  transaction_ids: string[];
  /** The webhook's body as received. AAD: viewer, id, "raw". */
  raw_sealed: Buffer | null;
  /** The webhook that it came from: a delivery makes one event, however often it is interpreted. */
  inbox_id: number | null;
}

/** For an auditor to read; for a partner, who can refresh it, too. */
export type ShareKind = "AUDIT_COPY" | "RELAY";

/** The ledger: who a source of a report was shared with. Ended shares stay. */
export interface ReportShareTable {
  id: string;
  viewer: string;
  report_id: string;
  source_id: string;
  provider: Provider;
  kind: ShareKind;
  /** The auditor's id, or the partner's client id, at the aggregator. */
  recipient: string;
  /** The share's token. AAD: viewer, id, "token". Null once it has ended upstream. */
  token_sealed: Buffer | null;
  created_at: string;
  removed_at: string | null;
}
