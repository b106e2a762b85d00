import DataLoader from "dataloader";
import type { Adapter, InvestmentTransactionRecord, ItemCall, TransactionRecord } from "../../adapters/adapter.ts";
import type { Account, Balances } from "../../schema/account.ts";
import type { AccountNumbers } from "../../schema/account-numbers.ts";
import type { Provider } from "../../schema/enums.ts";
import type { Unavailable } from "../../schema/errors.ts";
import type { Institution } from "../../schema/institution.ts";
import type { InvestmentTransfer } from "../../schema/investment-transfer.ts";
import type { Owner } from "../../schema/owner.ts";
import { noteAccountTypes, type StoredItem } from "../store/items.ts";
import { accountNouns } from "./account-nouns.ts";
import { canHave } from "./can-have.ts";
import { type HoldingsRead, holdingsNouns } from "./holdings-nouns.ts";
import { createInstitutionLists, type InstitutionLists } from "./institution-lists.ts";
import { createInstitutionLoader } from "./institution-loader.ts";
import { createItemLoader } from "./item-loader.ts";
import { type LiabilitiesRead, liabilitiesNouns } from "./liabilities-nouns.ts";
import { type AccountMatches, matchAccounts } from "./match-accounts.ts";
import { type ProductRead, type Read, type ReadDeps, readProduct } from "./read-product.ts";
import { type Scan, scan, type Wanted } from "./scan.ts";
import { scanAccounts } from "./scan-accounts.ts";
import { investmentTransactionRead, transactionRead, windowReader } from "./window-reader.ts";

export type { StoredItem } from "../store/items.ts";
export type { Read } from "./read-product.ts";

/** All reads of items and of what aggregators tell of them in one request. An answer serves every field that needs it. */
export interface Loaders extends InstitutionLists {
  /** The viewer's items, oldest link first: one query a request. */
  items(): Promise<StoredItem[]>;
  /** By uuid, the viewer's own only; from the query of `items` where that was made. */
  item(id: string): Promise<StoredItem | null>;
  /**
   * All accounts of the item, in the aggregator's order; `fresh` with balances asked of the institution now, in the same call. Where that
   * fails they are the last known ones.
   */
  accounts(item: StoredItem, options?: { fresh: boolean }): Promise<Read<Account[]>>;
  /** Balances asked of the institution now, by the aggregator's account id. They are not kept beyond the request. */
  freshBalances(item: StoredItem): Promise<Read<ReadonlyMap<string, Balances>>>;
  holdings(item: StoredItem): Promise<Read<HoldingsRead>>;
  liabilities(item: StoredItem): Promise<Read<LiabilitiesRead>>;
  /** Who holds each account, by the aggregator's account id; null where it does not say. */
  owners(item: StoredItem): Promise<Read<ReadonlyMap<string, Owner[] | null>>>;
  /** By the aggregator's account id; accounts without any are not in it. */
  numbers(item: StoredItem): Promise<Read<ReadonlyMap<string, AccountNumbers>>>;
  /** By the aggregator's account id; accounts of which nothing is said are not in it. */
  transfers(item: StoredItem): Promise<Read<ReadonlyMap<string, InvestmentTransfer>>>;
  /** The item's transactions from where a page begins, as far as it needs them. */
  transactions(item: StoredItem, wanted: Wanted<TransactionRecord>): Promise<Scan<TransactionRecord>>;
  /** The same of its trades. */
  investmentTransactions(
    item: StoredItem,
    wanted: Wanted<InvestmentTransactionRecord>,
  ): Promise<Scan<InvestmentTransactionRecord>>;
  /**
   * One account by its item and the aggregator's id: from the first answer of this request that brought it, else from
   * the item's accounts. Null with nothing `unavailable` when the item has no such account.
   */
  account(item: StoredItem, remoteAccountId: string): Promise<Read<Account>>;
  /** The accounts of all the viewer's items, and which of them are the same: reads every item's accounts. */
  everyAccount(): Promise<EveryAccount>;
  /** @throws GatewayError when it cannot be had. */
  institution(provider: Provider, remoteId: string): Promise<Institution>;
}

/** All accounts of a viewer that could be had, in the order of linking. */
export interface EveryAccount extends AccountMatches {
  accounts: Account[];
  unavailable: Unavailable[];
}

/** What loaders are made of. */
export type LoaderDeps = ReadDeps;

/** The reads of one request of one viewer. `signal` ends them; a call that another request waits for goes on. */
export function createLoaders(deps: LoaderDeps, viewer: string, signal: AbortSignal): Loaders {
  const { items, item } = createItemLoader(deps.store, viewer);
  const institutions = createInstitutionLoader(deps, { items, signal });
  const lists = createInstitutionLists(deps, { items, signal });

  const accounts = perItem(
    { product: "ACCOUNTS", call: (adapter, call) => adapter.readAccounts(call), nouns: accountNouns },
    (byId) => byId,
  );
  const balances = perItem(
    { product: "BALANCE", call: balancesNow, nouns: accountNouns, uncached: true },
    (byId) => byId,
  );
  /** Items whose balances of now this request asks for: that answer brings their accounts, too. */
  const freshened = new Set<string>();
  const loadBalances = (item: StoredItem) => {
    freshened.add(item.id);
    return balances.load(item);
  };
  const holdings = perItem(
    { product: "INVESTMENTS", call: (adapter, call) => adapter.readHoldings?.(call), nouns: holdingsNouns },
    (answer) => answer.accounts,
  );
  const liabilities = perItem(
    { product: "LIABILITIES", call: (adapter, call) => adapter.readLiabilities?.(call), nouns: liabilitiesNouns },
    (answer) => answer.accounts,
  );
  const owners = perItem({
    product: "IDENTITY",
    call: (adapter, call) => adapter.readOwners?.(call),
    nouns: (records) => new Map(records.map((record) => [record.remoteAccountId, record.owners])),
  });
  const numbers = perItem({
    product: "AUTH",
    call: (adapter, call) => adapter.readNumbers?.(call),
    nouns: byAccount,
  });
  const transfers = perItem({
    product: "INVESTMENTS_AUTH",
    call: (adapter, call) => adapter.readTransfers?.(call),
    nouns: byAccount,
  });
  const account = new DataLoader<{ item: StoredItem; remoteId: string }, Read<Account>, string>(
    (keys) =>
      Promise.all(
        keys.map(async ({ item, remoteId }) => {
          const { value, unavailable } = await accounts.load(item);
          return { value: value?.get(remoteId) ?? null, unavailable };
        }),
      ),
    { batch: false, cacheKeyFn: ({ item, remoteId }) => `${item.id}/${remoteId}` },
  );

  const primed = { deps, signal, prime };
  const transactions = windowReader(primed, transactionRead);
  const investmentTransactions = windowReader(primed, investmentTransactionRead);

  /** One product, read once for an item; the accounts that its answer brings are primed. */
  function perItem<Data, Value>(
    product: ProductRead<Data, Value>,
    accountsOf: (value: Value) => ReadonlyMap<string, Account> = () => new Map(),
  ): DataLoader<StoredItem, Read<Value>, string> {
    async function read(item: StoredItem): Promise<Read<Value>> {
      if (item.viewer !== viewer) throw new Error(`Item ${item.id} is not of the viewer of these loaders.`);
      const answer = await readProduct(deps, product, item, signal);
      if (answer.value !== null) prime(item, accountsOf(answer.value));
      return answer;
    }
    return new DataLoader<StoredItem, Read<Value>, string>((keys) => Promise.all(keys.map(read)), {
      batch: false, // each call goes, and comes back, by itself
      cacheKeyFn: ({ id }) => id,
    });
  }

  /** Accounts that came along cost no call of their own. A function, for what is above uses it. */
  function prime(item: StoredItem, accounts: ReadonlyMap<string, Account>): void {
    for (const [remoteId, value] of accounts) account.prime({ item, remoteId }, { value, unavailable: [] });
  }

  /** The aggregator's ids of the accounts that can have any of that kind; null when they cannot be had. */
  async function accountIds(item: StoredItem, kind: keyof typeof canHave): Promise<ReadonlySet<string> | null> {
    const { value } = await accounts.load(item);
    return value && new Set([...value].filter(([, { type }]) => canHave[kind](type)).map(([id]) => id));
  }

  let every: Promise<EveryAccount> | null = null;
  async function readEvery(): Promise<EveryAccount> {
    const all = await items();
    await new Promise(setImmediate); // fresh balances that are asked for beside this begin first: they bring their accounts
    const reads = await Promise.all(all.map((item) => loaders.accounts(item)));
    const found = reads.flatMap(({ value }) => value ?? []);
    const unavailable = reads.flatMap((read) => read.unavailable);
    return { accounts: found, unavailable, ...matchAccounts(all, found) };
  }

  const loaders: Loaders = {
    ...lists,
    items,
    item,
    transactions: (item, wanted) =>
      scanAccounts(
        (these) => scan(transactions(item, these), these),
        wanted,
        () => accountIds(item, "transactions"),
      ),
    investmentTransactions: (item, wanted) =>
      scanAccounts(
        (these) => scan(investmentTransactions(item, these), these),
        wanted,
        () => accountIds(item, "investmentTransactions"),
      ),
    async accounts(item, { fresh } = { fresh: false }) {
      const now = fresh || freshened.has(item.id) ? await loadBalances(item) : null;
      const { value, unavailable } = now?.value ? now : await accounts.load(item);
      if (!value) return { value: null, unavailable };
      const all = [...value.values()];
      await noteTypes(deps, item, all);
      return { value: all, unavailable };
    },
    async freshBalances(item) {
      const { value, unavailable } = await loadBalances(item);
      return { value: value && new Map([...value].map(([id, { lastBalances }]) => [id, lastBalances])), unavailable };
    },
    holdings: (item) => holdings.load(item),
    liabilities: (item) => liabilities.load(item),
    owners: (item) => owners.load(item),
    numbers: (item) => numbers.load(item),
    transfers: (item) => transfers.load(item),
    everyAccount() {
      every ??= readEvery();
      return every;
    },
    account: (item, remoteId) => account.load({ item, remoteId }),
    institution: (provider, remoteId) => institutions.load({ provider, remoteId }),
  };
  return loaders;
}

function byAccount<T extends { remoteAccountId: string }>(records: readonly T[]): ReadonlyMap<string, T> {
  return new Map(records.map((record) => [record.remoteAccountId, record]));
}

/** Some institutions must be asked in a way of their own. */
function balancesNow(adapter: Adapter, call: ItemCall, { description }: StoredItem) {
  return adapter.readBalances({ ...call, remoteInstitutionId: description.remoteInstitutionId });
}

/** Keeps of which types the item's accounts are, where it is news: later reads are planned by them. */
async function noteTypes({ store, log }: LoaderDeps, item: StoredItem, accounts: readonly Account[]): Promise<void> {
  const types = accounts.map(({ type }) => type);
  if (types.join() === item.account_types?.join()) return;
  await noteAccountTypes(store.db, item.id, types).catch((error: unknown) =>
    log.warn({ err: error, item: item.id }, "an item's types of account could not be kept"),
  );
}
