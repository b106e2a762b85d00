/**
 * What an aggregator is to this gateway.
 *
 * Glossary, in the field's words:
 * - aggregator (provider): the company that reads banks for us: Plaid, Link Money.
 * - item: one person's login at one institution; has one access token and several accounts.
 * - product: one kind of data, which is one upstream read: accounts, balances, holdings, liabilities ...
 * - asset report: an immutable snapshot of several items' accounts, made on request; it is not ready at once.
 * - record: one upstream object, normalised to the schema's noun but without global id, relations and provenance.
 * - reading: what one upstream answer gave: the record or records, where they came from, and what had to be left out.
 *
 * A capability is the presence of an optional method; an adapter never stubs one. Methods return values or throw
 * `GatewayError`, nothing else. Decimals are exact text, dates are YYYY-MM-DD, moments RFC 3339 in UTC.
 */
import type { Account, Balances } from "../schema/account.ts";
import type { AccountNumbers } from "../schema/account-numbers.ts";
import type { Product, Provider } from "../schema/enums.ts";
import type { Holding } from "../schema/holding.ts";
import type { InvestmentTransaction } from "../schema/investment-transaction.ts";
import type { InvestmentTransfer } from "../schema/investment-transfer.ts";
import type { Item } from "../schema/item.ts";
import type { CreditCardLiability, MortgageLiability, StudentLoanLiability } from "../schema/liability.ts";
import type { Owner } from "../schema/owner.ts";
import type { Security } from "../schema/security.ts";
import type { Transaction } from "../schema/transaction.ts";
import type { StoredError } from "../src/errors/stored-error.ts";
import type { GatewayError } from "../src/errors.ts";
import type {
  CategoryRecord,
  InstitutionDetail,
  InstitutionList,
  InstitutionPart,
  InstitutionRecord,
  NameSearch,
  PersonCall,
} from "./adapter/institutions.ts";
import type { LinkToken, LinkTokenRequest } from "./adapter/link-token.ts";
import type {
  CreatedReport,
  FilterRequest,
  KeptItem,
  ReadReportOptions,
  RefreshRequest,
  ReportData,
  ReportLimits,
  ReportPdf,
  ReportRequest,
} from "./adapter/reports.ts";
import type { TransactionsPage, TransactionsQuery } from "./adapter/transactions-page.ts";
import type { Webhooks } from "./adapter/webhooks.ts";

/** One upstream call. */
export interface Call {
  /** Ends the call; its reason is what the call rejects with when it is a `GatewayError`, else PROVIDER_TIMEOUT. */
  signal: AbortSignal;
}

/** A call on behalf of one item. */
export interface ItemCall extends Call {
  /** The item's access token, in clear. */
  token: string;
  /** Whose budget it counts against: our uuid of the item. */
  budgetKey: string;
}

/** A call for balances of now. */
export interface BalancesCall extends ItemCall {
  /** The aggregator's id of the item's institution; null when it names none. */
  remoteInstitutionId: string | null;
}

/** A call on an asset report. */
export interface ReportCall extends Call {
  /** The asset report token, or a share's, in clear. */
  token: string;
  /** Whose budget it counts against: our uuid of the report's source. */
  budgetKey: string;
}

/** Where an answer came from. */
export interface Origin {
  /** Plaid's path of the endpoint, e.g. "/accounts/get". */
  endpoint: string;
  requestId: string | null;
  /** When the answer arrived. */
  fetchedAt: string;
}

/** A record that lacked what the schema makes non-null and was left out. */
export interface LeftOut {
  /** Where it stood in the answer, e.g. "accounts[3].name". */
  path: string;
  /** What was wrong with it, e.g. "found null, wanted a string". */
  problem: string;
}

/** What one upstream answer gave. */
export interface Reading<T> {
  data: T;
  origin: Origin;
  leftOut: LeftOut[];
  /** The item's standing error, where the answer describes the item and it has one. */
  itemError: StoredError | null;
}

/** An item as its aggregator describes it. `error` is the item's standing error, mapped to our codes. */
export type ItemRecord = Pick<
  Item,
  | "remoteId"
  | "institutionName"
  | "remoteInstitutionId"
  | "products"
  | "availableProducts"
  | "billedProducts"
  | "consentedProducts"
  | "authMethod"
  | "updateType"
  | "consentExpiresAt"
  | "webhook"
  | "lastWebhookAt"
  | "lastWebhookCode"
  | "freshness"
> & { error: GatewayError | null; record: unknown };

export type BalancesRecord = Omit<Balances, "provenance">;

export type AccountRecord = Omit<Account, "id" | "itemId" | "provenance" | "lastBalances"> & {
  balances: BalancesRecord;
};

/** One holding; `key` tells it from its siblings of the same account and security ("account/security", "…#2"). */
export type HoldingRecord = Omit<Holding, "id" | "itemId" | "provenance" | "reportSecurity"> & { key: string };

/** One trade or cash movement of an investment account. */
export type InvestmentTransactionRecord = Omit<
  InvestmentTransaction,
  "id" | "provenance" | "security" | "cancelTransactionId" | "accountKey"
> & {
  /** The aggregator's security_id; null when it names none. */
  remoteSecurityId: string | null;
  /** The aggregator's own id of the transaction that this one cancels. */
  remoteCancelTransactionId: string | null;
};

export type SecurityRecord = Omit<Security, "id">;

type LiabilityOf<T> = Omit<T, "id" | "itemId" | "provenance" | "kind"> & {
  /** Tells it from the item's other liabilities: kind and account, or kind and ordinal. */
  key: string;
};
export type LiabilityRecord =
  | ({ kind: "CREDIT_CARD" } & LiabilityOf<CreditCardLiability>)
  | ({ kind: "MORTGAGE" } & LiabilityOf<MortgageLiability>)
  | ({ kind: "STUDENT_LOAN" } & LiabilityOf<StudentLoanLiability>);

/** The holdings answer: with the accounts and securities that it concerns. */
export interface HoldingsData {
  accounts: AccountRecord[];
  holdings: HoldingRecord[];
  securities: SecurityRecord[];
}

/** The liabilities answer: with the accounts that it concerns. */
export interface LiabilitiesData {
  accounts: AccountRecord[];
  liabilities: LiabilityRecord[];
}

/** Who holds an account; null where the answer has no list of them. */
export interface OwnersRecord {
  remoteAccountId: string;
  owners: Owner[] | null;
}

/** An account's numbers; accounts of which an answer names none have no record. */
export type NumbersRecord = AccountNumbers & { remoteAccountId: string };

/** What the transfer of an investment account needs; accounts of which an answer says nothing have no record. */
export type TransferRecord = InvestmentTransfer & { remoteAccountId: string };

export type TransactionRecord = Omit<Transaction, "id" | "provenance" | "pendingTransactionId" | "accountKey"> & {
  remotePendingTransactionId: string | null;
};

/** Whether calls are made or held back after repeated failures. */
export interface Availability {
  available: boolean;
  /** When the next call is let through; null while available. */
  retryAt: string | null;
}

/** One aggregator, as the gateway sees it. */
export interface Adapter {
  readonly provider: Provider;
  /** What can be read through it. */
  readonly products: readonly Product[];
  /** Whether it speaks to a test environment or to our imitation. */
  readonly sandbox: boolean;
  availability(): Availability;
  /** Ends idle connections. */
  close(): void;

  readItem(call: ItemCall): Promise<Reading<ItemRecord>>;
  /** Ends the access token. Succeeds too when the aggregator no longer knows it. */
  removeItem(call: ItemCall): Promise<void>;
  /** Has the item's webhooks sent to another address. Done twice it changes nothing more. */
  updateWebhook?(url: string, call: ItemCall): Promise<void>;
  /** Turns the link flow's public token into an access token. */
  exchangePublicToken?(publicToken: string, call: Call): Promise<{ token: string; remoteId: string }>;
  /** Replaces the access token by another, which it gives in clear. Never sent twice by itself, as `createReport`. */
  rotateToken?(call: ItemCall): Promise<string>;
  /** There whenever `createLinkToken` is: what a link flow can ask consent for. */
  readonly linkProducts?: readonly Product[];
  /** Opens a link flow. Repeated as a read is: a token too many expires by itself. */
  createLinkToken?(request: LinkTokenRequest, call: Call): Promise<LinkToken>;
  readInstitution(remoteId: string, call: PersonCall): Promise<Reading<InstitutionRecord>>;
  /** There whenever `listInstitutions` is: what lists leave out. */
  readonly untoldInLists?: readonly InstitutionDetail[];
  listInstitutions?(part: InstitutionPart, call: PersonCall): Promise<Reading<InstitutionList>>;
  /** Ten at most. */
  searchInstitutions?(search: NameSearch, call: PersonCall): Promise<Reading<InstitutionList>>;
  /** The categories of transactions that have ids. */
  readCategories?(call: PersonCall): Promise<Reading<CategoryRecord[]>>;

  readAccounts(call: ItemCall): Promise<Reading<AccountRecord[]>>;
  /** Asks the institution for the balances now; all accounts of the item. */
  readBalances(call: BalancesCall): Promise<Reading<AccountRecord[]>>;
  /** No investment accounts is an empty answer, not an error. */
  readHoldings?(call: ItemCall): Promise<Reading<HoldingsData>>;
  /** No liability accounts is an empty answer, not an error. */
  readLiabilities?(call: ItemCall): Promise<Reading<LiabilitiesData>>;
  /** Who holds the item's accounts. */
  readOwners?(call: ItemCall): Promise<Reading<OwnersRecord[]>>;
  /** Account and routing numbers. */
  readNumbers?(call: ItemCall): Promise<Reading<NumbersRecord[]>>;
  /** What moving the item's investment accounts elsewhere needs. */
  readTransfers?(call: ItemCall): Promise<Reading<TransferRecord[]>>;

  readTransactions?(query: TransactionsQuery, call: ItemCall): Promise<Reading<TransactionsPage<TransactionRecord>>>;
  /** No investment accounts is an empty answer, not an error. */
  readInvestmentTransactions?(
    query: TransactionsQuery,
    call: ItemCall,
  ): Promise<Reading<TransactionsPage<InvestmentTransactionRecord>>>;
  /** Has the aggregator fetch transactions now: what it finds comes by webhook. */
  refreshTransactions?(call: ItemCall): Promise<void>;
  /** The same for holdings and investment transactions. */
  refreshInvestments?(call: ItemCall): Promise<void>;

  /** There whenever `createReport` is. */
  readonly reportLimits?: ReportLimits;
  /** Never sent twice by itself: an error with `nothingDone` proves that no report was made. */
  createReport?(request: ReportRequest, call: Call & { budgetKey: string }): Promise<CreatedReport>;
  /** A new report of the same items with the newest data. Never sent twice by itself, as `createReport`. */
  refreshReport?(request: RefreshRequest, call: ReportCall): Promise<CreatedReport>;
  /** A new report of the same data without the accounts of these ids. Never sent twice by itself, as `createReport`. */
  filterReport?(request: FilterRequest, call: ReportCall): Promise<CreatedReport>;
  /** @throws GatewayError REPORT_NOT_READY while it is being made, REPORT_FAILED when it never will be. */
  readReport?<Item extends KeptItem>(
    options: ReadReportOptions<Item>,
    call: ReportCall,
  ): Promise<Reading<ReportData<Item>>>;
  /** The call's signal ends the PDF, too. @throws GatewayError as `readReport`, before the PDF begins. */
  readReportPdf?(call: ReportCall): Promise<ReportPdf>;
  /** Ends the report and its token. Succeeds too when the aggregator no longer knows it. */
  removeReport?(call: ReportCall): Promise<void>;

  /** Shares a report with an auditor of that id; the audit copy token, in clear. */
  createAuditCopy?(auditorId: string, call: ReportCall): Promise<string>;
  /** Ends an audit copy; `call.token` is its own. Succeeds too when the aggregator no longer knows it. */
  removeAuditCopy?(call: ReportCall): Promise<void>;
  /** Shares a report with a partner of that client id; the relay token, in clear. */
  createRelay?(secondaryClientId: string, call: ReportCall): Promise<string>;
  /** Ends a relay; `call.token` is its own. Succeeds too when the aggregator no longer knows it. */
  removeRelay?(call: ReportCall): Promise<void>;

  /** What an audit copy's token (`call.token`) opens: another's report. @throws GatewayError as `readReport`, GONE once it is taken back. */
  readAuditCopy?<Item extends KeptItem>(
    options: Pick<ReadReportOptions<Item>, "begin">,
    call: ReportCall,
  ): Promise<Reading<ReportData<Item>>>;
  /** @throws GatewayError as `readAuditCopy`, before the PDF begins. */
  readAuditCopyPdf?(call: ReportCall): Promise<ReportPdf>;
  /** What a relay's token (`call.token`) opens: another's report, the newest that it was refreshed to. @throws GatewayError as `readAuditCopy`. */
  readRelay?<Item extends KeptItem>(
    options: ReadReportOptions<Item>,
    call: ReportCall,
  ): Promise<Reading<ReportData<Item>>>;
  /** @throws GatewayError as `readAuditCopy`, before the PDF begins. */
  readRelayPdf?(call: ReportCall): Promise<ReportPdf>;
  /** A new report with the newest data, and the relay token that opens it. Never sent twice by itself, as `createReport`. */
  refreshRelay?(webhook: string, call: ReportCall): Promise<CreatedReport>;

  readonly webhooks: Webhooks;
}
