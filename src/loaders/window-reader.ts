import type { TransactionsPage, TransactionsQuery } from "../../adapters/adapter/transactions-page.ts";
import type {
  Adapter,
  InvestmentTransactionRecord,
  ItemCall,
  Reading,
  TransactionRecord,
} from "../../adapters/adapter.ts";
import type { Account } from "../../schema/account.ts";
import type { Product } from "../../schema/enums.ts";
import type { CachedRead } from "../store/cached-reads.ts";
import type { StoredItem } from "../store/items.ts";
import { accountNouns } from "./account-nouns.ts";
import { createGathering } from "./gathering.ts";
import { type ProductRead, peekProduct, type Read, type ReadDeps, readProduct } from "./read-product.ts";
import type { ReadWindow, Wanted, Windows } from "./scan.ts";
import { sharedWindows } from "./shared-windows.ts";
import { type Dated, readWindow, type Window } from "./window.ts";

/** How one kind of transaction is read, a page at a time. */
export interface WindowRead<R> {
  product: Product;
  outdatedAs: CachedRead;
  /** The adapter's method; undefined where it has none. */
  read(
    adapter: Adapter,
  ): ((query: TransactionsQuery, call: ItemCall) => Promise<Reading<TransactionsPage<R>>>) | undefined;
}

export const transactionRead: WindowRead<TransactionRecord> = {
  product: "TRANSACTIONS",
  outdatedAs: "TRANSACTIONS",
  read: (adapter) => adapter.readTransactions,
};

export const investmentTransactionRead: WindowRead<InvestmentTransactionRecord> = {
  product: "INVESTMENTS",
  outdatedAs: "INVESTMENT_TRANSACTIONS",
  read: (adapter) => adapter.readInvestmentTransactions,
};

/** Days and accounts of a filter: what the aggregator is asked by. */
export type Asked = Pick<Wanted<unknown>, "startDate" | "remoteAccountIds">;
/** What decides which of an item's windows serve. */
type Served = Asked & Pick<Wanted<unknown>, "endDate" | "counted">;

/** One window of an item, as it is read and kept: those of one filter by their last day. */
export function windowOf<R extends Dated>(
  { product, outdatedAs, read }: WindowRead<R>,
  { startDate, remoteAccountIds }: Asked,
  endDate: string,
): ProductRead<Window<R>, ReadWindow<R>> & { args: string } {
  const ids = remoteAccountIds && [...remoteAccountIds].sort();
  return {
    ...{ product, outdatedAs },
    args: JSON.stringify(["transactions", startDate, endDate, ids]),
    call(adapter, call) {
      const readPage = read(adapter);
      const query = { startDate, endDate, remoteAccountIds: ids };
      return readPage && readWindow((page) => readPage(page, call), query);
    },
    nouns: (window, _, provenance) => ({ ...window, provenance }),
  };
}

/**
 * An item's windows of one kind within one request: each is read once, and the accounts that it brings are primed. Accounts of an item that
 * are asked for at once share its first window.
 */
export function windowReader<R extends Dated>(
  {
    deps,
    signal,
    prime,
  }: {
    deps: ReadDeps;
    signal: AbortSignal;
    prime(item: StoredItem, accounts: ReadonlyMap<string, Account>): void;
  },
  kind: WindowRead<R>,
): (item: StoredItem, wanted: Served) => Windows<R> {
  const reads = new Map<string, Promise<Read<ReadWindow<R>>>>();
  const known = <V extends ReadWindow<R> | null>(item: StoredItem, window: V): V => {
    if (window) prime(item, accountNouns(window.accounts, item.id, window.provenance));
    return window;
  };
  const of = (item: StoredItem, asked: Asked): Windows<R> => ({
    peek: async (end) => known(item, await peekProduct(deps, windowOf(kind, asked, end), item)),
    async total(end) {
      const window = await peekProduct(deps, windowOf(kind, asked, end), item, { outdated: true });
      return window?.total ?? null;
    },
    read(end) {
      const window = windowOf(kind, asked, end);
      const name = `${item.id} ${window.args}`;
      const read =
        reads.get(name) ??
        readProduct(deps, window, item, signal).then((answer) => {
          known(item, answer.value);
          return answer;
        });
      reads.set(name, read);
      return read;
    },
  });
  const askersAtOnce = createGathering();
  return (item, wanted) => {
    const own = of(item, wanted);
    const { startDate, endDate, remoteAccountIds: ids } = wanted;
    if (ids === null) return own;
    const ofItem = of(item, { startDate, remoteAccountIds: null });
    const askers = () => askersAtOnce(JSON.stringify([item.id, startDate, endDate]), ids.join());
    return sharedWindows({ own, ofItem, askers }, { ...wanted, remoteAccountIds: ids });
  };
}
