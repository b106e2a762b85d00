import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, it } from "@jest/globals";
import { delay, systemClock } from "../../src/clock.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { aggregatorEnv } from "../support/aggregator-env.ts";
import { askAt } from "../support/ask-at.ts";
import { onPostgres } from "../support/database.ts";
import { SECRET, testSandbox } from "../support/gateway.ts";
import { forgetPeak, memoryOf } from "../support/memory-of.ts";
import { startProcess } from "../support/process.ts";
import { until } from "../support/until.ts";

const ROOT = join(import.meta.dirname, "../..");
const GET = "/asset_report/get";
const VIEWER = "alice";
/** The most of one source, and the longest history. */
const ITEMS = 99;
const DAYS = 731;
/** What the process may grow by while it stores the report, and while that is read page by page. */
const STORING_MB = 200;
const READING_MB = 100;

const IMPORT = "mutation ($input: ImportItemInput!) { importItem(input: $input) { item { id } } }";
const CREATE = "mutation ($input: CreateReportInput!) { createReport(input: $input) { report { id } } }";
const STATUS = "query ($id: ID!) { report(id: $id) { status error { code message } } }";
const ACCOUNTS = "query ($id: ID!) { report(id: $id) { content { items { accounts { id } } } } }";
const PAGE = `query ($id: ID!, $after: String) { node(id: $id) { ... on ReportAccount {
  transactions(first: 100, after: $after) { nodes { date amount } pageInfo { hasNextPage endCursor } } } } }`;

/** What an aggregator gives of one item of that size: three accounts, a balance of each day, a transaction a day or two. */
const ACCOUNTS_EACH = 3;
const TRANSACTIONS_EACH = 700;

onPostgres((open) => {
  beforeAll(() => {
    execFileSync(process.execPath, ["scripts/build-if-needed.js"], { cwd: ROOT });
  });

  it(`a report of ${ITEMS} items over ${DAYS} days is stored and read in bounded memory`, async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "tributary-trial-"));
    const sandbox = await testSandbox({ reportMs: 0 });
    const aggregator = await largeReports(sandbox);
    const store = await open();
    const gateway = await startProcess({
      ...{ DATA_DIR: dataDir, DATABASE_URL: open.url(store), AUTH_JWT_SECRET: SECRET, LOG_LEVEL: "warn" },
      ...aggregatorEnv(sandbox),
      PLAID_BASE_URL: aggregator.url,
    });
    const ask = (query: string, variables: object) => askAt(gateway.url, VIEWER, query, variables);
    try {
      const itemIds: string[] = [];
      for (let item = 0; item < ITEMS; item++) {
        const { accessToken } = sandbox.createItem("PLAID");
        const { importItem } = await ask(IMPORT, { input: { provider: "PLAID", accessToken } });
        itemIds.push(importItem.item.id);
      }
      await delay(systemClock, 1_000); // what linking them left to do
      const before = await memoryOf(gateway.pid);
      await forgetPeak(gateway.pid);

      const began = Date.now();
      const { id } = (await ask(CREATE, { input: { itemIds, daysRequested: DAYS } })).createReport.report;
      let report = { status: "PENDING", error: null };
      await until(async () => {
        await delay(systemClock, 100);
        ({ report } = await ask(STATUS, { id }));
        return report.status !== "PENDING";
      }, 60_000);
      const storedMs = Date.now() - began;
      const stored = await memoryOf(gateway.pid);
      expect(report).toEqual({ status: "READY", error: null });
      console.log(
        `${(aggregator.bytes() / 1e6).toFixed(1)} MB stored in ${storedMs} ms; before ${Math.round(before.now)} MB, at most ${Math.round(stored.peak)} MB, then ${Math.round(stored.now)} MB`,
      );

      await forgetPeak(gateway.pid);
      const { items } = (await ask(ACCOUNTS, { id })).report.content;
      const accounts: { id: string }[] = items.flatMap((item: { accounts: object[] }) => item.accounts);
      const waits: number[] = [];
      let transactions = 0;
      for (const account of accounts.filter((_, index) => index % 3 === 0)) {
        for (let after: string | null = null, more = true; more; ) {
          const start = performance.now();
          const { node } = await ask(PAGE, { id: account.id, after });
          waits.push(performance.now() - start);
          transactions += node.transactions.nodes.length;
          more = node.transactions.pageInfo.hasNextPage;
          after = node.transactions.pageInfo.endCursor;
        }
      }
      const read = await memoryOf(gateway.pid);
      waits.sort((a, b) => a - b);
      const median = waits[waits.length >> 1] ?? 0;
      console.log(
        `${transactions} transactions in ${waits.length} pages: ${median.toFixed(1)} ms a page, at most ${waits.at(-1)?.toFixed(1)} ms; at most ${Math.round(read.peak)} MB`,
      );
      expect(aggregator.asked()).toBe(1);
      expect(stored.peak - before.now).toBeLessThan(STORING_MB);
      expect(read.peak - stored.now).toBeLessThan(READING_MB);
      expect(median).toBeLessThan(storedMs / 100);
    } finally {
      await gateway.kill("SIGKILL");
      await aggregator.close();
      await sandbox.close();
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});

interface Report {
  report: { items: { item_id: string; accounts: { account_id: string; transactions: object[] }[] }[] };
}

/**
 * The imitated aggregator, but that every report is of ITEMS items like one of its own: 99 worlds would take it longer to make up than
 * the gateway may wait for them.
 */
async function largeReports(sandbox: Sandbox) {
  const { baseUrl } = sandbox.endpoints.PLAID;
  const reportIds = new Map<unknown, string>();
  const text = await reportOfOne(sandbox);
  let asked = 0;
  let bytes = 0;
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const reportId = request.url === GET && reportIds.get(JSON.parse(body.toString()).asset_report_token);
    if (reportId) {
      response.writeHead(200, { "content-type": "application/json" });
      asked += 1;
      bytes = 0;
      for (const part of enlarged(text, reportId)) {
        bytes += part.length;
        if (!response.write(part)) await once(response, "drain");
      }
      return response.end();
    }
    const headers = new Headers(request.headers as Record<string, string>);
    for (const header of ["host", "connection", "content-length"]) headers.delete(header);
    const answer = await fetch(baseUrl + request.url, { method: "POST", headers, body });
    const answered = await answer.text();
    const { asset_report_token, asset_report_id } = JSON.parse(answered);
    if (asset_report_id) reportIds.set(asset_report_token, asset_report_id);
    response.writeHead(answer.status, { "content-type": "application/json" }).end(answered);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** How often a report was asked for, and the length of the last. */
    asked: () => asked,
    bytes: () => bytes,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** What the imitated aggregator itself says of a report of one item. */
async function reportOfOne({ endpoints, createItem }: Sandbox): Promise<string> {
  const { baseUrl, clientId, secret } = endpoints.PLAID;
  const post = async (path: string, body: object) => {
    const headers = { "content-type": "application/json" };
    const credentials = { client_id: clientId, secret };
    const answer = await fetch(baseUrl + path, {
      method: "POST",
      headers,
      body: JSON.stringify({ ...credentials, ...body }),
    });
    return answer.text();
  };
  const { accessToken } = createItem("PLAID");
  const made = await post("/asset_report/create", { access_tokens: [accessToken], days_requested: DAYS });
  return post(GET, { asset_report_token: JSON.parse(made).asset_report_token });
}

/** A report of one item as one of ITEMS, in parts. */
function* enlarged(text: string, reportId: string): Generator<string, void, void> {
  const { report, ...answer } = JSON.parse(text) as Report;
  const [first] = report.items;
  if (!first) throw new Error("The report has no items.");
  const accounts = first.accounts.slice(0, ACCOUNTS_EACH).map(({ transactions, ...account }) => ({
    ...account,
    transactions: transactions.slice(0, TRANSACTIONS_EACH),
  }));
  const item = JSON.stringify({ ...first, accounts });
  const rest = JSON.stringify({ ...report, asset_report_id: reportId, items: [] });
  const [before = "", after = ""] = rest.split('"items":[]');
  yield `{"report":${before}"items":[`;
  for (let number = 0; number < ITEMS; number++) {
    let own = item.replaceAll(first.item_id, `${first.item_id}-${number}`);
    for (const { account_id } of accounts) own = own.replaceAll(account_id, `${account_id}-${number}`);
    yield number === 0 ? own : `,${own}`;
  }
  yield `]${after},${JSON.stringify(answer).slice(1)}`;
}
