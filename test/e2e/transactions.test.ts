import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { type Gateway, linkHousehold, startGateway, testSandbox } from "../support/gateway.ts";
import { until } from "../support/until.ts";

const PAGE = `query ($filter: TransactionFilter, $first: Int, $after: String) {
  transactions(filter: $filter, first: $first, after: $after) {
    totalCount
    edges { cursor }
    nodes { id __typename remoteId date amount name merchantName originalDescription pending pendingTransactionId authorizedDate
      account { id type item { id provider } } insight { text ctaUrl imageUrl recommendation amountFound }
      personalFinanceCategory { primary detailed } provenance { provider endpoint } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    unavailable { product item { id } error { code } action }
  }
}`;
const TRADES = `query ($filter: InvestmentTransactionFilter, $first: Int, $after: String) {
  investmentTransactions(filter: $filter, first: $first, after: $after) {
    totalCount
    nodes { id remoteId date amount type subtype name security { id tickerSymbol } account { id type item { provider } } provenance { endpoint } }
    pageInfo { hasNextPage endCursor }
    unavailable { error { code } }
  }
}`;

interface Shown {
  id: string;
  remoteId: string;
  date: string;
  amount: string;
  name: string | null;
  merchantName: string | null;
  originalDescription: string | null;
  pending: boolean;
  pendingTransactionId: string | null;
  authorizedDate: string | null;
  insight: object | null;
  account: { id: string; item: { id: string; provider: string } };
}

describe("transactions over HTTP", () => {
  let sandbox: Sandbox;
  let gateway: Gateway;
  let items: string[];

  beforeAll(async () => {
    sandbox = await testSandbox();
  });
  afterAll(() => sandbox.close());
  beforeEach(async () => {
    gateway = await startGateway(sandbox);
    items = await linkHousehold(gateway, sandbox);
    sandbox.clearCalls();
  });
  afterEach(async () => {
    sandbox.faults.clear();
    await gateway.close();
  });

  const page = async (variables: object = {}, document = PAGE) => {
    const { data, errors } = await gateway.query(document, { ...variables });
    expect(errors).toEqual([]);
    return data.transactions ?? data.investmentTransactions;
  };

  /** Every page of the list, from the first to the last. */
  const all = async (variables: object, document = PAGE): Promise<{ nodes: Shown[]; total: number | null }> => {
    const nodes: Shown[] = [];
    let total: number | null = null;
    for (let after: string | null = null; ; ) {
      const one = await page({ ...variables, after }, document);
      nodes.push(...one.nodes);
      total ??= one.totalCount;
      if (!one.pageInfo.hasNextPage) return { nodes, total };
      after = one.pageInfo.endCursor;
    }
  };

  it("come newest first, merged over both aggregators, each once, to the very last", async () => {
    const { nodes, total } = await all({ first: 500 });
    expect(nodes.length).toBe(total);
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(total);
    expect(nodes.map(({ date }) => date)).toEqual(
      nodes
        .map(({ date }) => date)
        .sort()
        .reverse(),
    );
    expect(new Set(nodes.map(({ account }) => account.item.provider))).toEqual(new Set(["PLAID", "LINK_MONEY"]));
    expect(nodes.length).toBeGreaterThan(1_000);
    const small = await all({ first: 37, filter: { startDate: nodes[120]?.date } });
    expect(small.nodes).toEqual(nodes.slice(0, small.nodes.length));
    expect(small.total).toBe(small.nodes.length);
  });

  it("carry Link Money's saving advice, and Plaid's categories and own words", async () => {
    const { nodes } = await all({ first: 500, filter: { providers: ["LINK_MONEY"] } });
    expect(nodes.find(({ insight }) => insight)?.insight).toEqual({
      text: expect.any(String),
      ctaUrl: expect.stringMatching(/^https:\/\/advice\.example\.com\//),
      imageUrl: expect.stringMatching(/\.png$/),
      recommendation: expect.any(String),
      amountFound: expect.stringMatching(/^\d+(\.\d+)?$/),
    });
    const plaid = await page({ first: 5, filter: { providers: ["PLAID"] } });
    for (const node of plaid.nodes) {
      expect(node).toMatchObject({
        insight: null,
        originalDescription: expect.any(String),
        personalFinanceCategory: { primary: expect.any(String) },
        provenance: { provider: "PLAID", endpoint: "/transactions/get" },
      });
    }
  });

  it("are narrowed by dates, accounts, items, providers, amounts, text and pending", async () => {
    const { nodes } = await all({ first: 500 });
    const [one] = nodes;
    const account = one?.account.id;
    const start = nodes[300]?.date ?? "";
    const end = nodes[100]?.date ?? "";
    const cases: [object, (node: Shown) => boolean, boolean][] = [
      [{ startDate: start, endDate: end }, ({ date }) => date >= start && date <= end, true],
      [{ accountIds: [account] }, (node) => node.account.id === account, true],
      [{ itemIds: [items[2]] }, (node) => node.account.item.id === items[2], true],
      [{ providers: ["LINK_MONEY"] }, (node) => node.account.item.provider === "LINK_MONEY", true],
      [{ minAmount: "100", maxAmount: "200" }, ({ amount }) => Number(amount) >= 100 && Number(amount) <= 200, false],
      [{ maxAmount: "-0.01" }, ({ amount }) => Number(amount) < 0, false],
      [
        { search: "SUPER" },
        ({ name, merchantName, originalDescription }) =>
          /super/i.test(`${name}\n${merchantName}\n${originalDescription}`),
        false,
      ],
      [{ pending: true }, (node) => node.pending, false],
      [{ pending: false, startDate: start }, (node) => !node.pending && node.date >= start, false],
      [{ itemIds: [] }, () => false, true],
      [{ accountIds: [] }, () => false, true],
      [{ startDate: end, endDate: start }, ({ date }) => date >= end && date <= start, true],
    ];
    for (const [filter, wanted, counted] of cases) {
      const given = await all({ filter, first: 500 });
      expect({ filter, nodes: given.nodes }).toEqual({ filter, nodes: nodes.filter(wanted) });
      expect({ filter, total: given.total }).toEqual({ filter, total: counted ? given.nodes.length : null });
    }
  });

  it("are found below items and accounts; an investment account has none, and asks nobody", async () => {
    const { data, errors } = await gateway.query(
      `{ items { nodes { id transactions(first: 2) { totalCount nodes { account { item { id } } } } } }
         accounts(filter: { types: [INVESTMENT, CREDIT] }) { nodes { id type transactions(first: 3) { totalCount nodes { account { id } } } } } }`,
    );
    expect(errors).toEqual([]);
    for (const item of data.items.nodes) {
      for (const node of item.transactions.nodes) expect(node.account.item.id).toBe(item.id);
    }
    for (const { id, type, transactions } of data.accounts.nodes) {
      if (type === "INVESTMENT") expect(transactions).toEqual({ totalCount: 0, nodes: [] });
      else expect(transactions.nodes).toEqual(Array(3).fill({ account: { id } }));
    }
  });

  it("are found again by their ids, a settled one's pending one too once it was read", async () => {
    const { nodes } = await page({ first: 200 });
    sandbox.clearCalls();
    const one = nodes[10];
    const { data, errors } = await gateway.query(
      "query ($id: ID!) { node(id: $id) { id ... on Transaction { remoteId account { name } } } }",
      { id: one.id },
    );
    expect(errors).toEqual([]);
    expect(data.node).toEqual({ id: one.id, remoteId: one.remoteId, account: { name: expect.any(String) } });
    expect(sandbox.calls().map(({ endpoint }) => endpoint)).toEqual(["/transactions/get"]);
    const settled = nodes.find((node: Shown) => node.pendingTransactionId !== null);
    const parts = (id: string) => JSON.parse(Buffer.from(id, "base64url").toString());
    expect(parts(settled.pendingTransactionId).slice(0, 4)).toEqual([
      ...parts(settled.id).slice(0, 3),
      settled.authorizedDate,
    ]);
    const gone = await gateway.query("query ($id: ID!) { node(id: $id) { id } }", { id: settled.pendingTransactionId });
    expect(gone.errors[0]?.extensions.code).toBe("NOT_FOUND");
  });

  it("of another viewer are neither found nor listed, nor are their ids of any use", async () => {
    const { nodes } = await page({ first: 1 });
    const mallory = { viewer: "mallory" };
    const node = await gateway.query("query ($id: ID!) { node(id: $id) { id } }", { id: nodes[0].id }, mallory);
    expect(node.errors[0]?.extensions.code).toBe("NOT_FOUND");
    for (const filter of [{ itemIds: items }, { accountIds: [nodes[0].account.id] }]) {
      const { data, errors } = await gateway.query(PAGE, { filter }, mallory);
      expect(errors).toEqual([]);
      expect(data.transactions).toMatchObject({ totalCount: 0, nodes: [], unavailable: [] });
    }
    sandbox.clearCalls();
    for (const name of ["refreshTransactions", "refreshInvestments"]) {
      const { errors } = await gateway.query(
        `mutation ($id: ID!) { ${name}(itemId: $id) { item { id } } }`,
        { id: items[0] },
        mallory,
      );
      expect(errors[0]?.extensions.code).toBe("NOT_FOUND");
    }
    expect(sandbox.calls()).toEqual([]);
  });

  it("refuse a cursor of another list and an id of another type, naming the field", async () => {
    const { nodes } = await page({ first: 1 });
    const trades = await page({ first: 1 }, TRADES);
    for (const [variables, field] of [
      [{ after: "bogus" }, "after"],
      [{ after: trades.pageInfo.endCursor }, "after"],
      [{ after: Buffer.from('["transactions","2026-02-31x","a","b"]').toString("base64url") }, "after"],
      [{ first: 0 }, "first"],
      [{ first: 501 }, "first"],
      [{ filter: { accountIds: [nodes[0].id] } }, "filter.accountIds[0]"],
      [{ filter: { itemIds: ["x"] } }, "filter.itemIds[0]"],
    ] as const) {
      const { errors } = await gateway.query(PAGE, variables);
      expect(errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field });
    }
  });

  it("that are not ready yet, or cannot be had, are said to be unavailable beside the others", async () => {
    const notReady = { kind: "error", code: "PRODUCT_NOT_READY", type: "ITEM_ERROR" } as const;
    sandbox.faults.script({ provider: "LINK_MONEY", endpoint: "/transactions/get", ...notReady });
    const { nodes, unavailable, totalCount } = await page({ first: 50 });
    expect(unavailable).toEqual([
      { product: "TRANSACTIONS", item: { id: items[2] }, error: { code: "ITEM_NOT_READY" }, action: "RETRY_LATER" },
    ]);
    expect(nodes).toHaveLength(50);
    expect(totalCount).toBeGreaterThan(50);
    sandbox.faults.clear();
    expect((await page({ first: 50 })).unavailable).toEqual([]);
  });

  it("of an item that fails in the middle end there, and the others go on to their last", async () => {
    const whole = await all({ first: 500, filter: { providers: ["PLAID"] } });
    await gateway.close();
    gateway = await startGateway(sandbox);
    items = await linkHousehold(gateway, sandbox);
    sandbox.clearCalls();
    const nodes: Shown[] = [];
    const troubles: unknown[] = [];
    for (let after: string | null = null; ; ) {
      const one = await page({ first: 500, after });
      nodes.push(...one.nodes);
      troubles.push(...one.unavailable);
      if (!one.pageInfo.hasNextPage) break;
      after = one.pageInfo.endCursor;
      sandbox.faults.script({ provider: "LINK_MONEY", kind: "error", code: "ITEM_LOGIN_REQUIRED" });
    }
    const at = (provider: string) => nodes.filter(({ account }) => account.item.provider === provider);
    expect(at("PLAID").map(({ remoteId }) => remoteId)).toEqual(whole.nodes.map(({ remoteId }) => remoteId));
    expect(at("LINK_MONEY").length).toBeGreaterThan(100);
    expect(troubles[0]).toMatchObject({ item: { id: items[2] }, error: { code: "ITEM_LOGIN_REQUIRED" } });
  });

  it("are refreshed on request: what comes of it is an event, and new answers", async () => {
    const first = await page({ first: 1, filter: { itemIds: [items[0]] } });
    const { data, errors } = await gateway.query(
      "mutation ($id: ID!) { refreshTransactions(itemId: $id) { item { id } } }",
      { id: items[0] },
    );
    expect(errors).toEqual([]);
    expect(data.refreshTransactions.item.id).toBe(items[0]);
    const told = async () =>
      (await gateway.query("{ events(types: [TRANSACTIONS_DEFAULT_UPDATE]) { nodes { itemId } } }")).data.events.nodes;
    await until(async () => (await told()).length > 0);
    expect(await told()).toEqual([{ itemId: items[0] }]);
    sandbox.clearCalls();
    expect((await page({ first: 1, filter: { itemIds: [items[0]] } })).nodes).toEqual(first.nodes);
    expect(sandbox.calls().map(({ endpoint }) => endpoint)).toEqual(["/transactions/get"]);
  });

  it("taken back by the institution are named by the ids that were given", async () => {
    const { nodes } = await page({ first: 2, filter: { itemIds: [items[0]] } });
    const [call] = sandbox.calls();
    await sandbox.sendWebhook("PLAID", `${gateway.app.url}/webhooks/plaid`, {
      ...{ webhook_type: "TRANSACTIONS", webhook_code: "TRANSACTIONS_REMOVED", item_id: call?.itemId, error: null },
      removed_transactions: [...nodes.map(({ remoteId }: Shown) => remoteId), "never-seen"],
    });
    const feed = "{ events(types: [TRANSACTIONS_REMOVED]) { nodes { removedCount transactionIds } } }";
    await until(async () => (await gateway.query(feed)).data.events.nodes.length > 0);
    const [event] = (await gateway.query(feed)).data.events.nodes;
    expect(event.removedCount).toBe(3);
    expect(new Set(event.transactionIds)).toEqual(new Set(nodes.map(({ id }: Shown) => id)));
  });

  describe("of investments", () => {
    it("come newest first with security and account, page by page", async () => {
      const { nodes, total } = await all({ first: 20 }, TRADES);
      expect(nodes.length).toBe(total);
      expect(nodes.length).toBeGreaterThan(40);
      expect(new Set(nodes.map(({ id }) => id)).size).toBe(total);
      expect(nodes.map(({ date }) => date)).toEqual(
        nodes
          .map(({ date }) => date)
          .sort()
          .reverse(),
      );
      expect(nodes[0]).toMatchObject({
        type: "buy",
        security: { id: expect.any(String) },
        account: { type: "INVESTMENT" },
        provenance: { endpoint: "/investments/transactions/get" },
      });
      const cash = await all({ filter: { types: ["cash"] } }, TRADES);
      expect(cash.nodes).toEqual(nodes.filter((node) => (node as unknown as { type: string }).type === "cash"));
      expect(cash.total).toBeNull();
      const dividends = await all({ filter: { search: "dividend" } }, TRADES);
      expect(dividends.nodes).toEqual(cash.nodes);
    });

    it("stand below items and accounts, and are found by id, their securities too", async () => {
      const below = "investmentTransactions(first: 1) { nodes { id security { id } } }";
      const { data, errors } = await gateway.query(
        `{ items { nodes { ${below} } } accounts(filter: { types: [INVESTMENT] }) { nodes { ... on InvestmentAccount { ${below} } } } }`,
      );
      expect(errors).toEqual([]);
      const given = [...data.items.nodes, ...data.accounts.nodes].flatMap(
        ({ investmentTransactions }) => investmentTransactions.nodes,
      );
      expect(given.length).toBeGreaterThan(2);
      const ids = given.flatMap(({ id, security }) => [id, security.id]);
      const found = await gateway.query("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids });
      expect(found.errors).toEqual([]);
      expect(found.data.nodes).toEqual(ids.map((id) => ({ id })));
    });

    it("name securities that are found by id though they are held no more", async () => {
      const { nodes } = await page({ first: 1, filter: { itemIds: [items[1]] } }, TRADES);
      sandbox.faults.script({
        ...{ provider: "PLAID", endpoint: "/investments/holdings/get", kind: "mutate" },
        mutate: (body) => ({ ...body, holdings: [], securities: [] }),
      });
      const { data, errors } = await gateway.query(
        "query ($id: ID!) { node(id: $id) { id ... on Security { tickerSymbol } } }",
        { id: nodes[0].security.id },
      );
      expect(errors).toEqual([]);
      expect(data.node).toEqual(nodes[0].security);
      const strange = Buffer.from(
        JSON.stringify([
          ...JSON.parse(Buffer.from(nodes[0].security.id, "base64url").toString()).slice(0, 2),
          "nothing",
        ]),
      ).toString("base64url");
      const none = await gateway.query("query ($id: ID!) { node(id: $id) { id } }", { id: strange });
      expect(none.errors[0]?.extensions.code).toBe("NOT_FOUND");
    });

    it("are refreshed where the aggregator can: Link Money cannot", async () => {
      const refresh = (id: string | undefined) =>
        gateway.query("mutation ($id: ID!) { refreshInvestments(itemId: $id) { item { id } } }", { id });
      expect((await refresh(items[1])).data.refreshInvestments.item.id).toBe(items[1]);
      const told = async () =>
        (await gateway.query("{ events { nodes { type } } }")).data.events.nodes.map(
          ({ type }: { type: string }) => type,
        );
      await until(async () => (await told()).includes("INVESTMENT_TRANSACTIONS_UPDATED"));
      await until(async () => (await told()).includes("HOLDINGS_UPDATED"));
      const { data, errors } = await refresh(items[2]);
      expect(data).toEqual({ refreshInvestments: null });
      expect(errors[0]?.extensions).toMatchObject({ code: "PRODUCT_UNSUPPORTED", provider: "LINK_MONEY" });
    });
  });
});
