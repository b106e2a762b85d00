import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { type DocumentNode, print } from "graphql";
import { PortfolioDocument, ReportContentDocument, TransactionsDocument } from "../../examples/generated/operations.ts";
import { problemsOf } from "../../examples/problems.ts";
import { SCOPES } from "../../src/auth.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { type Gateway, linkHousehold, startGateway, testSandbox, tokenOf, type Who } from "../support/gateway.ts";
import { type SwitchableProxy, switchableProxy } from "../support/switchable-proxy.ts";
import { EXAMPLES } from "./clients.ts";

/** As an answer would be without what a client adds to each object, and without when it was read. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, one) => (["__typename", "fetchedAt", "problems"].includes(key) ? undefined : one)),
  );
}

/** What the tests read of a portfolio. */
interface Items {
  items: { edges: { node: { id: string; health: { status: string } } }[] };
}

describe("the examples for front ends", () => {
  let sandbox: Sandbox;
  let gateway: Gateway;
  let proxy: SwitchableProxy;
  let itemIds: string[];
  let remoteIds: string[];
  const realFetch = globalThis.fetch;
  const requests = jest.spyOn(globalThis, "fetch");

  beforeAll(async () => {
    sandbox = await testSandbox();
    // no cache in the gateway: what a client does not ask for again it has itself
    gateway = await startGateway(sandbox, { env: { CACHE_TTL_S: "0", REPORT_POLL_MS: "1000" } });
    proxy = await switchableProxy({ host: "127.0.0.1", port: Number(new URL(gateway.app.url).port) });
    itemIds = await linkHousehold(gateway, sandbox);
    const { data } = await gateway.query("{ items { nodes { remoteId } } }");
    remoteIds = data.items.nodes.map(({ remoteId }: { remoteId: string }) => remoteId);
  });
  afterEach(() => sandbox.faults.clear());
  afterAll(async () => {
    requests.mockRestore();
    await proxy.cut();
    await gateway.close();
    await sandbox.close();
  });

  const expected = async (document: DocumentNode, variables = {}) => {
    const { data, errors } = await gateway.query(print(document), variables);
    expect(errors).toEqual([]);
    return plain(data);
  };
  /** Has the aggregator send a webhook about the first item. */
  const announce = () =>
    sandbox.sendWebhook("PLAID", `${gateway.app.url}/webhooks/plaid`, {
      webhook_type: "HOLDINGS",
      webhook_code: "DEFAULT_UPDATE",
      item_id: remoteIds[0],
    });
  const fails = (code: string, index = 0, endpoint?: string) =>
    sandbox.faults.script({ provider: "PLAID", itemId: remoteIds[index] as string, endpoint, kind: "error", code });

  describe.each(EXAMPLES)("$name", ({ open, caches }) => {
    const connect = (who: Who = {}) =>
      open({ url: `http://127.0.0.1:${proxy.port}/graphql`, token: () => tokenOf(who) });

    it("shows the portfolio, each kind of account with its own fields", async () => {
      const shown = await connect().portfolio();
      expect(shown.problems).toEqual([]);
      expect(plain(shown)).toEqual(await expected(PortfolioDocument));
      expect(JSON.stringify(shown)).toMatch(/"lastStatementBalance":"[\d.]+"/);
      expect(JSON.stringify(shown)).toMatch(/"maturityDate":"\d/);
      expect(JSON.stringify(shown)).toMatch(/"loanName":"\w/);
      expect(JSON.stringify(shown)).toMatch(/"tickerSymbol":"\w/);
    });

    it("shows beside the nodes what could not be had", async () => {
      fails("INSTITUTION_DOWN");
      const shown = await connect().portfolio();
      expect(shown).toMatchObject({
        problems: [],
        accounts: {
          unavailable: [
            { item: { id: itemIds[0] }, action: "RETRY_LATER", error: { code: "INSTITUTION_UNAVAILABLE" } },
          ],
        },
      });
      expect(plain(shown)).toEqual(await expected(PortfolioDocument));
    });

    it("shows the rest where a field is refused", async () => {
      const shown = await connect({ scopes: SCOPES.filter((scope) => scope !== "pii:read") }).portfolio();
      const whole = (await expected(PortfolioDocument)) as { accounts: { edges: { node: object }[] } };
      expect(plain(shown)).toMatchObject({
        accounts: { edges: whole.accounts.edges.map(({ node }) => ({ node: { ...node, owners: null } })) },
      });
      expect(shown.problems).toMatchObject([{ code: "FORBIDDEN", retryable: false }]);
    });

    it(caches ? "asks for what it has not again" : "asks anew each time", async () => {
      const client = connect();
      const first = await client.portfolio();
      requests.mockClear();
      expect(plain(await client.portfolio())).toEqual(plain(first));
      expect(requests).toHaveBeenCalledTimes(caches ? 0 : 1);
    });

    it("makes one list of the pages, and keeps what was missing from any of them", async () => {
      const filter = { itemIds };
      const client = connect();
      sandbox.faults.script({
        provider: "LINK_MONEY",
        endpoint: "/transactions/get",
        kind: "error",
        code: "INSTITUTION_DOWN",
      });
      const pages = await client.transactions({ first: 20, filter });
      expect(pages.list().edges).toHaveLength(20);
      expect(pages.list().unavailable).toMatchObject([{ item: { id: itemIds[2] }, product: "TRANSACTIONS" }]);
      sandbox.faults.clear();
      fails("INSTITUTION_DOWN");
      await pages.more();
      const { edges, unavailable } = pages.list();
      expect(edges).toHaveLength(40);
      expect(unavailable).toMatchObject([{ item: { id: itemIds[2] } }, { item: { id: itemIds[0] } }]);
      pages.close?.();
    });

    it("pages to the end as one request would", async () => {
      const filter = { startDate: new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10) };
      const pages = await connect().transactions({ first: 10, filter });
      while (pages.list().pageInfo.hasNextPage) await pages.more();
      const whole = (await expected(TransactionsDocument, { first: 500, filter })) as {
        transactions: { edges: { node: unknown }[] };
      };
      expect(whole.transactions.edges.length).toBeGreaterThan(20);
      // a cursor also tells where the page that it stood on was read from
      const edges = plain(pages.list().edges) as typeof whole.transactions.edges;
      expect(edges.map(({ node }) => node)).toEqual(whole.transactions.edges.map(({ node }) => node));
      pages.close?.();
    });

    it("creates a report, tells how far it is, and gives it when it is ready", async () => {
      const seen: string[] = [];
      const report = await connect().createReport(
        { itemIds, daysRequested: 30 },
        { onProgress: ({ status }) => void seen.push(status) },
      );
      expect(seen[0]).toBe("PENDING");
      expect(seen.at(-1)).toBe("READY");
      const whole = (await expected(ReportContentDocument, { id: report.id })) as { report: object };
      expect(plain(report)).toMatchObject(whole.report);
      expect(report.content).not.toBeNull();
    });

    it("creates one report, also where the answer is lost", async () => {
      const count = async () => (await gateway.query("{ reports { totalCount } }")).data.reports.totalCount;
      const before = await count();
      requests.mockImplementationOnce(async (...args) => {
        await realFetch(...args);
        throw new TypeError("fetch failed");
      });
      const report = await connect().createReport({ itemIds: itemIds.slice(0, 1), daysRequested: 1 });
      expect(report.status).toBe("READY");
      expect(await count()).toBe(before + 1);
    });

    it("waits on for a report over a lost connection", async () => {
      sandbox.faults.script({ provider: "PLAID", kind: "webhook-lost" });
      const seen: string[] = [];
      const ready = connect().createReport(
        { itemIds: itemIds.slice(0, 1), daysRequested: 1 },
        {
          onProgress({ status }) {
            if (seen.push(status) === 1) proxy.drop();
          },
        },
      );
      expect(await ready).toMatchObject({ status: "READY" });
      expect(seen.length).toBeGreaterThan(1);
    });

    it("has the person repair an item, and shows that it works", async () => {
      for (const endpoint of ["/accounts/get", "/accounts/balance/get"]) fails("ITEM_LOGIN_REQUIRED", 1, endpoint);
      await connect().portfolio();
      const linked: string[] = [];
      const health = await connect().repairItem(itemIds[1] as string, async (linkToken) => {
        linked.push(linkToken);
        sandbox.faults.clear(); // the person has signed in again
      });
      expect(linked).toEqual([expect.stringMatching(/^link-/)]);
      expect(health).toMatchObject({ status: "HEALTHY", action: "NONE" });
      expect(await connect().repairItem(itemIds[1] as string, () => Promise.reject(new Error("not needed")))).toEqual(
        health,
      );
    });

    it("follows the events over lost connections, each once and in order", async () => {
      const { data } = await gateway.query("{ events(first: 500) { nodes { id cursor type } } }");
      const [start, ...missed] = data.events.nodes;
      const seen: string[] = [];
      const leave = new AbortController();
      const following = connect().followEvents(
        start.cursor,
        async ({ id }) => {
          seen.push(id);
          if (seen.length === 2) proxy.drop();
          if (seen.length === missed.length) await announce();
          if (seen.length > missed.length) leave.abort();
        },
        leave.signal,
      );
      await following;
      const { data: after } = await gateway.query(
        "query ($after: String) { events(first: 500, after: $after) { nodes { id } } }",
        {
          after: start.cursor,
        },
      );
      expect(missed.length).toBeGreaterThan(2);
      expect(seen).toEqual(after.events.nodes.map(({ id }: { id: string }) => id));
    });

    it("has what an event tells of an item where it was shown", async () => {
      const client = connect();
      const shown = (await client.portfolio()) as unknown as Items;
      const statusOf = ({ items }: Items) => items.edges.find(({ node }) => node.id === itemIds[2])?.node.health.status;
      expect(statusOf(shown)).toBe("HEALTHY");
      const { data } = await gateway.query("{ events(first: 500) { nodes { cursor } } }");
      const leave = new AbortController();
      const following = client.followEvents(data.events.nodes.at(-1).cursor, () => leave.abort(), leave.signal);
      sandbox.faults.script({
        provider: "LINK_MONEY",
        endpoint: "/accounts/get",
        kind: "error",
        code: "ITEM_LOGIN_REQUIRED",
      });
      await gateway.query("{ accounts { totalCount } }");
      await following;
      requests.mockClear();
      const again = (await client.portfolio()) as unknown as Items;
      expect(statusOf(again)).toBe("ACTION_REQUIRED");
      expect(requests).toHaveBeenCalledTimes(caches ? 0 : 1);
      sandbox.faults.clear();
      await gateway.query("{ accounts { totalCount } }"); // heals it
    });

    it("says when the feed does not know the cursor", async () => {
      const following = connect().followEvents("none", () => {}, new AbortController().signal);
      const error = await following.catch((reason: unknown) => reason);
      expect(problemsOf(error)).toMatchObject([{ code: "BAD_USER_INPUT" }]);
    });

    it("renews a token that is refused", async () => {
      const asked: boolean[] = [];
      const client = open({
        url: `http://127.0.0.1:${proxy.port}/graphql`,
        async token(renew) {
          asked.push(renew);
          return renew ? tokenOf() : "not a token";
        },
      });
      expect((await client.portfolio()).problems).toEqual([]);
      expect(asked).toEqual([false, true]);
      const leave = new AbortController();
      const { data } = await gateway.query("{ events(first: 1) { nodes { cursor } } }");
      await client.followEvents(data.events.nodes[0].cursor, () => leave.abort(), leave.signal);
      expect(asked.at(-1)).toBe(true);
    });
  });
});
