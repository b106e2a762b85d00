import type { AccountAssets, AssetReport, AssetReportGetResponse, AssetReportTransaction, Warning } from "plaid";
import { ApiError } from "../api-error.ts";
import type { ReportWarningCode } from "../faults.ts";
import type { ItemRecord, Items } from "../items.ts";
import type { Plain } from "../plain.ts";
import type { ReportRecord } from "../reports.ts";
import { dollars } from "../world/cents.ts";
import { currencyCodes } from "../world/currency-codes.ts";
import { isoDate } from "../world/day.ts";
import { institutionOf } from "../world/institutions.ts";
import { kindOf } from "../world/kinds.ts";
import type { World, WorldAccount, WorldInvestment, WorldTransaction } from "../world/world.ts";
import { balancesOf, currencyOf } from "./account.ts";
import { reportInvestments } from "./report-investments.ts";

type ReportAnswer = Pick<Plain<AssetReportGetResponse>, "report" | "warnings">;

/** How the transactions of a report are told. */
export interface TransactionManner {
  /** Without insights a transaction has only the bank's own words. */
  insights: boolean;
  /** What the aggregator adds of its own. */
  extras?(transaction: WorldTransaction, item: ItemRecord): object;
}

/** The ready report: a snapshot of its creation. */
export function reportAnswer(report: ReportRecord, items: Items, manner: TransactionManner): ReportAnswer {
  const failed = new Set(report.failing.map((failure) => failure.itemId));
  const included = report.itemIds.flatMap((itemId) => {
    const item = failed.has(itemId) ? null : items.byId(itemId);
    return item && accountsOf(report, items.world(item, report.createdAt)).length > 0 ? [item] : [];
  });
  return {
    report: {
      asset_report_id: report.id,
      client_report_id: report.clientReportId,
      date_generated: seconds(report.createdAt),
      days_requested: report.daysRequested,
      items: included.map((item) => itemOf(item, report, items, manner)),
      user: {
        client_user_id: null,
        email: null,
        first_name: null,
        last_name: null,
        middle_name: null,
        phone_number: null,
        ssn: null,
        ...report.user,
      },
    },
    warnings: included.flatMap((item) => warningsOf(item, report, items)),
  };
}

function itemOf(
  item: ItemRecord,
  report: ReportRecord,
  items: Items,
  { insights, extras }: TransactionManner,
): Plain<AssetReport>["items"][number] {
  const { institutionId } = items.plan(item);
  const world = items.world(item, report.createdAt);
  const tell = (one: WorldTransaction, account: WorldAccount): Plain<AssetReportTransaction> => ({
    ...transactionOf(one, account),
    ...(insights && insightsOf(one)),
    ...extras?.(one, item),
  });
  return {
    accounts: accountsOf(report, world).map((account) => ({
      ...accountOf(account, world, report.daysRequested, tell),
      ...(isUnavailable(report, item, "OWNERS_UNAVAILABLE") && { owners: [], ownership_type: null }),
      ...(isUnavailable(report, item, "TRANSACTIONS_UNAVAILABLE") && { transactions: [], historical_balances: [] }),
      ...(report.investments &&
        isInvestment(account) &&
        !isUnavailable(report, item, "INVESTMENTS_UNAVAILABLE") && {
          investments: reportInvestments(account, world, report.daysRequested),
        }),
    })),
    date_last_updated: seconds(report.createdAt - 1000),
    institution_id: institutionId,
    institution_name: institutionOf(institutionId)?.name ?? institutionId,
    item_id: item.itemId,
  };
}

function accountsOf({ excluded = [] }: ReportRecord, { accounts }: World): WorldAccount[] {
  return accounts.filter(({ id }) => !excluded.includes(id));
}

function accountOf(
  account: WorldAccount,
  world: World,
  days: number,
  tell: (transaction: WorldTransaction, account: WorldAccount) => Plain<AssetReportTransaction>,
): Plain<AccountAssets> {
  const { plan, id } = account;
  const available = Math.min(days, world.today - world.since);
  const shown = account.transactions().filter((one) => one.date >= world.today - days);
  return {
    account_id: id,
    balances: balancesOf(account),
    days_available: available,
    historical_balances: historyOf(account, world.today, available),
    mask: plan.mask,
    name: plan.name,
    official_name: plan.officialName,
    owners: plan.owner ? [plan.owner] : [],
    ownership_type: plan.owner && (plan.owner.names.length > 1 ? "joint" : "individual"),
    subtype: plan.subtype,
    transactions: shown.map((one) => tell(one, account)),
    type: plan.type,
  };
}

/** Of each day before today, newest first. Investments and mortgages have none, as in the aggregators' examples. */
function historyOf(account: WorldAccount, today: number, days: number): Plain<AccountAssets>["historical_balances"] {
  if (!("balanceAt" in account) || account.plan.subtype === "mortgage") return [];
  return Array.from({ length: days }, (_, index) => ({
    current: dollars(account.balanceAt(today - 1 - index)),
    date: isoDate(today - 1 - index),
    ...currencyCodes(currencyOf(account)),
  }));
}

/** A transaction without insights. */
export function transactionOf(one: WorldTransaction, account: WorldAccount) {
  const { description } = one;
  return {
    account_id: account.id,
    account_owner: null,
    amount: dollars(one.amount),
    check_number: description.checkNumber ?? null,
    date: isoDate(one.date),
    date_transacted: isoDate(one.transacted),
    ...currencyCodes(one.currency ?? currencyOf(account)),
    original_description: description.raw,
    pending: one.pending,
    pending_transaction_id: one.pendingId,
    transaction_id: one.id,
    transaction_type: description.type,
  } satisfies Plain<AssetReportTransaction>;
}

/** What the aggregator makes of the bank's words. */
export function insightsOf({ description }: WorldTransaction) {
  const { place, payment } = description;
  const { category, categoryId, primary, detailed } = kindOf(description.kind);
  return {
    category: [...category],
    category_id: categoryId,
    credit_category: { primary, detailed },
    location: {
      address: place?.address ?? null,
      city: place?.city ?? null,
      country: place ? "US" : null,
      lat: place?.lat ?? null,
      lon: place?.lon ?? null,
      postal_code: place?.postalCode ?? null,
      region: place?.region ?? null,
      store_number: place?.storeNumber ?? null,
    },
    merchant_name: description.merchant,
    name: description.name,
    payment_meta: {
      by_order_of: null,
      payee: payment?.payee ?? null,
      payer: payment?.payer ?? null,
      payment_method: payment?.method ?? null,
      payment_processor: null,
      ppd_id: null,
      reason: null,
      reference_number: payment?.reference ?? null,
    },
  } satisfies Partial<Plain<AssetReportTransaction>>;
}

function isInvestment(account: WorldAccount): account is WorldInvestment {
  return account.plan.type === "investment";
}

function isUnavailable({ warnings = [] }: ReportRecord, { itemId }: ItemRecord, code: ReportWarningCode): boolean {
  return warnings.some((warning) => warning.itemId === itemId && warning.codes.includes(code));
}

/** What could not be had of an item, as scripted; owners also where the institution does not tell who holds the accounts. */
function warningsOf(item: ItemRecord, { warnings = [] }: ReportRecord, items: Items): Plain<Warning>[] {
  const scripted = warnings.flatMap(({ itemId, codes }) => (itemId === item.itemId ? codes : []));
  const isAnonymous = items.plan(item).accounts.some((account) => !account.owner);
  const codes = new Set<ReportWarningCode>([...(isAnonymous ? ["OWNERS_UNAVAILABLE" as const] : []), ...scripted]);
  const { causes: _none, ...error } = new ApiError("PRODUCTS_NOT_SUPPORTED").toWire();
  const cause = { ...error, error_type: "ITEM_ERROR" as const, item_id: item.itemId };
  return [...codes].map((warning_code) => ({ warning_type: "ASSET_REPORT_WARNING", warning_code, cause }));
}

/** RFC 3339 without milliseconds, as in the aggregators' examples. */
function seconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
