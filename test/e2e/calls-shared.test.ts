import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { manualClock } from "../../src/clock.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { type Gateway, linkHousehold, startGateway, testSandbox, tokenOf } from "../support/gateway.ts";
import { turnUntil } from "../support/turn-until.ts";
import { until } from "../support/until.ts";

const EVERYTHING = `{
  accounts { totalCount } holdings { totalCount } liabilities { totalCount }
  transactions { totalCount } investmentTransactions { totalCount }
}`;

describe("upstream calls over several operations", () => {
  const clock = manualClock(Date.now());
  let sandbox: Sandbox;
  let gateway: Gateway;

  beforeEach(async () => {
    sandbox = await testSandbox({ clock });
    gateway = await startGateway(sandbox);
    await linkHousehold(gateway, sandbox);
    sandbox.clearCalls();
  });
  afterEach(async () => {
    await gateway.close();
    await sandbox.close();
  });

  const counted = () => {
    const counts: Record<string, number> = {};
    for (const { endpoint } of sandbox.calls()) counts[endpoint] = (counts[endpoint] ?? 0) + 1;
    return counts;
  };

  it("for an institution are one, however many items are of it and whoever asks", async () => {
    const ask = "{ items { nodes { institution { id name } } } }";
    const link = "mutation ($publicToken: String!) { linkItem(input: { publicToken: $publicToken }) { item { id } } }";
    for (const viewer of ["alice", "bob"]) {
      expect((await gateway.query(link, { publicToken: sandbox.createPublicToken() }, { viewer })).errors).toEqual([]);
    }
    sandbox.clearCalls();
    const { data } = await gateway.query(ask);
    const ids = data.items.nodes.map(({ institution }: { institution: { id: string } }) => institution.id);
    expect([ids.length, new Set(ids).size]).toEqual([4, 3]);
    expect(counted()).toEqual({ "/institutions/get_by_id": 3 });
    const bobs = await gateway.query(ask, {}, { viewer: "bob" });
    expect(ids).toContain(bobs.data.items.nodes[0].institution.id);
    expect(counted()).toEqual({ "/institutions/get_by_id": 3 });
  });

  it.each<[string, string, Record<string, number>]>([
    ["TRANSACTIONS", "DEFAULT_UPDATE", { "/accounts/get": 1, "/transactions/get": 1 }],
    ["HOLDINGS", "DEFAULT_UPDATE", { "/accounts/get": 1, "/investments/holdings/get": 1 }],
    ["INVESTMENTS_TRANSACTIONS", "DEFAULT_UPDATE", { "/investments/transactions/get": 1 }],
    ["LIABILITIES", "DEFAULT_UPDATE", { "/accounts/get": 1, "/liabilities/get": 1 }],
    ["ITEM", "PENDING_EXPIRATION", {}],
  ])("after the webhook %s %s are only those of what it made stale, of its item", async (type, code, wanted) => {
    await gateway.query(EVERYTHING);
    const itemId = sandbox.calls().find(({ provider }) => provider === "LINK_MONEY")?.itemId;
    await sandbox.sendWebhook("LINK_MONEY", `${gateway.app.url}/webhooks/link-money`, {
      ...{ webhook_type: type, webhook_code: code, item_id: itemId, error: null },
      consent_expiration_time: new Date(clock.now() + 86_400_000).toISOString(),
    });
    const last = "{ items { nodes { lastWebhookCode provider } } }";
    await until(async () => (await gateway.query(last)).data.items.nodes.some(isOf(code)));
    sandbox.clearCalls();
    expect((await gateway.query(EVERYTHING)).errors).toEqual([]);
    expect(counted()).toEqual(wanted);
    expect(sandbox.calls().every((call) => call.itemId === itemId)).toBe(true);
  });

  it.each([
    ["{ transactions { totalCount nodes { id } } }", { "/transactions/get": 3 }],
    ["{ investmentTransactions { totalCount nodes { id } } }", { "/investments/transactions/get": 3 }],
    ["{ holdings { nodes { id account { id } } } }", { "/investments/holdings/get": 3 }],
    ["{ netWorth { totals { net } } }", { "/accounts/get": 3 }],
    ["{ items { nodes { institution { name } } } }", { "/institutions/get_by_id": 3 }],
  ])("of fifty at once are those of one: %s", async (document, wanted) => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => gateway.query(document)));
    expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1);
    expect(counted()).toEqual(wanted);
  });

  describe("that a client has left", () => {
    const document = "{ transactions(first: 5) { nodes { id } } }";

    /** Asks as Alice; `leave` breaks the connection off. */
    async function ask() {
      const leaving = new AbortController();
      const headers = { "content-type": "application/json", authorization: `Bearer ${await tokenOf()}` };
      const body = JSON.stringify({ query: document });
      const { signal } = leaving;
      const answer = fetch(`${gateway.app.url}/graphql`, { method: "POST", headers, body, signal }).then(
        ({ status }) => status,
        () => "left",
      );
      return { answer, leave: () => leaving.abort() };
    }
    const asked = (count: number) => until(() => sandbox.calls().length === count);
    beforeEach(() => {
      for (const provider of ["PLAID", "LINK_MONEY"] as const) {
        sandbox.faults.script({ provider, endpoint: "/transactions/get", kind: "latency", ms: 1_000 });
      }
    });

    it("end when nobody else waits for them: who asks next asks anew", async () => {
      const alone = await ask();
      await asked(3);
      alone.leave();
      expect(await alone.answer).toBe("left");
      await new Promise((passed) => setTimeout(passed, 400)); // until the gateway has heard of it
      const next = await ask();
      await asked(6);
      expect(await turnUntil(clock, next.answer)).toBe(200);
    });

    it("go on while another waits, and serve who comes later", async () => {
      const [first, second] = [await ask(), await ask()];
      await asked(3);
      await new Promise((passed) => setTimeout(passed, 400)); // until both wait
      first.leave();
      expect(await first.answer).toBe("left");
      await new Promise((passed) => setTimeout(passed, 400));
      const third = await ask();
      expect(await turnUntil(clock, Promise.all([second.answer, third.answer]))).toEqual([200, 200]);
      expect(counted()).toEqual({ "/transactions/get": 3 });
    });
  });
});

function isOf(code: string) {
  return ({ provider, lastWebhookCode }: { provider: string; lastWebhookCode: string | null }) =>
    provider === "LINK_MONEY" && lastWebhookCode === code;
}
