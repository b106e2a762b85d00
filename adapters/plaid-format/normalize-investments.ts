import type {
  AssetReportInvestmentHolding,
  AssetReportInvestments,
  InvestmentsTransactionsGetResponse,
  InvestmentTransaction,
} from "plaid";
import type { ReportInvestments } from "../adapter/reports.ts";
import type { InvestmentTransactionRecord, LeftOut, SecurityRecord } from "../adapter.ts";
import { date, decimal, text } from "../fields.ts";
import { isObject, raw, readList, required } from "../records.ts";
import { currencyOf } from "./currency-of.ts";
import { newestFirst } from "./newest-first.ts";
import { holdingOf, securityOf } from "./normalize-holdings.ts";
import { uniqueKeys } from "./unique-keys.ts";

/** Plaid's reference and the examples of its guides name a report's list differently; Link Money follows either. */
type Spellings = AssetReportInvestments &
  Pick<InvestmentsTransactionsGetResponse, "investment_transactions"> & { investments_transactions: unknown };

/** The `investments` of a report's account: null where it has none, which says nothing of what is held. */
export function normalizeInvestments(
  value: unknown,
  path: string,
  leftOut: LeftOut[],
  remoteAccountId: string,
): ReportInvestments | null {
  if (!isObject(value)) return null;
  const investments = raw<Spellings>(value);
  const list = LISTS.find((name) => investments[name] !== undefined && investments[name] !== null) ?? "transactions";
  const unique = uniqueKeys();
  const holdings = readList(investments.holdings, `${path}.holdings`, leftOut, (holding, at) =>
    holdingOf(required(isObject(holding) ? holding : null, holding, at, "an object"), at, unique, remoteAccountId),
  );
  const securities = readList(investments.securities, `${path}.securities`, leftOut, securityOf);
  return {
    holdings,
    securities: [...securities, ...undescribed(holdings, securities)],
    transactions: newestFirst(readList(investments[list], `${path}.${list}`, leftOut, investmentTransactionOf)),
  };
}

const LISTS = ["transactions", "investments_transactions", "investment_transactions"] as const;

/** A report's holding brings its ticker along: all that is known of a security that is not described. */
function undescribed(holdings: ReportInvestments["holdings"], securities: readonly SecurityRecord[]): SecurityRecord[] {
  const known = new Set(securities.map(({ remoteId }) => remoteId));
  return holdings.flatMap(({ record, remoteSecurityId }) => {
    const { security_id, ticker_symbol } = raw<AssetReportInvestmentHolding>(record);
    if (remoteSecurityId === null || known.has(remoteSecurityId) || text(ticker_symbol) === null) return [];
    known.add(remoteSecurityId);
    return [securityOf({ security_id, ticker_symbol }, "")];
  });
}

/** A trade of a report or of an answer of its own. @throws GatewayError PROVIDER_BAD_RESPONSE without id, date, amount or type. */
export function investmentTransactionOf(value: unknown, path: string): InvestmentTransactionRecord {
  const transaction = raw<InvestmentTransaction>(value);
  const { investment_transaction_id, amount, date: day, type } = transaction;
  return {
    remoteId: required(
      text(investment_transaction_id),
      investment_transaction_id,
      `${path}.investment_transaction_id`,
      "a string",
    ),
    remoteSecurityId: text(transaction.security_id),
    remoteCancelTransactionId: text(transaction.cancel_transaction_id),
    date: required(date(day), day, `${path}.date`, "a date"),
    name: text(transaction.name),
    quantity: decimal(transaction.quantity),
    amount: required(decimal(amount), amount, `${path}.amount`, "a number"),
    price: decimal(transaction.price),
    fees: decimal(transaction.fees),
    type: required(text(type), type, `${path}.type`, "a string"),
    subtype: text(transaction.subtype),
    ...currencyOf(transaction),
    record: value,
  };
}
