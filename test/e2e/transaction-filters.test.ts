import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { type Gateway, linkHousehold, startGateway, testSandbox } from "../support/gateway.ts";

const LISTS = {
  transactions: "TransactionFilter",
  investmentTransactions: "InvestmentTransactionFilter",
  holdings: "HoldingFilter",
  liabilities: "LiabilityFilter",
  accounts: "AccountFilter",
} as const;
type List = keyof typeof LISTS;

/** An id or cursor of ours with one of its parts changed. */
function changed(id: string, part: number, value: string): string {
  const parts = JSON.parse(Buffer.from(id, "base64url").toString()) as string[];
  return Buffer.from(JSON.stringify(parts.with(part, value))).toString("base64url");
}

describe("filters and places of lists", () => {
  let sandbox: Sandbox;
  let gateway: Gateway;
  let items: string[];

  beforeAll(async () => {
    sandbox = await testSandbox();
    gateway = await startGateway(sandbox);
    items = await linkHousehold(gateway, sandbox);
  });
  afterAll(async () => {
    await gateway.close();
    await sandbox.close();
  });
  beforeEach(() => sandbox.clearCalls());
  afterEach(() => sandbox.faults.clear());

  async function list(name: List, filter: object, page: object = {}, fields = "id") {
    const { data, errors } = await gateway.query(
      `query ($filter: ${LISTS[name]}, $first: Int, $after: String) {
         ${name}(filter: $filter, first: $first, after: $after) {
           totalCount nodes { ${fields} } edges { cursor } pageInfo { hasNextPage endCursor } unavailable { item { id } error { code } }
         }
       }`,
      { filter, ...page },
    );
    return { ...data?.[name], errors };
  }
  const called = () => sandbox.calls().map(({ endpoint }) => endpoint);

  it.each<[List, object]>([
    ["transactions", { providers: [] }],
    ["transactions", { itemIds: [], search: "tea" }],
    ["investmentTransactions", { types: [] }],
    ["investmentTransactions", { accountIds: [] }],
    ["holdings", { tickerSymbols: [] }],
    ["holdings", { securityTypes: [] }],
    ["liabilities", { kinds: [] }],
    ["accounts", { types: [] }],
    ["accounts", { ids: [] }],
    ["accounts", { subtypes: [] }],
  ])("%s by an empty list match nothing, and ask nobody: %j", async (name, filter) => {
    expect(await list(name, filter)).toEqual({
      ...{ totalCount: 0, nodes: [], edges: [], errors: [], unavailable: [] },
      pageInfo: { hasNextPage: false, endCursor: null },
    });
    expect(called()).toEqual([]);
  });

  it.each(["transactions", "investmentTransactions"] as const)(
    "%s by an empty text are those without a filter",
    async (name) => {
      const whole = await list(name, {});
      expect(whole.totalCount).toBeGreaterThan(40);
      expect(await list(name, { search: "" })).toEqual(whole);
      expect(await list(name, { search: "  " })).toEqual(whole);
      expect(await list(name, { search: " a " })).toEqual(await list(name, { search: "a" }));
    },
  );

  it.each([
    ["transactions", 0],
    ["transactions", 2],
    ["investmentTransactions", 1],
    ["investmentTransactions", 2],
  ] as const)("%s by accounts of which one is gone are those of the others, of item %i", async (name, of) => {
    const { nodes } = await list(name, { itemIds: [items[of]] }, { first: 1 }, "account { id }");
    const id = nodes[0].account.id as string;
    const gone = changed(id, 2, "closed-long-ago");
    const wanted = await list(name, { accountIds: [id] }, { first: 5 });
    expect(wanted.nodes).toHaveLength(5);
    expect(await list(name, { accountIds: [gone, id] }, { first: 5 })).toEqual(wanted);
    expect(await list(name, { accountIds: [gone] })).toEqual({
      ...{ totalCount: 0, nodes: [], edges: [], errors: [], unavailable: [] },
      pageInfo: { hasNextPage: false, endCursor: null },
    });
  });

  it("say what failed where the accounts are not what was wrong", async () => {
    const { nodes } = await list("transactions", { itemIds: [items[0]] }, { first: 1 }, "account { id }");
    const accountIds = [changed(nodes[0].account.id, 2, "closed-long-ago")];
    sandbox.faults.script({
      provider: "PLAID",
      endpoint: "/transactions/get",
      kind: "error",
      code: "PRODUCT_NOT_READY",
      type: "ITEM_ERROR",
    });
    expect(await list("transactions", { accountIds })).toMatchObject({
      ...{ nodes: [], totalCount: 0 },
      unavailable: [{ item: { id: items[0] }, error: { code: "ITEM_NOT_READY" } }],
    });
  });

  it.each(["2026-02-31", "2026-13-01", "+2026-01-0", ""])(
    "refuse the cursor and the id of a day that is none: %j",
    async (day) => {
      const { nodes, pageInfo } = await list("transactions", {}, { first: 1 });
      sandbox.clearCalls();
      const { errors } = await list("transactions", {}, { after: changed(pageInfo.endCursor, 1, day) });
      expect(errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field: "after" });
      const id = changed(nodes[0].id, 3, day);
      const found = await gateway.query("query ($id: ID!) { node(id: $id) { id } }", { id });
      expect(found.errors[0]?.extensions.code).toBe("NOT_FOUND");
      expect(called()).toEqual([]);
    },
  );

  it("take a cursor of the same list by another filter for the place that it is", async () => {
    const { edges } = await list("transactions", {}, { first: 200 });
    const after = edges.at(-1).cursor;
    const filter = { providers: ["LINK_MONEY"] };
    const rest = await list("transactions", filter, { first: 500, after }, "id date");
    const before = await list("transactions", filter, { first: 500 }, "id date");
    expect(rest.nodes.length).toBeGreaterThan(0);
    const [first] = rest.nodes;
    const start = before.nodes.findIndex(({ id }: { id: string }) => id === first.id);
    expect(start).toBeGreaterThan(0);
    expect(before.nodes.slice(start)).toEqual(rest.nodes.slice(0, before.nodes.length - start));
  });

  it.each([
    ["transactions", "Account", 3],
    ["transactions", "Account", 60],
    ["investmentTransactions", "InvestmentAccount", 2],
  ] as const)("%s below every %s are those that it has by itself, %i at a time", async (name, type, first) => {
    const { data, errors } = await gateway.query(
      `{ accounts { nodes { id ... on ${type} { list: ${name}(first: ${first}) { nodes { id date amount } pageInfo { hasNextPage } } } } } }`,
    );
    expect(errors).toEqual([]);
    const lists = data.accounts.nodes.filter((account: { list?: object }) => account.list);
    expect(lists.length).toBeGreaterThan(3);
    for (const { id, list: given } of lists) {
      const alone = await list(name, { accountIds: [id] }, { first }, "id date amount");
      expect(given.nodes).toEqual(alone.nodes);
      expect(given.pageInfo.hasNextPage).toBe(alone.pageInfo.hasNextPage);
    }
  });
});
