import type { TransactionsGetRequest } from "plaid";
import type { TransactionsQuery } from "../adapter/transactions-page.ts";

/** What a page of transactions is asked for with: the dates and options that both aggregators and both endpoints have. */
export function transactionsBody({ startDate, endDate, remoteAccountIds, count, offset }: TransactionsQuery) {
  return {
    start_date: startDate,
    end_date: endDate,
    options: { count, offset, ...(remoteAccountIds && { account_ids: [...remoteAccountIds] }) },
  } satisfies Omit<TransactionsGetRequest, "access_token">;
}
