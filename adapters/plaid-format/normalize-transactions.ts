import type { InvestmentsTransactionsGetResponse, Transaction, TransactionsGetResponse } from "plaid";
import type { OfAccount, TransactionsPage } from "../adapter/transactions-page.ts";
import type { InvestmentTransactionRecord, LeftOut, TransactionRecord } from "../adapter.ts";
import { int, text } from "../fields.ts";
import { raw, readList, readRequiredList, required } from "../records.ts";
import { normalizeAccount } from "./normalize-account.ts";
import { securityOf } from "./normalize-holdings.ts";
import { investmentTransactionOf } from "./normalize-investments.ts";
import { normalizeTransaction, type ReadInsight } from "./normalize-transaction.ts";

/** The answer of /transactions/get. */
export function normalizeTransactions(
  body: Record<string, unknown>,
  leftOut: LeftOut[],
  readInsight: ReadInsight,
): TransactionsPage<TransactionRecord> {
  const { transactions, total_transactions } = raw<TransactionsGetResponse>(body);
  return pageOf(body, leftOut, {
    ...{ list: transactions, name: "transactions", total: total_transactions },
    read: (value, path) => normalizeTransaction(value, path, readInsight),
  });
}

/** The answer of /investments/transactions/get. */
export function normalizeInvestmentTransactions(
  body: Record<string, unknown>,
  leftOut: LeftOut[],
): TransactionsPage<InvestmentTransactionRecord> {
  const { investment_transactions, total_investment_transactions } = raw<InvestmentsTransactionsGetResponse>(body);
  return pageOf(body, leftOut, {
    ...{ list: investment_transactions, name: "investment_transactions", total: total_investment_transactions },
    read: investmentTransactionOf,
  });
}

function pageOf<R extends object>(
  body: Record<string, unknown>,
  leftOut: LeftOut[],
  of: { list: unknown; name: string; total: unknown; read: (value: unknown, path: string) => R },
): TransactionsPage<R> {
  const readOne = (value: unknown, path: string): OfAccount<R> => {
    const { account_id } = raw<Transaction>(value);
    const remoteAccountId = required(text(account_id), account_id, `${path}.account_id`, "a string");
    return { ...of.read(value, path), remoteAccountId };
  };
  const total = int(of.total);
  return {
    transactions: readRequiredList(of.list, of.name, leftOut, readOne),
    accounts: readList(body.accounts, "accounts", leftOut, normalizeAccount),
    securities: readList(body.securities, "securities", leftOut, securityOf),
    received: Array.isArray(of.list) ? of.list.length : 0,
    total: total !== null && total >= 0 ? total : null,
  };
}
