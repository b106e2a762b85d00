import type { Provider } from "../../schema/enums.ts";
import type { CategoryRecord, InstitutionList, InstitutionRecord } from "../adapter/institutions.ts";
import type { KeptItem, ReportData, ReportItemRecord } from "../adapter/reports.ts";
import type { TransactionsPage } from "../adapter/transactions-page.ts";
import type {
  AccountRecord,
  HoldingsData,
  InvestmentTransactionRecord,
  ItemRecord,
  LeftOut,
  LiabilitiesData,
  NumbersRecord,
  OwnersRecord,
  TransactionRecord,
  TransferRecord,
} from "../adapter.ts";
import { readRequiredList } from "../records.ts";
import { normalizeAccount } from "./normalize-account.ts";
import { normalizeCategories } from "./normalize-categories.ts";
import { normalizeHoldings } from "./normalize-holdings.ts";
import { normalizeInstitution, normalizeInstitutions } from "./normalize-institution.ts";
import { normalizeItem } from "./normalize-item.ts";
import { normalizeLiabilities } from "./normalize-liabilities.ts";
import { normalizeNumbers } from "./normalize-numbers.ts";
import { normalizeOwners } from "./normalize-owners.ts";
import { normalizeReport, normalizeReportItem } from "./normalize-report.ts";
import type { ReadInsight } from "./normalize-transaction.ts";
import { normalizeInvestmentTransactions, normalizeTransactions } from "./normalize-transactions.ts";
import { normalizeTransfers } from "./normalize-transfers.ts";

/**
 * Turns the body of an answer into records. Pure; records left out are added to `leftOut`.
 * @throws GatewayError PROVIDER_BAD_RESPONSE when the answer as a whole lacks what it must have.
 */
export type Normalize<T> = (body: Record<string, unknown>, leftOut: LeftOut[]) => T;

/** One for each kind of answer. */
export interface Normalizers {
  item: Normalize<ItemRecord>;
  institution: Normalize<InstitutionRecord>;
  institutions: Normalize<InstitutionList>;
  categories: Normalize<CategoryRecord[]>;
  accounts: Normalize<AccountRecord[]>;
  holdings: Normalize<HoldingsData>;
  liabilities: Normalize<LiabilitiesData>;
  owners: Normalize<OwnersRecord[]>;
  numbers: Normalize<NumbersRecord[]>;
  transfers: Normalize<TransferRecord[]>;
  transactions: Normalize<TransactionsPage<TransactionRecord>>;
  investmentTransactions: Normalize<TransactionsPage<InvestmentTransactionRecord>>;
  /** `find` gives what was made of each item. */
  report<Item extends KeptItem>(
    body: Record<string, unknown>,
    leftOut: LeftOut[],
    find: ReadRecord<Item>,
  ): ReportData<Item>;
  reportItem: ReadRecord<ReportItemRecord>;
}

/** Reads one record of a list. @throws GatewayError naming the field that it lacks: the record is left out. */
export type ReadRecord<T> = (value: unknown, path: string, leftOut: LeftOut[]) => T;

/** The normalisers of an aggregator that speaks Plaid's format, given what it adds to transactions. */
export function createNormalizers(provider: Provider, readInsight: ReadInsight): Normalizers {
  return {
    item: (body) => normalizeItem(body, provider),
    institution: normalizeInstitution,
    institutions: normalizeInstitutions,
    categories: normalizeCategories,
    accounts: (body, leftOut) => readRequiredList(body.accounts, "accounts", leftOut, normalizeAccount),
    holdings: normalizeHoldings,
    liabilities: normalizeLiabilities,
    owners: normalizeOwners,
    numbers: normalizeNumbers,
    transfers: normalizeTransfers,
    transactions: (body, leftOut) => normalizeTransactions(body, leftOut, readInsight),
    investmentTransactions: normalizeInvestmentTransactions,
    report: (body, leftOut, find) => normalizeReport(body, leftOut, provider, find),
    reportItem: (value, path, leftOut) => normalizeReportItem(value, path, leftOut, readInsight),
  };
}
