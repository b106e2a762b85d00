/**
 * How much slower than its slowest upstream call is a cold query? Items, accounts, holdings and liabilities of five items,
 * fifteen upstream calls of 50 ms each, no cache. The aggregators run in a process of their own.
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
const QUERY = `{
  items { nodes { id institutionName } }
  accounts { nodes { id name balances { current } } }
  holdings { nodes { id quantity account { name } security { tickerSymbol } } }
  liabilities { nodes { id account { name } } }
}`;

const child = fork(new URL("./upstream.ts", import.meta.url), [String(LATENCY_MS)], { execArgv: process.execArgv });
const [upstream] = (await once(child, "message")) as [Upstream];
const dataDir = await mkdtemp(join(tmpdir(), "tributary-bench-"));
const app = await startApp(
  parseConfig(
    {
      PORT: "0",
      DATA_DIR: dataDir,
      LOG_LEVEL: "fatal",
      CACHE_TTL_S: "0",
      AUTH_JWT_SECRET: upstream.jwtSecret,
      ...aggregatorEnv(upstream),
    },
    aggregators,
  ),
);

const headers = { "content-type": "application/json", authorization: `Bearer ${upstream.jwt}` };
async function ask(query: string, variables: object = {}): Promise<unknown> {
  const response = await fetch(`${app.url}/graphql`, {
    method: "POST",
    headers,
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

for (const input of upstream.items) {
  await ask("mutation ($input: ImportItemInput!) { importItem(input: $input) { item { id } } }", { input });
}

/** The baseline: each of the fifteen calls alone, over a kept connection; the slowest one's median. */
async function slowestCall(): Promise<number> {
  const medians: number[] = [];
  for (const call of upstream.calls) {
    const times: number[] = [];
    for (let run = 0; run < 7; run++) {
      times.push(
        await timed(async () =>
          (await fetch(call.url, { method: "POST", headers: call.headers, body: call.body })).json(),
        ),
      );
    }
    medians.push(median(times));
  }
  return Math.max(...medians);
}

for (let run = 0; run < 10; run++) await ask(QUERY); // compiled and connected
const baseline = await slowestCall();
const times: number[] = [];
for (let run = 0; run < RUNS; run++) times.push(await timed(() => ask(QUERY)));
const cold = median(times);

console.log(`slowest single upstream call   ${baseline.toFixed(1)} ms (median of 7, ${LATENCY_MS} ms latency)`);
console.log(`cold query, 15 upstream calls  ${cold.toFixed(1)} ms (median of ${RUNS})`);
console.log(`ratio                          ${(cold / baseline).toFixed(2)} (wanted: at most 1.50)`);

child.kill();
await app.close();
await rm(dataDir, { recursive: true, force: true });
if (cold / baseline > 1.5) process.exitCode = 1;
