import type { OfAccount, TransactionsPage, TransactionsQuery } from "../../adapters/adapter/transactions-page.ts";
import type { TransactionRecord } from "../../adapters/adapter.ts";

/** A transaction of account "acc-checking" as an adapter gives it. */
export function transactionRecord(change: Partial<OfAccount<TransactionRecord>> = {}): OfAccount<TransactionRecord> {
  return {
    remoteId: "t-1",
    remoteAccountId: "acc-checking",
    amount: "10",
    ...{ currency: "USD", currencyOfficial: true },
    date: "2026-02-01",
    ...{ datetime: null, authorizedDate: null, authorizedDatetime: null, dateTransacted: null },
    ...{ name: "Coffee", merchantName: null, originalDescription: null },
    ...{ category: null, categoryId: null, personalFinanceCategory: null, creditCategory: null, incomeSourceId: null },
    ...{ remotePendingTransactionId: null, pending: false },
    ...{ paymentChannel: null, transactionType: null, transactionCode: null, checkNumber: null, accountOwner: null },
    ...{ location: null, paymentMeta: null, insight: null },
    record: {},
    ...change,
  };
}

/** The page that an aggregator with these transactions answers, which gives `most` at once however many are asked for. */
export function transactionsPage(
  all: readonly OfAccount<TransactionRecord>[],
  { startDate, endDate, remoteAccountIds, count, offset }: TransactionsQuery,
  most = 500,
): TransactionsPage<TransactionRecord> {
  const matching = all
    .filter(({ date }) => date >= startDate && date <= endDate)
    .filter(({ remoteAccountId }) => remoteAccountIds?.includes(remoteAccountId) ?? true)
    .sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
  const transactions = matching.slice(offset, offset + Math.min(count, most));
  return {
    ...{ transactions, accounts: [], securities: [] },
    ...{ received: transactions.length, total: matching.length },
  };
}
