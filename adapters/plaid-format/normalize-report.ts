import type {
  AccountAssets,
  AssetReport,
  AssetReportGetResponse,
  AssetReportItem,
  AssetReportUser,
  HistoricalBalance as PlaidHistoricalBalance,
  Warning,
} from "plaid";
import type { Provider } from "../../schema/enums.ts";
import type { HistoricalBalance } from "../../schema/report-content.ts";
import type {
  KeptItem,
  ReportAccountRecord,
  ReportData,
  ReportItemRecord,
  ReportUserRecord,
  ReportWarningRecord,
} from "../adapter/reports.ts";
import type { LeftOut } from "../adapter.ts";
import { date, decimal, int, moment, text } from "../fields.ts";
import { isObject, nullWhenEmpty, raw, readList, readRequiredList, required } from "../records.ts";
import { currencyOf } from "./currency-of.ts";
import { causeOf } from "./error-reader.ts";
import { newestFirst } from "./newest-first.ts";
import { commonAccount } from "./normalize-account.ts";
import { normalizeInvestments } from "./normalize-investments.ts";
import { normalizeTransaction, type ReadInsight } from "./normalize-transaction.ts";
import type { ReadRecord } from "./normalizers.ts";
import { ownerOf } from "./owner-of.ts";

/**
 * The answer of /asset_report/get, its items as `find` gives them.
 * @throws GatewayError PROVIDER_BAD_RESPONSE without id, date or items.
 */
export function normalizeReport<Item extends KeptItem>(
  body: Record<string, unknown>,
  leftOut: LeftOut[],
  provider: Provider,
  find: ReadRecord<Item>,
): ReportData<Item> {
  const answer = raw<AssetReportGetResponse>(body);
  const report = raw<AssetReport>(answer.report);
  const warnings = readList(answer.warnings, "warnings", leftOut, (value, path) => warningOf(value, path, provider));
  const { asset_report_id, date_generated } = report;
  const items = readRequiredList(report.items, "report.items", leftOut, (value, path) => find(value, path, leftOut));
  for (const item of items) if (areOwnersUnknown(item, warnings)) forgetOwners(item);
  return {
    remoteId: required(text(asset_report_id), asset_report_id, "report.asset_report_id", "a string"),
    clientReportId: text(report.client_report_id),
    generatedAt: required(moment(date_generated), date_generated, "report.date_generated", "a date and time"),
    daysRequested: int(report.days_requested),
    user: userOf(report.user),
    items,
    warnings,
  };
}

/** One item of it. What its owners are worth is said by the report's warnings. */
export function normalizeReportItem(
  value: unknown,
  path: string,
  leftOut: LeftOut[],
  readInsight: ReadInsight,
): ReportItemRecord {
  const item = raw<AssetReportItem>(value);
  const remoteId = required(text(item.item_id), item.item_id, `${path}.item_id`, "a string");
  return {
    remoteId,
    remoteInstitutionId: text(item.institution_id),
    institutionName: text(item.institution_name),
    lastUpdatedAt: moment(item.date_last_updated),
    accounts: readList(item.accounts, `${path}.accounts`, leftOut, (account, at) =>
      accountOf(account, at, leftOut, readInsight),
    ),
  };
}

function areOwnersUnknown({ remoteId }: KeptItem, warnings: readonly ReportWarningRecord[]): boolean {
  return warnings.some(
    ({ warningCode, remoteItemId }) =>
      warningCode === "OWNERS_UNAVAILABLE" && (remoteItemId === null || remoteItemId === remoteId),
  );
}

/** None were given because none are known. */
function forgetOwners({ accounts }: KeptItem): void {
  for (const account of accounts) if (account.owners?.length === 0) account.owners = null;
}

function accountOf(value: unknown, path: string, leftOut: LeftOut[], readInsight: ReadInsight): ReportAccountRecord {
  const account = raw<AccountAssets>(value);
  const known = commonAccount(value, path);
  return {
    ...known,
    ownershipType: text(account.ownership_type),
    daysAvailable: int(account.days_available),
    owners: Array.isArray(account.owners)
      ? readList(account.owners, `${path}.owners`, leftOut, (owner, at) => ownerOf(owner, at, leftOut))
      : null,
    historicalBalances: newestFirst(
      readList(account.historical_balances, `${path}.historical_balances`, leftOut, historicalBalanceOf),
    ),
    transactions: newestFirst(
      readList(account.transactions, `${path}.transactions`, leftOut, (transaction, at) =>
        normalizeTransaction(transaction, at, readInsight),
      ),
    ),
    investments: normalizeInvestments(account.investments, `${path}.investments`, leftOut, known.remoteId),
  };
}

function historicalBalanceOf(value: unknown, path: string): HistoricalBalance {
  const balance = raw<PlaidHistoricalBalance>(value);
  return {
    date: required(date(balance.date), balance.date, `${path}.date`, "a date"),
    current: required(decimal(balance.current), balance.current, `${path}.current`, "a number"),
    ...currencyOf(balance),
  };
}

function userOf(value: unknown): ReportUserRecord | null {
  const user = raw<AssetReportUser>(value);
  return nullWhenEmpty({
    clientUserId: text(user.client_user_id),
    firstName: text(user.first_name),
    middleName: text(user.middle_name),
    lastName: text(user.last_name),
    ssn: text(user.ssn),
    phoneNumber: text(user.phone_number),
    email: text(user.email),
  });
}

function warningOf(value: unknown, path: string, provider: Provider): ReportWarningRecord {
  const warning = raw<Warning>(value);
  const cause = isObject(warning.cause) ? causeOf(provider, warning.cause) : null;
  return {
    warningType: text(warning.warning_type) ?? "ASSET_REPORT_WARNING",
    warningCode: required(text(warning.warning_code), warning.warning_code, `${path}.warning_code`, "a string"),
    remoteItemId: cause?.remoteItemId ?? null,
    cause: cause?.error.options.upstream?.errorCode ? cause.error : null,
  };
}
