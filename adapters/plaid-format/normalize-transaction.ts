import type {
  AssetReportTransaction,
  CreditCategory as PlaidCreditCategory,
  Location as PlaidLocation,
  PaymentMeta as PlaidPaymentMeta,
  PersonalFinanceCategory as PlaidPersonalFinanceCategory,
  Transaction,
} from "plaid";
import type {
  CreditCategory,
  Location,
  PaymentMeta,
  PersonalFinanceCategory,
  TransactionInsight,
} from "../../schema/transaction.ts";
import type { TransactionRecord } from "../adapter.ts";
import { bool, date, decimal, float, moment, text, textOrNumber, texts } from "../fields.ts";
import { nullWhenEmpty, raw, required } from "../records.ts";
import { currencyOf } from "./currency-of.ts";

/** Reads what an aggregator adds to a transaction of its own accord; null when it adds nothing. */
export type ReadInsight = (value: unknown) => TransactionInsight | null;

/** A transaction of a report or of a transactions answer. @throws GatewayError without id, amount or date. */
export function normalizeTransaction(value: unknown, path: string, readInsight: ReadInsight): TransactionRecord {
  const transaction = raw<Transaction & AssetReportTransaction>(value);
  const { transaction_id, amount, date: day } = transaction;
  return {
    remoteId: required(text(transaction_id), transaction_id, `${path}.transaction_id`, "a string"),
    amount: required(decimal(amount), amount, `${path}.amount`, "a number"),
    ...currencyOf(transaction),
    date: required(date(day), day, `${path}.date`, "a date"),
    datetime: moment(transaction.datetime),
    authorizedDate: date(transaction.authorized_date),
    authorizedDatetime: moment(transaction.authorized_datetime),
    dateTransacted: date(transaction.date_transacted),
    name: text(transaction.name),
    merchantName: text(transaction.merchant_name),
    originalDescription: text(transaction.original_description),
    category: texts(transaction.category),
    categoryId: textOrNumber(transaction.category_id),
    personalFinanceCategory: personalFinanceCategoryOf(transaction.personal_finance_category),
    creditCategory: creditCategoryOf(transaction.credit_category),
    incomeSourceId: text(transaction.income_source_id),
    remotePendingTransactionId: text(transaction.pending_transaction_id),
    pending: bool(transaction.pending) ?? false,
    paymentChannel: text(transaction.payment_channel),
    transactionType: text(transaction.transaction_type),
    transactionCode: text(transaction.transaction_code),
    checkNumber: textOrNumber(transaction.check_number),
    accountOwner: text(transaction.account_owner),
    location: locationOf(transaction.location),
    paymentMeta: paymentMetaOf(transaction.payment_meta),
    insight: readInsight(value),
    record: value,
  };
}

function personalFinanceCategoryOf(value: unknown): PersonalFinanceCategory | null {
  const category = raw<PlaidPersonalFinanceCategory>(value);
  const primary = text(category.primary);
  const detailed = text(category.detailed);
  if (primary === null || detailed === null) return null;
  return { primary, detailed, confidenceLevel: text(category.confidence_level) };
}

function creditCategoryOf(value: unknown): CreditCategory | null {
  const category = raw<PlaidCreditCategory>(value);
  const primary = text(category.primary);
  const detailed = text(category.detailed);
  return primary === null || detailed === null ? null : { primary, detailed };
}

/** Null when nothing of the place is known; by either spelling of region and postal code. */
function locationOf(value: unknown): Location | null {
  const location = raw<PlaidLocation & { state: string; zip: string }>(value);
  return nullWhenEmpty({
    address: text(location.address),
    city: text(location.city),
    region: text(location.region) ?? text(location.state),
    postalCode: text(location.postal_code) ?? text(location.zip),
    country: text(location.country),
    lat: float(location.lat),
    lon: float(location.lon),
    storeNumber: textOrNumber(location.store_number),
  });
}

/** Null when the transaction was no transfer between banks. */
function paymentMetaOf(value: unknown): PaymentMeta | null {
  const meta = raw<PlaidPaymentMeta>(value);
  return nullWhenEmpty({
    referenceNumber: textOrNumber(meta.reference_number),
    ppdId: textOrNumber(meta.ppd_id),
    payee: text(meta.payee),
    byOrderOf: text(meta.by_order_of),
    payer: text(meta.payer),
    paymentMethod: text(meta.payment_method),
    paymentProcessor: text(meta.payment_processor),
    reason: text(meta.reason),
  });
}
