/**
 * How much slower than its slowest upstream call is a cold query? Everything of five items, and of twenty, with 50 ms of latency a call and
 * no cache; at the root, where it is all known to be wanted, and below the accounts, where it must be planned. The aggregators run in a
 * process of their own.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aggregators } from "../adapters/registry.ts";
import { startApp } from "../src/app.ts";
import { parseConfig } from "../src/config.ts";
import { aggregatorEnv } from "../test/support/aggregator-env.ts";
import type { Upstream } from "./upstream.ts";

const LATENCY_MS = 50;
const RUNS = 40;
const QUERIES: Record<string, string> = {
  "at the root": `{
    items { nodes { id institutionName } }
    accounts(first: 500) { nodes { id name balances { current } } }
    holdings(first: 500) { nodes { id quantity account { name } security { tickerSymbol } } }
    liabilities(first: 500) { nodes { id account { name } } }
  }`,
  "below accounts": `{
    accounts(first: 500) {
      nodes {
        id
        name
        ... on CreditAccount { liability { id } }
        ... on LoanAccount { liability { id } }
        ... on InvestmentAccount { holdings { nodes { id quantity } } }
      }
    }
  }`,
};
/** Items, and the ratio wanted. */
const SIZES: [items: number, wanted: number][] = [
  [5, 1.1],
  [20, 1.25],
];

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

async function measure(items: number, wanted: number): Promise<void> {
  const child = fork(new URL("./upstream.ts", import.meta.url), [String(LATENCY_MS), String(items)], {
    execArgv: process.execArgv,
  });
  const [upstream] = (await once(child, "message")) as [Upstream];
  const dataDir = await mkdtemp(join(tmpdir(), "tributary-bench-"));
  const env = { PORT: "0", DATA_DIR: dataDir, LOG_LEVEL: "fatal", CACHE_TTL_S: "0" };
  const aggregatorsOf = { AUTH_JWT_SECRET: upstream.jwtSecret, ...aggregatorEnv(upstream) };
  const app = await startApp(parseConfig({ ...env, ...aggregatorsOf }, aggregators));

  const headers = { "content-type": "application/json", authorization: `Bearer ${upstream.jwt}` };
  async function ask(query: string, variables: object = {}): Promise<void> {
    const body = JSON.stringify({ query, variables });
    const response = await fetch(`${app.url}/graphql`, { method: "POST", headers, body });
    const { errors } = (await response.json()) as { errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
  }
  for (const input of upstream.items) {
    await ask("mutation ($input: ImportItemInput!) { importItem(input: $input) { item { id } } }", { input });
  }

  const medians: number[] = [];
  for (const { url, ...call } of upstream.calls) {
    const times: number[] = [];
    for (let run = 0; run < 7; run++) {
      times.push(await timed(async () => (await fetch(url, { method: "POST", ...call })).json()));
    }
    medians.push(median(times));
  }
  const baseline = Math.max(...medians);
  console.log(`${items} items: slowest single upstream call ${baseline.toFixed(1)} ms (each alone, median of 7)`);

  for (const [name, query] of Object.entries(QUERIES)) {
    for (let run = 0; run < 10; run++) await ask(query); // compiled and connected
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) times.push(await timed(() => ask(query)));
    const ratio = median(times) / baseline;
    const figures = `${median(times).toFixed(1)} ms, ratio ${ratio.toFixed(2)} (wanted: at most ${wanted.toFixed(2)})`;
    console.log(`  cold query ${name}: ${figures}`);
  }
  child.kill();
  await app.close();
  await rm(dataDir, { recursive: true, force: true });
}

for (const [items, wanted] of SIZES) await measure(items, wanted);
