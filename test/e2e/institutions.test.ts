import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { type Gateway, importItem, startGateway, testSandbox } from "../support/gateway.ts";

const LIST = `query ($provider: Provider = PLAID, $query: String, $countryCodes: [String!], $first: Int, $after: String) {
  institutions(provider: $provider, query: $query, countryCodes: $countryCodes, first: $first, after: $after) {
    totalCount nodes { id name } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor }
  }
}`;
const NAMES = [
  "First Platypus Bank",
  "First Gingham Credit Union",
  "Tattersall Federal Credit Union",
  "Tartan Bank",
  "Houndstooth Bank",
  "Capital One",
  "Herringbone Trust",
];
/** It works in Canada, Germany and Great Britain. */
const ABROAD = "ins_109513";

describe("institutions", () => {
  let sandbox: Sandbox;
  let gateway: Gateway;
  beforeAll(async () => {
    sandbox = await testSandbox();
  });
  afterAll(() => sandbox.close());
  beforeEach(async () => {
    gateway = await startGateway(sandbox);
    sandbox.clearCalls();
  });
  afterEach(async () => {
    sandbox.faults.clear();
    await gateway.close();
  });

  const endpoints = () => sandbox.calls().map(({ endpoint }) => endpoint);
  const linkAtLinkMoney = (viewer?: string) =>
    importItem(
      gateway,
      { provider: "LINK_MONEY", accessToken: sandbox.demo.LINK_MONEY[0] ?? "" },
      viewer ? { viewer } : {},
    );

  it("are listed page by page, whole, by one call for everybody", async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data, errors } = await gateway.query(
        LIST,
        { first: 2, after },
        { viewer: seen.length ? "bob" : "alice" },
      );
      expect(errors).toEqual([]);
      const { nodes, edges, pageInfo, totalCount } = data.institutions;
      expect(totalCount).toBe(NAMES.length);
      expect(pageInfo.hasPreviousPage).toBe(seen.length > 0);
      expect(pageInfo.endCursor).toBe(edges.at(-1).cursor);
      seen.push(...nodes.map(({ name }: { name: string }) => name));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(NAMES);
    expect(endpoints()).toEqual(["/institutions/get"]);
  });

  it.each([
    ["some words", "  first   GINGHAM ", ["First Gingham Credit Union"], 1],
    ["words of several", "credit union", ["First Gingham Credit Union", "Tattersall Federal Credit Union"], 2],
    ["words of none", "x", [], 0],
    ["no words", " ", NAMES, NAMES.length],
  ])("are found by %s", async (_, query, names, totalCount) => {
    const { data } = await gateway.query(LIST, { query });
    expect(data.institutions.nodes.map(({ name }: { name: string }) => name)).toEqual(names);
    expect(data.institutions).toMatchObject({ totalCount, pageInfo: { hasNextPage: false } });
    await gateway.query(LIST, { query: query.toUpperCase() });
    expect(endpoints()).toEqual([names === NAMES ? "/institutions/get" : "/institutions/search"]);
  });

  it("are those of the countries asked for; of none there are none, without a call", async () => {
    expect((await gateway.query(LIST, { countryCodes: ["FR"] })).data.institutions.totalCount).toBe(0);
    const { nodes } = (await gateway.query(LIST, { countryCodes: ["CA"] })).data.institutions;
    expect(nodes.map(({ name }: { name: string }) => name)).toEqual(["Royal Bank of Plaid"]);
    const both = await gateway.query(LIST, { countryCodes: ["CA", "US"] });
    expect(both.data.institutions.totalCount).toBe(NAMES.length + 1);
    sandbox.clearCalls();
    expect((await gateway.query(LIST, { countryCodes: [] })).data.institutions).toMatchObject({
      nodes: [],
      totalCount: 0,
    });
    expect(endpoints()).toEqual([]);
  });

  it("have the same fields in a list as by themselves, which are read only where they are selected", async () => {
    await linkAtLinkMoney();
    const fields = "id name url primaryColor logo oauth products countryCodes status { kind status success }";
    for (const provider of ["PLAID", "LINK_MONEY"]) {
      const { data, errors } = await gateway.query(
        `{ institutions(provider: ${provider}, query: "platypus") { nodes { ${fields} } }
           institution(provider: ${provider}, remoteId: "ins_109508") { ${fields} } }`,
      );
      expect(errors).toEqual([]);
      expect(data.institutions.nodes).toEqual([data.institution]);
      expect(data.institution).toMatchObject({ url: "https://platypus.example.com", status: expect.anything() });
      const { data: node } = await gateway.query(
        `query ($id: ID!) { node(id: $id) { ... on Institution { ${fields} } } }`,
        {
          id: data.institution.id,
        },
      );
      expect(node.node).toEqual(data.institution);
    }
    sandbox.clearCalls();
    await gateway.query("{ institutions(provider: PLAID, first: 5) { nodes { name url logo } } }");
    expect(endpoints()).toEqual(["/institutions/get"]);
  });

  it("of other countries are found by id, by node and of their items, each by one call", async () => {
    const fields = "id name countryCodes status { kind }";
    const { data, errors } = await gateway.query(
      `{ institution(provider: PLAID, remoteId: "${ABROAD}") { ${fields} }
         institutions(provider: PLAID, countryCodes: ["DE"]) { nodes { ${fields} } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.institution).toMatchObject({ name: "Royal Bank of Plaid", countryCodes: ["CA", "DE", "GB"] });
    expect(data.institutions.nodes).toEqual([data.institution]);
    expect(endpoints().sort()).toEqual(["/institutions/get", "/institutions/get_by_id"]);
    const { data: again } = await gateway.query(
      `query ($id: ID!) { node(id: $id) { ... on Institution { ${fields} } } }`,
      { id: data.institution.id },
    );
    expect(again.node).toEqual(data.institution);
    const { accessToken } = sandbox.createItem("PLAID", { user: "abroad" });
    const item = await importItem(gateway, { provider: "PLAID", accessToken });
    const { data: linked } = await gateway.query("query ($id: ID!) { item(id: $id) { institution { id name } } }", {
      id: item,
    });
    expect(linked.item.institution).toMatchObject({ id: data.institution.id, name: "Royal Bank of Plaid" });
  });

  it("in a list lack what cannot be read of one, and nothing else", async () => {
    sandbox.faults.script({
      provider: "PLAID",
      kind: "error",
      code: "INSTITUTION_DOWN",
      endpoint: "/institutions/get_by_id",
      times: 1,
    });
    const { data, errors } = await gateway.query(
      '{ institutions(provider: PLAID, query: "platypus") { nodes { name status { kind } } } }',
    );
    expect(errors).toEqual([]);
    expect(data.institutions.nodes).toEqual([{ name: "First Platypus Bank", status: null }]);
  });

  it("of Link Money are shown to whoever has an item there", async () => {
    const alone = await gateway.query(LIST, { provider: "LINK_MONEY" }, { viewer: "carol" });
    expect(alone.data.institutions).toBeNull();
    expect(alone.errors).toMatchObject([
      {
        path: ["institutions"],
        extensions: { code: "PRODUCT_UNSUPPORTED", action: "UNSUPPORTED", provider: "LINK_MONEY" },
      },
    ]);
    await linkAtLinkMoney();
    const { data } = await gateway.query(LIST, { provider: "LINK_MONEY" });
    expect(data.institutions.totalCount).toBe(NAMES.length + 1); // it does not tell countries
  });

  it("that cannot be had are an error with what the aggregator said", async () => {
    sandbox.faults.script({ provider: "PLAID", kind: "rate-limit", endpoint: "/institutions/get", times: 9 });
    const { data, errors } = await gateway.query(LIST);
    expect(data.institutions).toBeNull();
    expect(errors).toMatchObject([
      {
        path: ["institutions"],
        extensions: { code: "PROVIDER_RATE_LIMITED", action: "RETRY_LATER", retryable: true, httpStatus: 429 },
      },
    ]);
  });

  it.each([
    ["first", { first: 0 }],
    ["first", { first: 501 }],
    ["countryCodes", { countryCodes: ["usa"] }],
    ["query", { query: "x".repeat(101) }],
    ["after", { after: "WyJpdGVtcyJd" }],
  ])("refuse a bad %s: %j", async (field, variables) => {
    const { errors } = await gateway.query(LIST, variables);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", field } }]);
    expect(endpoints()).toEqual([]);
  });

  it("refuse another list's cursor, and more than 50 where each is read by itself", async () => {
    const { data } = await gateway.query(LIST, { first: 1 });
    const other = await gateway.query(LIST, { query: "bank", after: data.institutions.edges[0].cursor });
    expect(other.errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", field: "after" } }]);
    const many = await gateway.query("{ institutions(provider: PLAID, first: 51) { nodes { status { kind } } } }");
    expect(many.errors).toMatchObject([{ message: expect.stringContaining("status"), extensions: { field: "first" } }]);
  });

  it("and categories are read once for everybody", async () => {
    await linkAtLinkMoney();
    sandbox.clearCalls();
    const CATEGORIES =
      "query ($provider: Provider!) { categories(provider: $provider) { categoryId group hierarchy } }";
    for (const provider of ["PLAID", "LINK_MONEY"]) {
      const { data, errors } = await gateway.query(CATEGORIES, { provider });
      expect(errors).toEqual([]);
      expect(data.categories).toContainEqual({
        categoryId: "13005000",
        group: "place",
        hierarchy: ["Food and Drink", "Restaurants"],
      });
      expect((await gateway.query(CATEGORIES, { provider })).data).toEqual(data);
    }
    expect(endpoints()).toEqual(["/categories/get", "/categories/get"]);
  });
});
