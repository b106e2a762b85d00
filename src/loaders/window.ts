import type { OfAccount, TransactionsPage, TransactionsQuery } from "../../adapters/adapter/transactions-page.ts";
import type { AccountRecord, LeftOut, Reading, SecurityRecord } from "../../adapters/adapter.ts";
import { addDays } from "../clock/days.ts";

/** What every kind of transaction has: its place among those of its item. */
export interface Dated {
  /** YYYY-MM-DD. */
  date: string;
  remoteId: string;
}

/** An item's transactions of whole days, as they are kept: of every day from `from` to the one that was asked for. */
export interface Window<R> {
  /** The newest day first, those of one day by remoteId: an order that does not hang on the aggregator's. */
  records: OfAccount<R>[];
  accounts: AccountRecord[];
  securities: SecurityRecord[];
  /** The first day that it has whole. */
  from: string;
  /** How many there are up to its last day; null where the aggregator does not say. */
  total: number | null;
  /** Upstream pages that it took. */
  pages: number;
}

/** As many as an aggregator gives at once. */
const PAGE = 500;
/** So many pages are read to have one day whole; what it has beyond them is left out and named. */
const MOST_PAGES = 20;

/**
 * Reads the newest whole days of a query: one upstream page, less its last day unless the data end there; where all of the page is of one
 * day, that day to its end. When the data change from one page to the next, it begins anew.
 */
export async function readWindow<R extends Dated>(
  readPage: (query: TransactionsQuery) => Promise<Reading<TransactionsPage<R>>>,
  query: Omit<TransactionsQuery, "count" | "offset">,
): Promise<Reading<Window<R>>> {
  let read: Reading<TransactionsPage<R>>[] = [];
  for (let pages = 1; ; pages += 1) {
    const offset = received(read);
    const page = await readPage({ ...query, count: PAGE, offset });
    const shifted = read.length > 0 && page.data.total !== read[0]?.data.total && pages < MOST_PAGES;
    read = shifted ? [] : [...read, page];
    if (shifted) continue;

    const records = inOrder(read, query);
    const newest = records[0]?.date;
    const oldest = records.at(-1)?.date;
    if (isLast(page.data, offset)) return windowOf(read, { records, from: query.startDate, pages });
    if (newest !== undefined && oldest !== undefined && oldest < newest) {
      const whole = records.filter(({ date }) => date > oldest);
      return windowOf(read, { records: whole, from: addDays(oldest, 1), pages });
    }
    if (pages >= MOST_PAGES) {
      const problem = `of ${oldest ?? "one day"} there are more than the ${received(read)} that are read`;
      const from = oldest ?? query.startDate;
      return windowOf(read, { records, from, pages }, [{ path: "transactions", problem }]);
    }
  }
}

function received(read: readonly Reading<TransactionsPage<unknown>>[]): number {
  return read.reduce((sum, { data }) => sum + data.received, 0);
}

function isLast({ received: count, total }: TransactionsPage<unknown>, offset: number): boolean {
  return count === 0 || (total === null ? count < PAGE : offset + count >= total);
}

/** Each record once, those alone that were asked for. */
function inOrder<R extends Dated>(
  read: readonly Reading<TransactionsPage<R>>[],
  { startDate, endDate, remoteAccountIds }: Omit<TransactionsQuery, "count" | "offset">,
): OfAccount<R>[] {
  const byId = new Map(
    read.flatMap(({ data }) => data.transactions.map((record): [string, OfAccount<R>] => [record.remoteId, record])),
  );
  return [...byId.values()]
    .filter(({ date }) => date >= startDate && date <= endDate)
    .filter(({ remoteAccountId }) => remoteAccountIds?.includes(remoteAccountId) ?? true)
    .sort((a, b) => compare(b.date, a.date) || compare(a.remoteId, b.remoteId));
}

function windowOf<R>(
  [first, ...more]: readonly Reading<TransactionsPage<R>>[],
  { records, from, pages }: Pick<Window<R>, "records" | "from" | "pages">,
  beyond: LeftOut[] = [],
): Reading<Window<R>> {
  if (!first) throw new Error("A window is of at least one page.");
  const all = [first, ...more];
  const securities = new Map(all.flatMap(({ data }) => data.securities).map((each) => [each.remoteId, each]));
  return {
    ...first,
    data: {
      ...{ records, from, pages, total: first.data.total },
      accounts: first.data.accounts,
      securities: [...securities.values()],
    },
    leftOut: [...all.flatMap(({ leftOut }) => leftOut), ...beyond],
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
