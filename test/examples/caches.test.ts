import { gql, InMemoryCache } from "@apollo/client";
import { describe, expect, it } from "@jest/globals";
import { Client, type Exchange, type OperationResult } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { fromValue, map, mergeMap, pipe } from "wonka";
import { typePolicies } from "../../examples/apollo/type-policies.ts";
import possible from "../../examples/generated/possible-types.ts";
import { cacheConfig } from "../../examples/urql/cache-config.ts";

/** A cache of one of the clients: what is read is null where the gateway would have to be asked. */
interface Store {
  write(query: string, data: object, variables?: object): Promise<void>;
  read(query: string, variables?: object): unknown;
}

function apollo(): Store & { cache: InMemoryCache } {
  const cache = new InMemoryCache({ ...possible, typePolicies });
  return {
    cache,
    async write(query, data, variables = {}) {
      cache.writeQuery({ query: gql(query), data, variables });
    },
    read: (query, variables = {}) => cache.readQuery({ query: gql(query), variables }),
  };
}

/** urql with the answers to be in place of the gateway. */
function urql(): Store {
  let answer: unknown = null;
  const gateway: Exchange = () => (operations) =>
    pipe(
      operations,
      mergeMap((operation) =>
        pipe(
          fromValue(operation),
          map((): OperationResult => ({ operation, data: answer, stale: false, hasNext: false })),
        ),
      ),
    );
  const client = new Client({
    url: "http://gateway.test/graphql",
    preferGetMethod: false,
    exchanges: [cacheExchange(cacheConfig), gateway],
  });
  return {
    async write(query, data, variables = {}) {
      answer = data;
      await client.query(query, variables, { requestPolicy: "network-only" });
      answer = null;
    },
    read: (query, variables = {}) => client.readQuery(query, variables)?.data ?? null,
  };
}

const item = (id: string) => ({ __typename: "Item", id });
const account = (id: string) => ({ __typename: "CreditAccount", id, name: `account ${id}` });
const edge = (id: string) => ({ __typename: "AccountEdge", cursor: `after ${id}`, node: account(id) });
const pageInfo = (endCursor: string, hasNextPage: boolean) => ({ __typename: "PageInfo", endCursor, hasNextPage });
const missing = (id: string, message: string) => ({
  __typename: "Unavailable",
  provider: "PLAID",
  product: "ACCOUNTS",
  item: item(id),
  error: { __typename: "ProviderError", message },
});

const EDGES = `query ($after: String, $filter: AccountFilter) { accounts(first: 2, after: $after, filter: $filter) {
  __typename edges { __typename cursor node { __typename id name } } pageInfo { __typename endCursor hasNextPage }
  unavailable { __typename provider product item { __typename id } error { __typename message } } } }`;
const NODES = "{ accounts(first: 2) { __typename nodes { __typename id name } } }";
const ITEM = "query ($id: ID!) { item(id: $id) { __typename id } }";

const page = (edges: object[], info: object, unavailable: object[] = []) => ({
  __typename: "Query",
  accounts: { __typename: "AccountConnection", edges, pageInfo: info, unavailable },
});

describe.each<[string, () => Store]>([
  ["Apollo Client", apollo],
  ["urql", urql],
])("the cache of %s", (_name, open) => {
  it("makes one list of the pages, with what each was missing, the newest word of it", async () => {
    const store = open();
    await store.write(
      EDGES,
      page([edge("1"), edge("2")], pageInfo("after 2", true), [missing("c", "old"), missing("a", "old")]),
    );
    const next = { after: "after 2" };
    await store.write(
      EDGES,
      page([edge("3")], pageInfo("after 3", false), [missing("a", "new"), missing("b", "new")]),
      next,
    );
    expect(store.read(EDGES, next)).toMatchObject({
      accounts: {
        edges: [{ node: { id: "1" } }, { node: { id: "2" } }, { node: { id: "3" } }],
        pageInfo: { endCursor: "after 3", hasNextPage: false },
        unavailable: [
          { item: { id: "c" }, error: { message: "old" } },
          { item: { id: "a" }, error: { message: "new" } },
          { item: { id: "b" }, error: { message: "new" } },
        ],
      },
    });
  });

  it("keeps lists of different filters apart", async () => {
    const store = open();
    const filter = { itemIds: ["a"] };
    await store.write(EDGES, page([edge("1")], pageInfo("after 1", false)), { filter });
    expect(store.read(EDGES)).toBeNull();
    expect(store.read(EDGES, { filter })).toMatchObject({ accounts: { edges: [{ node: { id: "1" } }] } });
  });

  it("asks for edges where only nodes were read, and the other way round", async () => {
    const store = open();
    const nodes = { __typename: "Query", accounts: { __typename: "AccountConnection", nodes: [account("1")] } };
    await store.write(NODES, nodes);
    expect(store.read(NODES)).toMatchObject({ accounts: { nodes: [{ id: "1" }] } });
    expect(store.read(EDGES)).toBeNull();
    expect(store.read("{ accounts(first: 2) { __typename edges { __typename node { __typename id } } } }")).toBeNull();
    const other = open();
    await other.write(EDGES, page([edge("1")], pageInfo("after 1", false)));
    expect(other.read(NODES)).toBeNull();
  });

  it("matches fragments on interfaces, and finds by id what a list brought", async () => {
    const store = open();
    await store.write(EDGES, page([edge("1")], pageInfo("after 1", false), [missing("a", "old")]));
    const byId = "query ($id: ID!) { account(id: $id) { __typename ...Named } } fragment Named on Account { id name }";
    expect(store.read(byId, { id: "1" })).toMatchObject({ account: { id: "1", name: "account 1" } });
    expect(store.read(byId, { id: "2" })).toBeNull();
    expect(store.read(ITEM, { id: "a" })).toMatchObject({ item: { id: "a" } });
    expect(store.read("query ($id: ID!) { node(id: $id) { __typename id } }", { id: "1" })).toMatchObject({
      node: { __typename: "CreditAccount" },
    });
  });

  it("keeps a null that the gateway gave", async () => {
    const store = open();
    await store.write(ITEM, { __typename: "Query", item: null }, { id: "x" });
    expect(store.read(ITEM, { id: "x" })).toMatchObject({ item: null });
  });
});

describe("the cache of Apollo Client", () => {
  it("takes what was evicted out of the list", async () => {
    const { cache, write, read } = apollo();
    await write(EDGES, page([edge("1"), edge("2")], pageInfo("after 2", false)));
    cache.evict({ id: cache.identify(account("1")) });
    expect(read(EDGES)).toMatchObject({ accounts: { edges: [{ node: { id: "2" } }] } });
  });

  it("begins the list anew by its first page, and goes on from the place of the cursor", async () => {
    const { write, read } = apollo();
    await write(EDGES, page([edge("1"), edge("2")], pageInfo("after 2", true)));
    await write(EDGES, page([edge("3")], pageInfo("after 3", true)), { after: "after 2" });
    await write(EDGES, page([edge("4")], pageInfo("after 4", false)), { after: "after 1" });
    expect(read(EDGES)).toMatchObject({ accounts: { edges: [{ node: { id: "1" } }, { node: { id: "4" } }] } });
    await write(EDGES, page([edge("5")], pageInfo("after 5", false)));
    expect(read(EDGES)).toMatchObject({ accounts: { edges: [{ node: { id: "5" } }] } });
  });

  it("replaces balances whole, those fetched now and those known before alike", async () => {
    const { write, read } = apollo();
    const query = (fields: string, fresh: boolean) =>
      `{ account(id: "1") { __typename id balances(fresh: ${fresh}) { __typename ${fields} } } }`;
    const data = (balances: object) => ({
      __typename: "Query",
      account: { __typename: "CreditAccount", id: "1", balances: { __typename: "Balances", ...balances } },
    });
    await write(query("current available", false), data({ current: "1", available: "2" }));
    await write(query("current", true), data({ current: "3" }));
    expect(read(query("current", false))).toMatchObject({ account: { balances: { current: "3" } } });
    expect(read(query("current available", false))).toBeNull();
  });
});
