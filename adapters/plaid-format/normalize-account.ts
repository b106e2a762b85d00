import type { AccountBalance, AccountBase, AccountVerificationInsights } from "plaid";
import type { AccountVerification } from "../../schema/account.ts";
import type { AccountType } from "../../schema/enums.ts";
import type { AccountRecord, BalancesRecord } from "../adapter.ts";
import { bool, decimal, int, moment, text } from "../fields.ts";
import { nullWhenEmpty, type Raw, raw, required } from "../records.ts";
import { currencyOf } from "./currency-of.ts";

/** `brokerage` is an investment account's type in old versions and in reports. */
const TYPES: ReadonlyMap<string, AccountType> = new Map([
  ["depository", "DEPOSITORY"],
  ["credit", "CREDIT"],
  ["loan", "LOAN"],
  ["investment", "INVESTMENT"],
  ["brokerage", "INVESTMENT"],
]);

/** What accounts have in common wherever they stand: in account answers, in reports. */
export type CommonAccount = Omit<AccountRecord, "record" | "holderCategory">;

/** An account of /accounts/get and of the answers that bring accounts along. @throws GatewayError without id or name. */
export function normalizeAccount(value: unknown, path: string): AccountRecord {
  const account = raw<AccountBase>(value);
  return { ...commonAccount(value, path), record: value, holderCategory: text(account.holder_category) };
}

/** @throws GatewayError PROVIDER_BAD_RESPONSE without id or name. */
export function commonAccount(value: unknown, path: string): CommonAccount {
  const account = raw<AccountBase>(value);
  return {
    remoteId: required(text(account.account_id), account.account_id, `${path}.account_id`, "a string"),
    name: required(text(account.name), account.name, `${path}.name`, "a string"),
    officialName: text(account.official_name),
    mask: text(account.mask),
    type: TYPES.get(text(account.type)?.toLowerCase() ?? "") ?? "OTHER",
    subtype: text(account.subtype),
    balances: balancesOf(account.balances),
    verification: verificationOf(account),
    persistentAccountId: text(account.persistent_account_id),
  };
}

/** `margin_loan_amount` is in reports and newer answers. */
function balancesOf(value: unknown): BalancesRecord {
  const balances = raw<AccountBalance & { margin_loan_amount: number | null }>(value);
  return {
    available: decimal(balances.available),
    current: decimal(balances.current),
    limit: decimal(balances.limit),
    marginLoan: decimal(balances.margin_loan_amount),
    ...currencyOf(balances),
    lastUpdatedAt: moment(balances.last_updated_datetime),
  };
}

/** Null when the aggregator says nothing of it. */
function verificationOf(account: Raw<AccountBase>): AccountVerification | null {
  const insights = raw<AccountVerificationInsights>(account.verification_insights);
  const network = raw<AccountVerificationInsights["network_status"]>(insights.network_status);
  const returns = raw<NonNullable<AccountVerificationInsights["previous_returns"]>>(insights.previous_returns);
  return nullWhenEmpty({
    holderName: text(account.verification_name),
    status: text(account.verification_status),
    nameMatchScore: int(insights.name_match_score),
    hasNumbersMatch: bool(network.has_numbers_match),
    isNumbersMatchVerified: bool(network.is_numbers_match_verified),
    hasPreviousAdministrativeReturn: bool(returns.has_previous_administrative_return),
    accountNumberFormat: text(insights.account_number_format),
  });
}
