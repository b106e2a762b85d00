import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { CALL_SHAPES, FRESH_CALL_SHAPES } from "../support/call-shapes.ts";
import { type Gateway, linkHousehold, startGateway, testSandbox } from "../support/gateway.ts";

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

  it.each([...CALL_SHAPES])("of %s", async (_, document, wanted) => {
    const first = await gateway.query(document);
    expect(first.errors).toEqual([]);
    expect(counted()).toEqual(wanted);
    sandbox.clearCalls();
    expect((await gateway.query(document)).data).toEqual(first.data);
    expect(counted()).toEqual({});
  });

  it.each([...FRESH_CALL_SHAPES])("of fresh balances %s", async (_, document, wanted) => {
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
