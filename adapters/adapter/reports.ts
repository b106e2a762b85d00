/** Asset reports, as adapters are asked for them and give them. */
import type { Readable } from "node:stream";
import type { Owner } from "../../schema/owner.ts";
import type { HistoricalBalance, ReportAccount, ReportItem, ReportUser } from "../../schema/report-content.ts";
import type { GatewayError } from "../../src/errors.ts";
import type {
  BalancesRecord,
  HoldingRecord,
  InvestmentTransactionRecord,
  Origin,
  SecurityRecord,
  TransactionRecord,
} from "../adapter.ts";

/** What a report is asked for. */
export interface ReportRequest {
  /** The items' access tokens, in clear: 1 to `reportLimits.items`. */
  tokens: string[];
  /** 0 to `reportLimits.days`. */
  daysRequested: number;
  clientReportId: string | null;
  user: ReportUserRecord | null;
  /** Where the aggregator sends the report's webhooks. */
  webhook: string;
  /** Whether to ask for holdings and investment transactions, too. */
  investments: boolean;
}

/** What a refreshed report is asked for; what is null is empty in it, whatever it was. */
export type RefreshRequest = Omit<ReportRequest, "tokens" | "investments">;

/** What a filtered report leaves out. */
export interface FilterRequest {
  /** The aggregator's ids of the accounts: at least one. */
  excludedAccounts: string[];
}

export type ReportUserRecord = Omit<ReportUser, "fullSsn"> & { ssn: string | null };

/** The most that one report may be asked for, as the aggregator publishes it. */
export interface ReportLimits {
  /** Items of one report. */
  items: number;
  /** Days of history. */
  days: number;
}

/** What create answers: the report exists, but is not ready. */
export interface CreatedReport {
  remoteId: string;
  /** The asset report token, in clear. */
  token: string;
  requestId: string | null;
}

export type ReportAccountRecord = Omit<ReportAccount, "id" | "sourceUuid" | "ordinal" | "balances"> & {
  balances: BalancesRecord;
  /** Null where the aggregator gave none. */
  owners: Owner[] | null;
  /** Newest first. */
  historicalBalances: HistoricalBalance[];
  /** Newest first. */
  transactions: TransactionRecord[];
  /** Null where the aggregator said nothing of them. */
  investments: ReportInvestments | null;
};

/** What an investment account of a report held and traded. */
export interface ReportInvestments {
  holdings: HoldingRecord[];
  /** Those that the others name. */
  securities: SecurityRecord[];
  /** Newest first. */
  transactions: InvestmentTransactionRecord[];
}

export type ReportItemRecord = Pick<
  ReportItem,
  "remoteId" | "remoteInstitutionId" | "institutionName" | "lastUpdatedAt"
> & {
  accounts: ReportAccountRecord[];
};

export interface ReportWarningRecord {
  warningType: string;
  warningCode: string;
  remoteItemId: string | null;
  cause: GatewayError | null;
}

/** What is made of a report's item: it is named, and who holds its accounts may turn out later in the answer to be unknown. */
export type KeptItem = Pick<ReportItemRecord, "remoteId"> & { accounts: Pick<ReportAccountRecord, "owners">[] };

/** How a report is read. */
export interface ReadReportOptions<Item extends KeptItem> {
  insights: boolean;
  /** Makes what keeps the report's items one by one, in order, while they come; anew when they have to be asked for again. */
  begin(): (item: ReportItemRecord) => Promise<Item>;
}

/** A ready asset report, its items as they were kept: a large report is never held whole. */
export interface ReportData<Item extends KeptItem = ReportItemRecord> {
  remoteId: string;
  clientReportId: string | null;
  generatedAt: string;
  daysRequested: number | null;
  user: ReportUserRecord | null;
  items: Item[];
  warnings: ReportWarningRecord[];
}

/** The PDF of a ready report, as it comes. */
export interface ReportPdf {
  /** No faster than it is read; it ends in a GatewayError unless the PDF came whole. */
  body: Readable;
  origin: Origin;
}
