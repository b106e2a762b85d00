import type { Account } from "../schema/account.ts";
import type { InvestmentTransactionFilter, TransactionFilter } from "../schema/inputs.ts";
import type { InvestmentTransactionConnection, PageArgs, TransactionConnection } from "../schema/pagination.ts";
import type { Context } from "../src/context.ts";
import { compare } from "../src/decimal.ts";
import { askedDays } from "../src/loaders/asked-days.ts";
import type { StoredItem } from "../src/loaders/loaders.ts";
import type { Scan, Wanted } from "../src/loaders/scan.ts";
import { investmentTransactionNoun, transactionNoun } from "../src/loaders/transaction-noun.ts";
import { idParts } from "./ids.ts";
import { chosenItems } from "./items.ts";
import { beginOf, type ItemScan, newestPage, placeAfter } from "./newest-page.ts";
import { pageSize } from "./paginate.ts";

/** What a list of transactions is of: all the viewer's items, one item, or one account. */
export interface Within {
  item?: StoredItem;
  account?: Account;
  /** Whether totalCount is selected; true when absent. */
  counted?: boolean;
}

/** A page of transactions. */
export async function transactionPage(
  context: Context,
  filter: TransactionFilter,
  page: PageArgs,
  within: Within = {},
): Promise<TransactionConnection> {
  const { pending } = filter;
  const words = wordsOf(filter);
  const scans = await scanAll("transactions", context, filter, page, within, (item, wanted) =>
    context.loaders.transactions(item, {
      ...wanted,
      matches: (record) =>
        isAmountWithin(record, filter) &&
        (isAbsent(pending) || record.pending === pending) &&
        (words === null || says(words, [record.name, record.merchantName, record.originalDescription])),
    }),
  );
  return newestPage("transactions", page, scans, {
    counted: isAbsent(filter.minAmount) && isAbsent(filter.maxAmount) && isAbsent(pending) && words === null,
    noun: transactionNoun,
  });
}

/** A page of trades and movements of cash in investment accounts. */
export async function investmentTransactionPage(
  context: Context,
  filter: InvestmentTransactionFilter,
  page: PageArgs,
  within: Within = {},
): Promise<InvestmentTransactionConnection> {
  const { types } = filter;
  const words = wordsOf(filter);
  const scans = await scanAll("investmentTransactions", context, filter, page, within, (item, wanted) =>
    context.loaders.investmentTransactions(item, {
      ...wanted,
      matches(record, { securities }) {
        if (!isAmountWithin(record, filter) || (types && !types.includes(record.type))) return false;
        if (words === null) return true;
        const security = securities.find(({ remoteId }) => remoteId === record.remoteSecurityId);
        return says(words, [record.name, security?.name, security?.tickerSymbol]);
      },
    }),
  );
  return newestPage("investmentTransactions", page, scans, {
    counted: isAbsent(filter.minAmount) && isAbsent(filter.maxAmount) && isAbsent(types) && words === null,
    noun: investmentTransactionNoun,
  });
}

/** Looks through the items that the filter leaves, all at once. */
async function scanAll<R>(
  list: string,
  context: Context,
  filter: Pick<TransactionFilter, "itemIds" | "accountIds" | "providers" | "startDate" | "endDate">,
  page: PageArgs,
  { item: only, account, counted = true }: Within,
  scan: (item: StoredItem, wanted: Omit<Wanted<never>, "matches">) => Promise<Scan<R>>,
): Promise<ItemScan<R>[]> {
  const first = pageSize(page);
  const place = placeAfter(list, page);
  const days = askedDays(filter, context.now());
  const items = (await chosenItems(context, filter)).filter((item) => !only || item.id === only.id);
  const asked = items.flatMap((item) => {
    const remoteAccountIds = accountsIn(item, filter.accountIds, account);
    return remoteAccountIds?.length === 0 ? [] : [{ item, remoteAccountIds }];
  });
  return Promise.all(
    asked.map(async ({ item, remoteAccountIds }) => ({
      item,
      scan: await scan(item, { ...days, remoteAccountIds, begin: beginOf(place, item), first, counted }),
    })),
  );
}

/** The aggregator's ids of the item's accounts that are asked for; all when null. */
function accountsIn(
  item: StoredItem,
  ids: readonly string[] | null | undefined,
  only: Account | undefined,
): string[] | null {
  if (!ids) return only ? [only.remoteId] : null;
  const parts = ids.map((id, index) => idParts("Account", `filter.accountIds[${index}]`, id));
  const own = parts.flatMap(([itemId, remoteId = ""]) => (itemId === item.id ? remoteId : []));
  return [...new Set(own)].filter((remoteId) => !only || remoteId === only.remoteId);
}

function isAmountWithin({ amount }: { amount: string }, filter: Pick<TransactionFilter, "minAmount" | "maxAmount">) {
  const { minAmount, maxAmount } = filter;
  return (
    (isAbsent(minAmount) || compare(amount, minAmount) >= 0) && (isAbsent(maxAmount) || compare(amount, maxAmount) <= 0)
  );
}

/** What is searched for, less the blanks around it; null when nothing is, as by a search box that is still empty. */
function wordsOf({ search }: Pick<TransactionFilter, "search">): string | null {
  return search?.trim().toLowerCase() || null;
}

function says(words: string, texts: readonly (string | null | undefined)[]): boolean {
  return texts.some((text) => text?.toLowerCase().includes(words));
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
