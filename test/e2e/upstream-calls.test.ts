import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { type Gateway, linkHousehold, startGateway, testSandbox } from "../support/gateway.ts";

/** The exact upstream calls of a cold query over three items, of which two institutions are distinct per aggregator. */
const SHAPES: [string, string, Record<string, number>][] = [
  [
    "stored fields of items",
    "{ items { nodes { institutionName health { status } products linkedAt freshness { product } } } }",
    {},
  ],
  ["institutions of items", "{ items { nodes { institution { name url } } } }", { "/institutions/get_by_id": 3 }],
  [
    "what is everybody's",
    "{ institutions(provider: PLAID) { nodes { name logo } } categories(provider: LINK_MONEY) { hierarchy } }",
    { "/institutions/get": 1, "/categories/get": 1 },
  ],
  [
    "accounts with their items",
    "{ accounts { nodes { name balances { current } item { institutionName } } } items { nodes { accounts { totalCount } } } }",
    { "/accounts/get": 3 },
  ],
  [
    "holdings with accounts and securities",
    "{ holdings { nodes { quantity account { name balances { current } } security { tickerSymbol } } } }",
    { "/investments/holdings/get": 3 },
  ],
  [
    "liabilities with accounts",
    "{ liabilities { nodes { account { name } ... on CreditCardLiability { aprs { percentage } } } } }",
    { "/liabilities/get": 3 },
  ],
  [
    "all three together, below items and at the root",
    "{ accounts { nodes { name } } holdings { nodes { quantity account { name } } } liabilities { nodes { account { name } } } items { nodes { accounts { totalCount } holdings { totalCount } liabilities { totalCount } } } }",
    { "/accounts/get": 3, "/investments/holdings/get": 3, "/liabilities/get": 3 },
  ],
  [
    "liabilities and holdings below accounts: of the items that have such accounts",
    "{ accounts { nodes { ... on CreditAccount { liability { id } } ... on LoanAccount { liability { id } } ... on InvestmentAccount { holdings { totalCount } } } } }",
    { "/accounts/get": 3, "/investments/holdings/get": 2, "/liabilities/get": 2 },
  ],
  [
    "owners: one more an item whose aggregator has them",
    "{ accounts { nodes { name owners { names } unavailable(product: IDENTITY) { product } } } }",
    { "/accounts/get": 3, "/identity/get": 2 },
  ],
  [
    "numbers: one more an item with deposit accounts",
    "{ accounts { nodes { name ... on DepositoryAccount { numbers { ach { account } } unavailable(product: AUTH) { product } } } } }",
    { "/accounts/get": 3, "/auth/get": 2 },
  ],
  [
    "transfers: one more an item with investments whose aggregator has them",
    "{ accounts { nodes { name ... on InvestmentAccount { transfer { acats { account } } } } } }",
    { "/accounts/get": 3, "/investments/auth/get": 1 },
  ],
  ["net worth", "{ netWorth { totals { currency net } accountsCounted } }", { "/accounts/get": 3 }],
  [
    "net worth beside accounts that are listed once each, with their other links",
    "{ netWorth { totals { net } } accounts(filter: { deduplicate: true }) { nodes { name sameAs { confidence account { name } } } } }",
    { "/accounts/get": 3 },
  ],
  [
    "other links of one item's accounts: all items' accounts",
    "{ accounts(filter: { providers: [LINK_MONEY] }) { nodes { sameAs { confidence } } } }",
    { "/accounts/get": 3 },
  ],
  [
    "transactions with their accounts and items",
    "{ transactions(first: 100) { totalCount nodes { id amount account { name item { institutionName } } } } }",
    { "/transactions/get": 3 },
  ],
  [
    "transactions at the root and below items",
    "{ transactions { nodes { id } } items { nodes { transactions { totalCount nodes { id } } } } }",
    { "/transactions/get": 3 },
  ],
  [
    "transactions below accounts: a call for each that can have any",
    "{ accounts(filter: { types: [CREDIT, INVESTMENT] }) { nodes { transactions { totalCount } } } }",
    { "/accounts/get": 3, "/transactions/get": 2 },
  ],
  [
    "transactions that the gateway looks for itself: no more pages than there are",
    '{ transactions(filter: { search: "nothing says this" }) { totalCount nodes { id } } }',
    { "/transactions/get": 9 },
  ],
  [
    "investment transactions with accounts and securities",
    "{ investmentTransactions { totalCount nodes { id account { name } security { tickerSymbol } } } }",
    { "/investments/transactions/get": 3 },
  ],
];

/** The same, where the aggregator is asked again each time: fresh balances take the place of the list of accounts. */
const FRESH: [string, string, Record<string, number>][] = [
  ["below accounts", "{ accounts { nodes { balances(fresh: true) { current } } } }", { "/accounts/balance/get": 3 }],
  [
    "by variable, beside accounts that want none",
    "query ($fresh: Boolean = true) { accounts { nodes { ...B unavailable(product: BALANCE) { product } } } items { nodes { accounts { totalCount } } } } fragment B on Account { balances(fresh: $fresh) { current } }",
    { "/accounts/balance/get": 3 },
  ],
  [
    "and net worth and other links, of the same balances",
    "{ accounts { nodes { balances(fresh: true) { current } sameAs { confidence } } } netWorth { totals { net } } }",
    { "/accounts/balance/get": 3 },
  ],
  [
    "after net worth, which is reckoned from them",
    "{ netWorth { totals { net } } accounts { nodes { balances(fresh: true) { current } } } }",
    { "/accounts/balance/get": 3 },
  ],
  [
    "left out by a directive",
    "{ accounts { nodes { name balances(fresh: true) @include(if: false) { current } } } }",
    { "/accounts/get": 3 },
  ],
];

describe("upstream calls", () => {
  let sandbox: Sandbox;
  let gateway: Gateway;

  beforeAll(async () => {
    sandbox = await testSandbox();
  });
  afterAll(() => sandbox.close());
  beforeEach(async () => {
    gateway = await startGateway(sandbox);
    await linkHousehold(gateway, sandbox);
    sandbox.clearCalls();
  });
  afterEach(() => gateway.close());

  const counted = () => {
    const counts: Record<string, number> = {};
    for (const { endpoint } of sandbox.calls()) counts[endpoint] = (counts[endpoint] ?? 0) + 1;
    return counts;
  };

  it.each(SHAPES)("of %s", async (_, document, wanted) => {
    const first = await gateway.query(document);
    expect(first.errors).toEqual([]);
    expect(counted()).toEqual(wanted);
    sandbox.clearCalls();
    expect((await gateway.query(document)).data).toEqual(first.data);
    expect(counted()).toEqual({});
  });

  it.each(FRESH)("of fresh balances %s", async (_, document, wanted) => {
    expect((await gateway.query(document)).errors).toEqual([]);
    expect(counted()).toEqual(wanted);
  });

  it.each([
    ["owners", "owners { names } unavailable(product: IDENTITY) { product }"],
    ["numbers", "... on DepositoryAccount { numbers { ach { account } } } unavailable(product: AUTH) { product }"],
    [
      "transfers",
      "... on InvestmentAccount { transfer { acats { account } } } unavailable(product: INVESTMENTS_AUTH) { product }",
    ],
  ])("of %s without their scope are none", async (_, fields) => {
    const { errors } = await gateway.query(`{ accounts { nodes { ${fields} } } }`, {}, { scopes: [] });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN"]);
    expect(counted()).toEqual({ "/accounts/get": 3 });
  });

  it("of fifty requests at once are those of one", async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => gateway.query("{ accounts { totalCount } }")));
    expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1);
    expect(counted()).toEqual({ "/accounts/get": 3 });
  });

  it.each([
    ["the first two, of one item", "first: 2", 1],
    ["the first eight, of two items", "first: 8", 2],
    ["all", "", 2],
    ["cards", "filter: { types: [CREDIT] }, first: 1", 1],
  ])("of a page, %s, are beside the list only those that the page needs", async (_, args, calls) => {
    await gateway.query("{ accounts { totalCount } }");
    sandbox.clearCalls();
    const page = args && `(${args})`;
    const { data } = await gateway.query(`{ accounts${page} { pageInfo { endCursor } nodes { owners { names } } } }`);
    expect(counted()).toEqual({ "/identity/get": calls });
    sandbox.clearCalls();
    const after = JSON.stringify(data.accounts.pageInfo.endCursor);
    await gateway.query(`{ accounts(after: ${after}, first: 1) { nodes { owners { names } } } }`);
    expect(Object.keys(counted())).toEqual([]);
  });

  it("of a filtered list are only those of the items that it leaves", async () => {
    await gateway.query("{ accounts(filter: { providers: [LINK_MONEY] }) { totalCount } }");
    expect(counted()).toEqual({ "/accounts/get": 1 });
  });

  it("of transactions: one an item for the first page, none for the next, none again, one for a node", async () => {
    const PAGE = "query ($after: String) { transactions(after: $after) { nodes { id date } pageInfo { endCursor } } }";
    const first = await gateway.query(PAGE);
    expect(counted()).toEqual({ "/transactions/get": 3 });
    await gateway.query(PAGE, { after: first.data.transactions.pageInfo.endCursor });
    await gateway.query(PAGE);
    expect(counted()).toEqual({ "/transactions/get": 3 });
    const [{ id }] = first.data.transactions.nodes;
    for (const _ of ["first", "again"]) await gateway.query("query ($id: ID!) { node(id: $id) { id } }", { id });
    expect(counted()).toEqual({ "/transactions/get": 4 });
  });

  it("of a later page of transactions are one an item where nothing is kept, from its own day on", async () => {
    const PAGE =
      "query ($after: String) { transactions(first: 400, after: $after) { nodes { id } pageInfo { endCursor } } }";
    const first = await gateway.query(PAGE);
    const { endCursor } = first.data.transactions.pageInfo;
    const next = await gateway.query(PAGE, { after: endCursor });
    await gateway.close();
    gateway = await startGateway(sandbox);
    await linkHousehold(gateway, sandbox);
    sandbox.clearCalls();
    const cold = await gateway.query(PAGE, { after: endCursor });
    expect(cold.data.transactions.nodes).toHaveLength(400);
    expect(next.data.transactions.nodes).toHaveLength(400);
    expect(counted()["/transactions/get"]).toBeLessThanOrEqual(3);
  });

  it("of fresh balances are made each time they are asked for", async () => {
    const document =
      "{ accounts(filter: { providers: [LINK_MONEY] }) { nodes { balances(fresh: true) { current provenance { cached endpoint } } unavailable(product: BALANCE) { product } } } }";
    const { data } = await gateway.query(document);
    expect(data.accounts.nodes[0]).toMatchObject({
      balances: { provenance: { cached: false, endpoint: "/accounts/balance/get" } },
      unavailable: null,
    });
    await gateway.query(document);
    expect(counted()).toMatchObject({ "/accounts/balance/get": 2 });
  });
});
