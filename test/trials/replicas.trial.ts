import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, it } from "@jest/globals";
import { aggregatorOf } from "../../adapters/registry.ts";
import { delay, systemClock } from "../../src/clock.ts";
import { IMITATED, type Imitated } from "../../src/sandbox/imitated.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { aggregatorEnv } from "../support/aggregator-env.ts";
import { askAt } from "../support/ask-at.ts";
import { onPostgres } from "../support/database.ts";
import { SECRET, testSandbox } from "../support/gateway.ts";
import { type GatewayProcess, startProcess } from "../support/process.ts";
import { redisTestUrl } from "../support/redis.ts";
import { type Subscriber, subscribeTo, TRANSPORTS } from "../support/subscriber.ts";
import { until } from "../support/until.ts";

const ROOT = join(import.meta.dirname, "../..");
const VIEWER = "alice";
const REPORT_MS = 50;
/** A subscriber to one replica has it so long after the other answered 200 to the webhook. */
const WITHIN_MS = 1_000;
const EVENTS = "subscription ($after: String) { events(after: $after) { cursor type newCount } }";
const STATUS = "subscription ($id: ID!) { reportStatus(id: $id) { status } }";
const CREATE = "mutation ($input: CreateReportInput!) { createReport(input: $input) { report { id } } }";

interface SeenEvent {
  events: { cursor: string; type: string; newCount: number | null };
}

onPostgres((open) => {
  let dataDir: string;
  let sandbox: Sandbox;
  let one: GatewayProcess;
  let other: GatewayProcess;
  let items: { id: string; remoteId: string; provider: Imitated }[];
  const subscribers: Subscriber<unknown>[] = [];

  beforeAll(() => {
    execFileSync(process.execPath, ["scripts/build-if-needed.js"], { cwd: ROOT });
  });
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "tributary-trial-"));
    sandbox = await testSandbox({ reportMs: REPORT_MS });
    const store = await open();
    const env = {
      DATA_DIR: dataDir,
      DATABASE_URL: open.url(store),
      ...(redisTestUrl && { REDIS_URL: redisTestUrl }),
      ENCRYPTION_KEYS: `trial:${Buffer.alloc(32, 20).toString("base64")}`,
      AUTH_JWT_SECRET: SECRET,
      ...aggregatorEnv(sandbox),
      REPORT_POLL_MS: "60000",
    };
    [one, other] = await Promise.all([startProcess(env), startProcess(env)]);
    items = [];
    for (const provider of IMITATED) {
      const { accessToken, itemId } = sandbox.createItem(provider);
      const { importItem } = await askAt(
        other.url,
        VIEWER,
        "mutation ($input: ImportItemInput!) { importItem(input: $input) { item { id } } }",
        { input: { provider, accessToken } },
      );
      items.push({ id: importItem.item.id, remoteId: itemId, provider });
    }
    await until(async () => {
      const feed = await askAt(other.url, VIEWER, "{ events(types: [ITEM_WEBHOOK_UPDATED]) { nodes { id } } }");
      return feed.events.nodes.length === items.length;
    });
  });
  afterEach(async () => {
    for (const subscriber of subscribers.splice(0)) subscriber.stop();
    await Promise.all([one.kill("SIGKILL"), other.kill("SIGKILL")]);
    await sandbox.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** Delivers a webhook to a replica: when it was answered 200. */
  async function deliver(to: GatewayProcess, provider: Imitated, body: object): Promise<number> {
    expect(await sandbox.sendWebhook(provider, `${to.url}/webhooks/${aggregatorOf(provider).slug}`, body)).toBe(200);
    return Date.now();
  }

  /** An event that is told from the others by its count. */
  async function deliverNumber(to: GatewayProcess, number: number): Promise<number> {
    const { provider, remoteId } = items[number % items.length] ?? { provider: "PLAID", remoteId: "" };
    return deliver(to, provider, {
      ...{ webhook_type: "TRANSACTIONS", webhook_code: "DEFAULT_UPDATE", item_id: remoteId },
      ...{ new_transactions: number, error: null },
    });
  }

  /** Follows a feed from after that cursor. */
  async function follow(
    transport: (typeof TRANSPORTS)[number],
    at: GatewayProcess,
    after: string,
  ): Promise<Subscriber<SeenEvent>> {
    const subscriber = await subscribeTo<SeenEvent>(transport, at.url, VIEWER, { query: EVENTS, variables: { after } });
    subscribers.push(subscriber);
    return subscriber;
  }

  async function newestCursor(): Promise<string> {
    return (await askAt(other.url, VIEWER, "{ events { pageInfo { endCursor } } }")).events.pageInfo.endCursor;
  }

  /** The feed as it stands. */
  async function cursorsAfter(after: string): Promise<string[]> {
    const query = "query ($after: String) { events(first: 200, after: $after) { nodes { cursor } } }";
    const { events } = await askAt(other.url, VIEWER, query, { after });
    return events.nodes.map(({ cursor }: { cursor: string }) => cursor);
  }

  /** The report once it is no longer pending. */
  async function finalReport(id: string): Promise<{ status: string }> {
    let report = { status: "PENDING" };
    await until(async () => {
      ({ report } = await askAt(one.url, VIEWER, "query ($id: ID!) { report(id: $id) { status } }", { id }));
      return report.status !== "PENDING";
    });
    return report;
  }

  it("a webhook to one is at the other's subscribers within a second", async () => {
    const after = await newestCursor();
    const followers = await Promise.all(TRANSPORTS.map((transport) => follow(transport, one, after)));
    const answered: number[] = [];
    for (let number = 0; number < 40; number++) {
      answered.push(await deliverNumber(other, number));
      await delay(systemClock, 25);
    }
    for (const [index, follower] of followers.entries()) {
      await until(() => follower.received.length === answered.length);
      const arrivals = new Map(follower.received.map(({ data, at }) => [data.events.newCount, at]));
      const waits = answered.map((at, number) => (arrivals.get(number) ?? Number.NaN) - at).sort((a, b) => a - b);
      console.log(`${TRANSPORTS[index]}: ${waits[waits.length >> 1]} ms after the 200, at most ${waits.at(-1)} ms`);
      expect(waits.at(-1)).toBeLessThan(WITHIN_MS);
    }
  });

  it("a report that becomes ready through one is READY at the other's subscribers within a second", async () => {
    const waits: string[] = [];
    const input = { itemIds: items.map(({ id }) => id), daysRequested: 30 };
    // the imitated aggregators make up what an item holds when it is first read
    await finalReport((await askAt(other.url, VIEWER, CREATE, { input })).createReport.report.id);
    for (const transport of [...TRANSPORTS, ...TRANSPORTS, ...TRANSPORTS]) {
      for (const { provider } of items) sandbox.faults.script({ kind: "webhook-lost", provider, times: 1 });
      const { id } = (await askAt(other.url, VIEWER, CREATE, { input })).createReport.report;
      const watcher = await subscribeTo<{ reportStatus: { status: string } }>(transport, one.url, VIEWER, {
        ...{ query: STATUS, variables: { id } },
      });
      subscribers.push(watcher);
      let sources: { provider: Imitated; remoteId: string | null }[] = [];
      await until(async () => {
        const query = "query ($id: ID!) { report(id: $id) { sources { provider remoteId } } }";
        sources = (await askAt(other.url, VIEWER, query, { id })).report.sources;
        return sources.every(({ remoteId }) => remoteId !== null) && watcher.received.length > 0;
      });
      await delay(systemClock, 2 * REPORT_MS); // the aggregators have it ready
      let answered = 0;
      for (const { provider, remoteId } of sources) {
        const body = { webhook_type: "ASSETS", webhook_code: "PRODUCT_READY", asset_report_id: remoteId };
        answered = await deliver(other, provider, body);
      }
      await until(() => watcher.ended);
      const statuses = watcher.received.map(({ data }) => data.reportStatus.status);
      expect([statuses.at(0), statuses.at(-1)]).toEqual(["PENDING", "READY"]);
      const wait = (watcher.received.at(-1)?.at ?? 0) - answered;
      waits.push(`${transport} ${wait} ms`);
      expect(wait).toBeLessThan(WITHIN_MS);
    }
    console.log(`READY after the last 200: ${waits.join(", ")}`);
  });

  it("a subscriber of one that is killed goes on at the other: nothing lost, nothing twice, in order", async () => {
    const COUNT = 120;
    const after = await newestCursor();
    const before = await Promise.all(TRANSPORTS.map((transport) => follow(transport, one, after)));
    let sent = 0;
    const sending = (async () => {
      for (; sent < COUNT; sent++) await deliverNumber(other, sent);
    })();
    await until(() => before.every(({ received }) => received.length >= 30));
    await one.kill("SIGKILL");
    await until(() => before.every(({ ended }) => ended));
    const [seen, atKill] = [before.map(({ received }) => received.length), sent];
    for (const [index, transport] of TRANSPORTS.entries()) {
      const first = before[index];
      const last = first?.received.at(-1)?.data.events.cursor;
      if (!first || !last) throw new Error(`${transport} received nothing.`);
      const second = await follow(transport, other, last);
      await until(() => first.received.length + second.received.length >= COUNT);
      await sending;
      const received = [...first.received, ...second.received].map(({ data }) => data.events);
      expect(received.map(({ cursor }) => cursor)).toEqual(await cursorsAfter(after));
      // webhooks of one item take effect in the order in which they came
      for (const start of items.keys()) {
        const expected = Array.from({ length: COUNT / items.length }, (_, n) => start + n * items.length);
        const ofItem = received.map(({ newCount }) => newCount).filter((n) => n !== null && n % items.length === start);
        expect(ofItem).toEqual(expected);
      }
    }
    console.log(`killed when ${atKill} of ${COUNT} were sent and ${seen.join(" and ")} received`);
  });

  it("a report that both are asked for under one key is created once", async () => {
    for (let round = 0; round < 10; round++) {
      sandbox.clearCalls();
      const input = { itemIds: items.map(({ id }) => id), daysRequested: 30, idempotencyKey: `key-${round}` };
      const made = await Promise.all([one, other, one, other].map(({ url }) => askAt(url, VIEWER, CREATE, { input })));
      const ids = new Set(made.map(({ createReport }) => createReport.report.id));
      expect(ids.size).toBe(1);
      const [id = ""] = ids;
      expect((await finalReport(id)).status).toBe("READY");
      const creates = sandbox.calls().filter(({ endpoint }) => endpoint === "/asset_report/create");
      expect(creates.map(({ provider }) => provider).sort()).toEqual([...IMITATED].sort());
    }
  });
});
