import type {
  Holding,
  FixedIncome as PlaidFixedIncome,
  OptionContract as PlaidOption,
  Security,
  YieldRate,
} from "plaid";
import type { FixedIncome, OptionContract } from "../../schema/security.ts";
import type { HoldingRecord, HoldingsData, LeftOut, SecurityRecord } from "../adapter.ts";
import { bool, date, decimal, moment, text } from "../fields.ts";
import { isObject, raw, readList, readRequiredList, required } from "../records.ts";
import { currencyOf } from "./currency-of.ts";
import { normalizeAccount } from "./normalize-account.ts";
import { uniqueKeys } from "./unique-keys.ts";

/** The answer of /investments/holdings/get. */
export function normalizeHoldings(body: Record<string, unknown>, leftOut: LeftOut[]): HoldingsData {
  const unique = uniqueKeys();
  return {
    accounts: readList(body.accounts, "accounts", leftOut, normalizeAccount),
    holdings: readRequiredList(body.holdings, "holdings", leftOut, (value, path) => holdingOf(value, path, unique)),
    securities: readList(body.securities, "securities", leftOut, securityOf),
  };
}

/**
 * A holding has no id, and an account may hold one security twice: hence `unique`. Below an account, `within`, it need not name it.
 * @throws GatewayError PROVIDER_BAD_RESPONSE for one of no account.
 */
export function holdingOf(
  value: unknown,
  path: string,
  unique: (stem: string) => string,
  within: string | null = null,
): HoldingRecord {
  const holding = raw<Holding>(value);
  const account = within ?? text(holding.account_id);
  const remoteAccountId = required(account, holding.account_id, `${path}.account_id`, "a string");
  const remoteSecurityId = text(holding.security_id);
  return {
    key: unique(`${remoteAccountId}/${remoteSecurityId ?? ""}`),
    remoteAccountId,
    remoteSecurityId,
    record: value,
    quantity: decimal(holding.quantity),
    institutionPrice: decimal(holding.institution_price),
    institutionPriceAsOf: date(holding.institution_price_as_of),
    institutionPriceDatetime: moment(holding.institution_price_datetime),
    institutionValue: decimal(holding.institution_value),
    costBasis: decimal(holding.cost_basis),
    vestedQuantity: decimal(holding.vested_quantity),
    vestedValue: decimal(holding.vested_value),
    ...currencyOf(holding),
  };
}

/** @throws GatewayError PROVIDER_BAD_RESPONSE without id. */
export function securityOf(value: unknown, path: string): SecurityRecord {
  const security = raw<Security>(value);
  return {
    remoteId: required(text(security.security_id), security.security_id, `${path}.security_id`, "a string"),
    name: text(security.name),
    tickerSymbol: text(security.ticker_symbol),
    type: text(security.type),
    isCashEquivalent: bool(security.is_cash_equivalent),
    isin: text(security.isin),
    cusip: text(security.cusip),
    sedol: text(security.sedol),
    institutionSecurityId: text(security.institution_security_id),
    remoteInstitutionId: text(security.institution_id),
    remoteProxySecurityId: text(security.proxy_security_id),
    closePrice: decimal(security.close_price),
    closePriceAsOf: date(security.close_price_as_of),
    closePriceDatetime: moment(security.update_datetime),
    ...currencyOf(security),
    marketIdentifierCode: text(security.market_identifier_code),
    sector: text(security.sector),
    industry: text(security.industry),
    optionContract: optionOf(security.option_contract),
    fixedIncome: fixedIncomeOf(security.fixed_income),
  };
}

function optionOf(value: unknown): OptionContract | null {
  if (!isObject(value)) return null;
  const option = raw<PlaidOption>(value);
  return {
    contractType: text(option.contract_type),
    expirationDate: date(option.expiration_date),
    strikePrice: decimal(option.strike_price),
    underlyingSecurityTicker: text(option.underlying_security_ticker),
  };
}

function fixedIncomeOf(value: unknown): FixedIncome | null {
  if (!isObject(value)) return null;
  const income = raw<PlaidFixedIncome>(value);
  const rate = raw<YieldRate>(income.yield_rate);
  return {
    yieldPercentage: decimal(rate.percentage),
    yieldType: text(rate.type),
    maturityDate: date(income.maturity_date),
    issueDate: date(income.issue_date),
    faceValue: decimal(income.face_value),
  };
}
