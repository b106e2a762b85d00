import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from "kysely";
import { type Cache, createCache } from "../../src/cache.ts";
import { type ManualClock, manualClock } from "../../src/clock.ts";
import type { Hub } from "../../src/events.ts";
import type { ReadDeps } from "../../src/loaders/read-product.ts";
import type { Database } from "../../src/store/database.ts";
import type { StoredItem } from "../../src/store/items.ts";
import type { Store } from "../../src/store/store.ts";
import { createVault } from "../../src/vault.ts";
import { silentLog } from "./database.ts";
import { type FakeAdapter, fakeAdapter } from "./fake-adapter.ts";
import { itemRow } from "./rows.ts";

const db = new Kysely<Database>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** A database in which nothing is ever found, for reads that need none. */
export const emptyStore: Pick<Store, "db" | "transaction"> = {
  db,
  transaction: (work) => work({ db, beforeCommit: () => {}, afterCommit: () => {} }),
};

/** Wakes nobody. */
const deafHub: Hub = {
  publish: async () => {},
  subscribe: () => {
    throw new Error("Nobody is woken by this hub.");
  },
  missed: () => {},
  close: async () => {},
};

/** What loaders are made of, but for the store: a real cache and vault before fake aggregators. */
export interface TestReadDeps extends ReadDeps {
  cache: Cache;
  clock: ManualClock;
  plaid: FakeAdapter;
  linkMoney: FakeAdapter;
  /** An item's row whose token, "token of <id>", the vault opens. */
  sealedItem(change?: Partial<StoredItem>): StoredItem;
}

/** `plaid` and `linkMoney` change the fakes; `ttlMs: 0` turns the cache off. */
export function testReadDeps({
  plaid = fakeAdapter(),
  linkMoney = fakeAdapter({ provider: "LINK_MONEY" }),
  ttlMs = 300_000,
} = {}): TestReadDeps {
  const clock = manualClock(Date.UTC(2026, 2, 1, 12));
  const vault = createVault([{ id: "test", key: Buffer.alloc(32, 1) }]);
  const cache = createCache({ ttlMs, deadlineMs: 15_000, redisUrl: null, vault, clock, log: silentLog });
  return {
    ...{ store: emptyStore, hub: deafHub, vault, cache, clock, plaid, linkMoney, log: silentLog },
    adapters: new Map([
      ["PLAID", plaid],
      ["LINK_MONEY", linkMoney],
    ]),
    sealedItem(change = {}) {
      const row = itemRow(change) as StoredItem; // what is written is what is read: it has no generated columns
      const aad = { viewer: row.viewer, row: row.id, field: "token" };
      return { ...row, token_sealed: vault.seal(`token of ${row.id}`, aad) };
    },
  };
}
