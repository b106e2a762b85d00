import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { OfAccount } from "../../adapters/adapter/transactions-page.ts";
import type { TransactionRecord } from "../../adapters/adapter.ts";
import { beginOf, newestPage, placeAfter } from "../../resolvers/newest-page.ts";
import { addDays } from "../../src/clock/days.ts";
import { createLoaders, type StoredItem } from "../../src/loaders/loaders.ts";
import { transactionNoun } from "../../src/loaders/transaction-noun.ts";
import { fakeAdapter, reading } from "../support/fake-adapter.ts";
import { testReadDeps } from "../support/loader-deps.ts";
import { transactionRecord, transactionsPage } from "../support/transactions.ts";

type Record = OfAccount<TransactionRecord>;

const FIRST_DAY = "2026-02-01";
const LAST_DAY = "2026-03-01";
const TTL_MS = 300_000;
const ACCOUNTS = ["acc-checking", "acc-savings"] as const;

const records = fc.uniqueArray(
  fc
    .record({
      ...{ id: fc.stringMatching(/^[a-z]{1,3}$/), day: fc.integer({ min: 0, max: 12 }), pending: fc.boolean() },
      remoteAccountId: fc.constantFrom(...ACCOUNTS),
    })
    .map(({ id, day, pending, remoteAccountId }) =>
      transactionRecord({
        ...{ remoteId: id, remoteAccountId },
        date: addDays(LAST_DAY, -day),
        pending,
        name: day % 3 === 0 ? "Tea" : "Coffee",
      }),
    ),
  { selector: ({ remoteId }) => remoteId, maxLength: 25 },
);

/** What happens between two pages. */
type Change =
  | { kind: "comes"; item: 0 | 1; record: Record }
  | { kind: "goes"; item: 0 | 1; place: number }
  /** A pending one vanishes, and its settled one comes under another id, on another day. */
  | { kind: "posts"; item: 0 | 1; place: number; later: number }
  /** A webhook outdates what is kept. */
  | { kind: "webhook"; item: 0 | 1 }
  /** What is kept grows old. */
  | { kind: "time" };

const which = fc.constantFrom<0 | 1>(0, 1);
const change = fc.oneof(
  fc.record({
    ...{ kind: fc.constant("comes" as const), item: which },
    record: fc
      .record({ n: fc.nat(), day: fc.integer({ min: 0, max: 12 }) })
      .map(({ n, day }) => transactionRecord({ remoteId: `new${n}`, date: addDays(LAST_DAY, -day) })),
  }),
  fc.record({ kind: fc.constant("goes" as const), item: which, place: fc.nat() }),
  fc.record({
    kind: fc.constant("posts" as const),
    item: which,
    place: fc.nat(),
    later: fc.integer({ min: 0, max: 3 }),
  }),
  fc.record({ kind: fc.constant("webhook" as const), item: which }),
  fc.record({ kind: fc.constant("time" as const) }),
);

/** Two items whose transactions change while a client pages through them. */
function stage(worlds: [Record[], Record[]], most: number) {
  const answer = (world: 0 | 1) =>
    fakeAdapter({
      provider: world === 0 ? "PLAID" : "LINK_MONEY",
      readTransactions: async (query) => reading("/transactions/get", transactionsPage(worlds[world], query, most)),
    });
  const plaid = answer(0);
  const deps = testReadDeps({ plaid, linkMoney: answer(1), ttlMs: TTL_MS });
  const items: [StoredItem, StoredItem] = [deps.sealedItem(), deps.sealedItem({ provider: "LINK_MONEY" })];

  const happen = (one: Change) => {
    if (one.kind === "time") return deps.clock.advance(TTL_MS);
    const world = worlds[one.item];
    if (one.kind === "webhook") {
      const { generations } = items[one.item];
      const TRANSACTIONS = (generations.TRANSACTIONS ?? 0) + 1;
      items[one.item] = { ...items[one.item], generations: { ...generations, TRANSACTIONS } };
    } else if (one.kind === "comes") {
      if (!world.some(({ remoteId }) => remoteId === one.record.remoteId)) world.push(one.record);
    } else if (world.length > 0) {
      const [gone] = world.splice(one.place % world.length, 1);
      if (one.kind === "posts" && gone && !world.some(({ remoteId }) => remoteId === `posted-${gone.remoteId}`)) {
        world.push({
          ...gone,
          remoteId: `posted-${gone.remoteId}`,
          date: addDays(gone.date, one.later),
          pending: false,
        });
      }
    }
  };

  const page = async (first: number, after: string | null, matches: (record: Record) => boolean) => {
    const loaders = createLoaders(deps, "ann", new AbortController().signal);
    const place = placeAfter("transactions", { after });
    const scans = await Promise.all(
      items.map(async (item) => ({
        item,
        scan: await loaders.transactions(item, {
          ...{ startDate: FIRST_DAY, endDate: LAST_DAY, remoteAccountIds: null, matches, first, counted: true },
          begin: beginOf(place, item),
        }),
      })),
    );
    return newestPage("transactions", { first, after }, scans, { counted: true, noun: transactionNoun });
  };

  /** The next page of each account's list, all in one request. */
  const pagesOfAccounts = async (first: number, afters: ReadonlyMap<string, string | null>) => {
    const [item] = items;
    const loaders = createLoaders(deps, "ann", new AbortController().signal);
    const span = { startDate: FIRST_DAY, endDate: LAST_DAY, first, counted: false, matches: () => true };
    return Promise.all(
      [...afters].map(async ([account, after]) => {
        const begin = beginOf(placeAfter("transactions", { after }), item);
        const scan = await loaders.transactions(item, { ...span, remoteAccountIds: [account], begin });
        const noun = { counted: false, noun: transactionNoun };
        return { account, ...newestPage("transactions", { first, after }, [{ item, scan }], noun) };
      }),
    );
  };
  return { deps, plaid, items, happen, page, pagesOfAccounts };
}

describe("pages of transactions", () => {
  it("show each that is there throughout exactly once and in order, whatever comes, goes and posts meanwhile", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(records, records),
        fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 12 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom<(record: Record) => boolean>(
          () => true,
          ({ name }) => name === "Tea",
          () => false,
        ),
        async (worlds, turns, first, most, matches) => {
          const { items, happen, page } = stage(worlds, most);
          const keysOf = () =>
            items.flatMap(({ id }, index) =>
              (worlds[index] ?? [])
                .filter((record) => record.date <= LAST_DAY && matches(record))
                .map(({ date, remoteId }) => `${id} ${date} ${remoteId}`),
            );
          let throughout = new Set(keysOf());
          const seen: { key: string; sort: string }[] = [];
          let after: string | null = null;
          for (let turn = 0; ; turn++) {
            const { nodes, pageInfo } = await page(first, after, matches);
            expect(nodes.length).toBeLessThanOrEqual(first);
            for (const { date, remoteId, accountKey } of nodes) {
              const item = accountKey?.itemId ?? "";
              const group = items.findIndex(({ id }) => id === item);
              const days = (Date.parse(LAST_DAY) - Date.parse(date)) / 86_400_000;
              const place = items[0].id < items[1].id ? group : 1 - group;
              seen.push({
                key: `${item} ${date} ${remoteId}`,
                sort: `${String(days).padStart(3, "0")} ${place} ${remoteId}`,
              });
            }
            if (!pageInfo.hasNextPage) break;
            expect(pageInfo.endCursor).not.toBeNull();
            after = pageInfo.endCursor;
            for (const one of turns[turn] ?? []) happen(one);
            const now = new Set(keysOf());
            throughout = new Set([...throughout].filter((key) => now.has(key)));
            expect(turn).toBeLessThan(200);
          }
          const sorts = seen.map(({ sort }) => sort);
          expect(sorts).toEqual([...new Set(sorts)].sort());
          const shown = new Set(seen.map(({ key }) => key));
          expect([...throughout].filter((key) => !shown.has(key))).toEqual([]);
        },
      ),
      { numRuns: 400 },
    );
  }, 60_000);

  it.each<[string, Change[]]>([
    ["nothing happens", []],
    ["a webhook outdates what was kept", [{ kind: "webhook", item: 0 }]],
    [
      "a webhook outdates what was kept of both items",
      [0, 1].map((item) => ({ kind: "webhook", item: item as 0 | 1 })),
    ],
    ["what was kept grows old", [{ kind: "time" }]],
  ])("share the calls of the list where %s after some pages", async (_, changes) => {
    const world = [...Array(24)].map((__, at) =>
      transactionRecord({ remoteId: `t${at}`, date: addDays(LAST_DAY, -(at >> 1)) }),
    );
    const { plaid, happen, page } = stage([world, [...world]], 8);
    let { pageInfo } = await page(4, null, () => true);
    for (let read = 1; read < 3; read++) ({ pageInfo } = await page(4, pageInfo.endCursor, () => true));
    for (const change of changes) happen(change);
    const before = plaid.count("readTransactions");
    while (pageInfo.hasNextPage) ({ pageInfo } = await page(4, pageInfo.endCursor, () => true));
    expect(plaid.count("readTransactions") - before).toBeLessThanOrEqual(4);
  });

  it("of several accounts show each once and in order, too, though they share calls", async () => {
    await fc.assert(
      fc.asyncProperty(
        records,
        fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 8 }),
        async (world, turns, first, most) => {
          const { happen, pagesOfAccounts } = stage([world, []], most);
          const keysOf = () =>
            world
              .filter(({ date }) => date <= LAST_DAY)
              .map(({ remoteAccountId, date, remoteId }) => `${remoteAccountId} ${date} ${remoteId}`);
          let throughout = new Set(keysOf());
          const seen: string[] = [];
          const places: string[] = [];
          const afters = new Map<string, string | null>(ACCOUNTS.map((account) => [account, null]));
          for (let turn = 0; afters.size > 0; turn++) {
            for (const { account, nodes, pageInfo } of await pagesOfAccounts(first, afters)) {
              for (const { date, remoteId, accountKey } of nodes) {
                expect(accountKey?.remoteId).toBe(account);
                seen.push(`${account} ${date} ${remoteId}`);
                places.push(`${account} ${Date.parse(LAST_DAY) - Date.parse(date) + 10 ** 12} ${remoteId}`);
              }
              if (pageInfo.hasNextPage) afters.set(account, pageInfo.endCursor);
              else afters.delete(account);
            }
            for (const one of turns[turn] ?? []) happen(one);
            const now = new Set(keysOf());
            throughout = new Set([...throughout].filter((key) => now.has(key)));
            expect(turn).toBeLessThan(200);
          }
          const missed = [...throughout].filter((key) => !seen.includes(key));
          expect(missed).toEqual([]);
          for (const account of ACCOUNTS) {
            const own = places.filter((place) => place.startsWith(`${account} `));
            expect(own).toEqual([...new Set(own)].sort());
          }
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);

  it.each(["time", "webhook"] as const)(
    "are counted on every page, by the last count where it was %s that outdated it",
    async (kind) => {
      const many = Array.from({ length: 9 }, (_, day) =>
        transactionRecord({ remoteId: `t${day}`, date: addDays(LAST_DAY, -3 * day) }),
      );
      const { happen, page, items } = stage([many, many.slice(0, 4)], 3);
      const totals: (number | null)[] = [];
      for (let after: string | null = null; ; ) {
        const { totalCount, pageInfo } = await page(2, after, () => true);
        totals.push(totalCount);
        if (!pageInfo.hasNextPage) break;
        after = pageInfo.endCursor;
        for (const item of items.keys()) happen({ kind, item: item as 0 | 1 });
      }
      expect(totals.length).toBeGreaterThan(6);
      expect(new Set(totals)).toEqual(new Set([13]));
    },
  );

  it("look through five upstream pages an item at most, and go on from there", async () => {
    const many = Array.from({ length: 20 }, (_, day) =>
      transactionRecord({ remoteId: `t${day}`, date: addDays(LAST_DAY, -day), name: day === 19 ? "Tea" : "Coffee" }),
    );
    const { deps, page } = stage([many, []], 2);
    const pages = [];
    for (let after: string | null = null; ; ) {
      const before = deps.plaid.count("readTransactions");
      const one = await page(10, after, ({ name }) => name === "Tea");
      pages.push({
        found: one.nodes.map(({ remoteId }) => remoteId),
        calls: deps.plaid.count("readTransactions") - before,
      });
      if (!one.pageInfo.hasNextPage) break;
      after = one.pageInfo.endCursor;
    }
    expect(pages.map(({ calls }) => calls)).toEqual([5, 5, 5, 4]);
    expect(pages.map(({ found }) => found)).toEqual([[], [], [], ["t19"]]);
  });
});
