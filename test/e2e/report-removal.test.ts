import { afterEach, expect, it } from "@jest/globals";
import { systemClock } from "../../src/clock.ts";
import { connectRedis } from "../../src/redis.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { eachDatabase, silentLog } from "../support/database.ts";
import { type Gateway, linkHousehold, startGateway, testSandbox } from "../support/gateway.ts";
import { describeWithRedis, redisTestUrl } from "../support/redis.ts";
import { tablesWith } from "../support/scan-database.ts";
import { until } from "../support/until.ts";

const SSN = "123-45-6789";
const JUST_NUMBERS = /^(\d+|\{"value":"\d+","expires":\d+\})$/;
let sandbox: Sandbox;
let gateway: Gateway;
async function close() {
  await gateway.close();
  await sandbox.close();
}

/** A ready report over the household, read with all that it has; and words that stand in it. */
async function readReport() {
  const itemIds = await linkHousehold(gateway, sandbox);
  const created = await gateway.query(
    "mutation ($input: CreateReportInput!) { createReport(input: $input) { report { id } } }",
    { input: { itemIds, daysRequested: 90, user: { firstName: "Wilhelmina", ssn: SSN } } },
  );
  const { id } = created.data.createReport.report;
  for await (const _ of gateway.subscribe("subscription ($id: ID!) { reportStatus(id: $id) { status } }", { id }));
  const { data, errors } = await gateway.query(CONTENT, { id });
  expect(errors).toEqual([]);
  const accounts: Told[] = data.report.content.items.flatMap((item: { accounts: Told[] }) => item.accounts);
  const words = accounts.flatMap(({ name, owners, transactions, holdings, investmentTransactions }) => [
    ...[name, ...owners.flatMap(({ names }) => names)],
    ...[...transactions.nodes, ...investmentTransactions.nodes].map(({ remoteId }) => remoteId),
    ...holdings.nodes.map(({ security }) => security.remoteId),
  ]);
  expect(words.length).toBeGreaterThan(100);
  return { id, words: [...new Set([...words, SSN, "Wilhelmina"])] };
}

async function remove(id: string): Promise<void> {
  const { errors } = await gateway.query("mutation ($id: ID!) { removeReport(id: $id) { report { status } } }", { id });
  expect(errors).toEqual([]);
  const removals = () => sandbox.calls().filter(({ endpoint }) => endpoint === "/asset_report/remove");
  await until(() => removals().filter(({ status }) => status === 200).length === 2);
}

eachDatabase((_, open) => {
  afterEach(close);

  it("leaves nothing of its content in any table, and never kept a word of it in clear", async () => {
    sandbox = await testSandbox();
    const store = await open();
    gateway = await startGateway(sandbox, { store });
    const { id, words } = await readReport();
    const heads = await store.db.selectFrom("report_head").select("head_sealed as sealed").execute();
    const pages = await store.db.selectFrom("report_page").select("page_sealed as sealed").execute();
    const users = await store.db.selectFrom("report").select("user_sealed as sealed").execute();
    const tokens = await store.db.selectFrom("report_source").select("token_sealed as sealed").execute();
    const sealed = [...heads, ...pages, ...users, ...tokens].map((row) =>
      (row.sealed ?? Buffer.from("?")).toString("hex"),
    );
    expect(heads).toHaveLength(2);
    expect(await tablesWith(store, sealed)).toEqual([
      "public.report",
      "public.report_head",
      "public.report_page",
      "public.report_source",
    ]);
    expect(await tablesWith(store, words)).toEqual([]);
    await remove(id);
    await until(async () => (await tablesWith(store, sealed)).length === 0);
    expect(await tablesWith(store, words)).toEqual([]);
  });
});

describeWithRedis("with a shared cache", () => {
  afterEach(close);

  it("keeps nothing of a report in it: all that stands there is numbers, of calls and of moments", async () => {
    const url = new URL(redisTestUrl);
    url.pathname = "/11"; // its own among Redis' numbered databases: other suites fill the first at the same time
    const redis = connectRedis(url.href, { clock: systemClock, log: silentLog });
    try {
      await until(() => redis.client.isReady);
      await redis.client.flushDb();
      sandbox = await testSandbox();
      gateway = await startGateway(sandbox, { env: { REDIS_URL: url.href } });
      const { id } = await readReport();
      await remove(id);
      await linkHousehold(gateway, sandbox); // again: that leaves its moment
      const keys = await redis.client.keys("*");
      const values = await Promise.all(keys.map((key) => redis.client.get(key)));
      expect(keys.length).toBeGreaterThan(0);
      expect(values.filter((value) => value !== null && !JUST_NUMBERS.test(value))).toEqual([]);
      await redis.client.flushDb();
    } finally {
      await redis.close();
    }
  });
});

interface Told {
  name: string;
  owners: { names: string[] }[];
  transactions: { nodes: { remoteId: string }[] };
  holdings: { nodes: { security: { remoteId: string } }[] };
  investmentTransactions: { nodes: { remoteId: string }[] };
}

const CONTENT = `query ($id: ID!) { report(id: $id) { content { items { accounts {
  name owners { names } historicalBalances { current } duplicateOf { id }
  transactions(first: 500) { nodes { remoteId name } } holdings(first: 500) { nodes { security { remoteId } } }
  investmentTransactions(first: 500) { nodes { remoteId } }
} } } } }`;
