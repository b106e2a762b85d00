import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aggregatorEnv } from "../test/support/aggregator-env.ts";
import { startProcess } from "../test/support/process.ts";
import type { Upstream } from "./upstream.ts";

const ROOT = join(import.meta.dirname, "..");
/** How it is measured. */
export interface Measuring {
  /** Of each upstream call, ms. */
  latencyMs: number;
  /** Each query is asked so often until the gateway's code is compiled and its connections are made. */
  warmUp: number;
  /** And then so often. */
  runs: number;
}

/** What cold queries want of each item: its accounts; everything, at the root; everything, below the accounts, where it must be planned. */
export const QUERIES = {
  "accounts of all items": "{ accounts(first: 500) { nodes { id name balances { current } } } }",
  "everything, at the root": `{
    items { nodes { id institutionName } }
    accounts(first: 500) { nodes { id name balances { current } } }
    holdings(first: 500) { nodes { id quantity account { name } security { tickerSymbol } } }
    liabilities(first: 500) { nodes { id account { name } } }
  }`,
  "everything, below accounts": `{
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
} as const;

/** Medians, ms. */
export interface ColdQueries {
  /** The slowest upstream call of all that the queries make, each made alone: by aggregator and endpoint. */
  slowestCall: number;
  queries: Record<keyof typeof QUERIES, number>;
}

/**
 * How long cold queries over so many items take, without a cache, beside their slowest upstream call. Gateway
 * and aggregators run in processes of their own, and calls and queries in turn, so that the machine's moods meet both.
 */
export async function measureColdQueries(items: number, measuring: Measuring): Promise<ColdQueries> {
  execFileSync(process.execPath, ["scripts/build-if-needed.js"], { cwd: ROOT });
  const child = fork(join(ROOT, "bench/upstream.ts"), [String(measuring.latencyMs), String(items)], {
    execArgv: ["--import", "tsx"],
  });
  const dataDir = await mkdtemp(join(tmpdir(), "tributary-bench-"));
  try {
    const [upstream] = (await once(child, "message")) as [Upstream];
    const gateway = await startProcess({
      ...{ DATA_DIR: dataDir, LOG_LEVEL: "fatal", CACHE_TTL_S: "0", AUTH_JWT_SECRET: upstream.jwtSecret },
      ...aggregatorEnv(upstream),
    });
    try {
      return await measure(gateway.url, upstream, measuring);
    } finally {
      await gateway.kill("SIGTERM");
    }
  } finally {
    child.kill();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measure(
  url: string,
  { items, calls, jwt }: Upstream,
  { warmUp, runs }: Measuring,
): Promise<ColdQueries> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${jwt}` };
  async function ask(query: string, variables: object = {}): Promise<void> {
    const body = JSON.stringify({ query, variables });
    const response = await fetch(`${url}/graphql`, { method: "POST", headers, body });
    const { errors } = (await response.json()) as { errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
  }
  const call = async ({ url, ...request }: Upstream["calls"][number]) =>
    void (await (await fetch(url, { method: "POST", ...request })).json());

  for (const input of items) {
    await ask("mutation ($input: ImportItemInput!) { importItem(input: $input) { item { id } } }", { input });
  }
  const queries = Object.values(QUERIES);
  for (let run = 0; run < warmUp; run++) for (const query of queries) await ask(query);
  await Promise.all(calls.map(call));

  const callTimes = new Map(calls.map(({ url }): [string, number[]] => [url, []]));
  const queryTimes = queries.map((): number[] => []);
  for (let run = 0; run < runs; run++) {
    for (const [at, query] of queries.entries()) queryTimes[at]?.push(await timed(() => ask(query)));
    for (const [url, times] of callTimes) {
      const alike = calls.filter((one) => one.url === url);
      const one = alike[run % alike.length];
      if (one) times.push(await timed(() => call(one)));
    }
  }
  const names = Object.keys(QUERIES) as (keyof typeof QUERIES)[];
  return {
    slowestCall: Math.max(...[...callTimes.values()].map(median)),
    queries: Object.fromEntries(
      names.map((name, at) => [name, median(queryTimes[at] ?? [])]),
    ) as ColdQueries["queries"],
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}
