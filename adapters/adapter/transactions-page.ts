import type { AccountRecord, SecurityRecord } from "../adapter.ts";

/** A record with the aggregator's account_id of the account that it is of: in a report that goes without saying. */
export type OfAccount<R> = R & { remoteAccountId: string };

/** Which transactions are asked for, and which page of them, the newest day first. */
export interface TransactionsQuery {
  /** YYYY-MM-DD, both included. */
  startDate: string;
  endDate: string;
  /** The aggregator's ids; all accounts when null. */
  remoteAccountIds: readonly string[] | null;
  /** 1 to 500. */
  count: number;
  /** How many to pass over. */
  offset: number;
}

/** One page of transactions, with the accounts and securities that it concerns. */
export interface TransactionsPage<R> {
  accounts: AccountRecord[];
  /** In the aggregator's order. */
  transactions: OfAccount<R>[];
  /** None where nothing is traded. */
  securities: SecurityRecord[];
  /** How many records the page had, with those left out. */
  received: number;
  /** How many match the query over all pages; null where the aggregator does not say. */
  total: number | null;
}
