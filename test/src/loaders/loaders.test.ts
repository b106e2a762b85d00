import { describe, expect, it } from "@jest/globals";
import { createLoaders, type Loaders } from "../../../src/loaders/loaders.ts";
import { bumpGenerations, insertItem } from "../../../src/store/items.ts";
import type { Store } from "../../../src/store/store.ts";
import { eachDatabase } from "../../support/database.ts";
import { type TestReadDeps, testReadDeps } from "../../support/loader-deps.ts";

/** Two Plaid items and one Link Money item of ann's, one of bob's. */
async function household(store: Store, deps: TestReadDeps): Promise<string[]> {
  const rows = [
    deps.sealedItem({ linked_at: "2026-01-01T00:00:00.000Z" }),
    deps.sealedItem({ linked_at: "2026-01-02T00:00:00.000Z" }),
    deps.sealedItem({ linked_at: "2026-01-03T00:00:00.000Z", provider: "LINK_MONEY" }),
    deps.sealedItem({ viewer: "bob" }),
  ];
  for (const row of rows) await insertItem(store.db, row);
  return rows.map((row) => row.id);
}

/** The viewer's loaders as a new request has them. */
function request(store: Store, deps: TestReadDeps, viewer = "ann"): Loaders {
  return createLoaders({ ...deps, store }, viewer, new AbortController().signal);
}

/** The methods called at both aggregators, sorted. */
function callsOf({ plaid, linkMoney }: TestReadDeps): string[] {
  return [...plaid.calls, ...linkMoney.calls].map(({ method }) => method).sort();
}

/** A query, as its resolvers read. */
type Query = (loaders: Loaders) => Promise<unknown>;

const queries: Record<string, Query> = {
  items: (loaders) => loaders.items(),
  accounts: async (loaders) => Promise.all((await loaders.items()).map((item) => loaders.accounts(item))),
  "accounts twice": async (loaders) => Promise.all([queries.accounts?.(loaders), queries.accounts?.(loaders)]),
  "holdings with their accounts and securities": async (loaders) => {
    for (const item of await loaders.items()) {
      const { value } = await loaders.holdings(item);
      for (const holding of value?.holdings ?? []) {
        const account = await loaders.account(item, holding.remoteAccountId);
        expect(account).toMatchObject({ value: { name: "Brokerage" }, unavailable: [] });
        expect(value?.securities.get(holding.remoteSecurityId ?? "")?.tickerSymbol).toBe("FND");
      }
    }
  },
  "liabilities with their accounts": async (loaders) => {
    for (const item of await loaders.items()) {
      const { value } = await loaders.liabilities(item);
      for (const { remoteAccountId } of value?.liabilities ?? []) {
        expect((await loaders.account(item, remoteAccountId ?? "")).value?.name).toBe("Card");
      }
    }
  },
  "accounts, holdings and liabilities": async (loaders) =>
    Promise.all(
      (await loaders.items()).flatMap((item) => [
        loaders.accounts(item),
        loaders.holdings(item),
        loaders.liabilities(item),
      ]),
    ),
  "fresh balances": async (loaders) => Promise.all((await loaders.items()).map((item) => loaders.freshBalances(item))),
};

eachDatabase((_, open) => {
  it("a query over three items makes the fewest calls: cold, and again", async () => {
    const store = await open();
    await household(store, testReadDeps());
    const calls: Record<string, { cold: string[]; again: string[] }> = {};
    for (const [name, query] of Object.entries(queries)) {
      const deps = testReadDeps();
      await query(request(store, deps));
      const cold = callsOf(deps);
      await query(request(store, deps));
      calls[name] = { cold, again: callsOf(deps).slice(cold.length) };
    }
    const three = (method: string) => [method, method, method];
    expect(calls).toEqual({
      items: { cold: [], again: [] },
      accounts: { cold: three("readAccounts"), again: [] },
      "accounts twice": { cold: three("readAccounts"), again: [] },
      "holdings with their accounts and securities": { cold: three("readHoldings"), again: [] },
      "liabilities with their accounts": { cold: three("readLiabilities"), again: [] },
      "accounts, holdings and liabilities": {
        cold: [...three("readAccounts"), ...three("readHoldings"), ...three("readLiabilities")],
        again: [],
      },
      "fresh balances": { cold: three("readBalances"), again: three("readBalances") },
    });
  });

  describe("the loaders of a request", () => {
    it("give the viewer's own items only, oldest link first", async () => {
      const store = await open();
      const deps = testReadDeps();
      const [first, second, third, bobs = ""] = await household(store, deps);
      const loaders = request(store, deps);
      expect((await loaders.items()).map(({ id }) => id)).toEqual([first, second, third]);
      expect((await loaders.item(second ?? ""))?.id).toBe(second);
      expect(await loaders.item(bobs)).toBeNull();
      expect(await request(store, deps).item(bobs)).toBeNull();
      expect((await request(store, deps, "bob").item(bobs))?.id).toBe(bobs);
    });

    it("find several items at once", async () => {
      const store = await open();
      const deps = testReadDeps();
      const [first = "", second = "", , bobs = ""] = await household(store, deps);
      const loaders = request(store, deps);
      const found = await Promise.all([loaders.item(second), loaders.item(first), loaders.item(bobs)]);
      expect(found.map((item) => item?.id)).toEqual([second, first, undefined]);
    });

    it("ask again only for the product whose generation has moved", async () => {
      const store = await open();
      const deps = testReadDeps();
      const [first = ""] = await household(store, deps);
      const all = queries["accounts, holdings and liabilities"];
      await all?.(request(store, deps));
      await bumpGenerations(store.db, first, ["INVESTMENTS"]);
      const before = callsOf(deps).length;
      await all?.(request(store, deps));
      expect(callsOf(deps).length - before).toBe(1);
      expect(deps.plaid.calls.at(-1)).toMatchObject({ method: "readHoldings", token: `token of ${first}` });
    });

    it("make one call for 50 requests at once", async () => {
      const store = await open();
      const deps = testReadDeps();
      await household(store, deps);
      await Promise.all(Array.from({ length: 50 }, () => queries.accounts?.(request(store, deps))));
      expect(callsOf(deps)).toEqual(["readAccounts", "readAccounts", "readAccounts"]);
    });

    it("with the cache off make each request's calls, once", async () => {
      const store = await open();
      const deps = testReadDeps({ ttlMs: 0 });
      await household(store, deps);
      await queries["accounts twice"]?.(request(store, deps));
      await queries["accounts twice"]?.(request(store, deps));
      expect(callsOf(deps)).toHaveLength(6);
    });

    it("read an institution once for all viewers, with a token of the viewer's where there is one", async () => {
      const store = await open();
      const deps = testReadDeps();
      const [first] = await household(store, deps);
      const [one, again] = [request(store, deps), request(store, deps, "bob")];
      const both = await Promise.all([one.institution("PLAID", "ins_1"), one.institution("PLAID", "ins_1")]);
      expect(both[0]).toMatchObject({
        name: "Bank One",
        provider: "PLAID",
        provenance: { endpoint: "/institutions/get_by_id", cached: false },
      });
      expect(await again.institution("PLAID", "ins_1")).toMatchObject({
        name: "Bank One",
        provenance: { cached: true },
      });
      expect(deps.plaid.calls).toMatchObject([{ method: "readInstitution", token: `token of ${first}` }]);
      await request(store, deps, "eve").institution("LINK_MONEY", "ins_1");
      expect(deps.linkMoney.calls).toMatchObject([{ method: "readInstitution", token: null }]);
    });
  });
});
