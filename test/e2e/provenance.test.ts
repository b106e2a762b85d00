import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { type Gateway, linkHousehold, startGateway, testSandbox } from "../support/gateway.ts";

interface Provenance {
  provider: string;
  endpoint: string;
  requestId: string | null;
  fetchedAt: string;
  cached: boolean;
}

const FIELDS = "provider endpoint requestId fetchedAt cached";
const OF = `provenance { ${FIELDS} }`;
const ACCOUNT = `account { ${OF} balances { ${OF} } }`;

/** Each list, and the one endpoint that all its values come from. */
const READS: readonly [what: string, fields: string, endpoint: string][] = [
  ["accounts", `accounts { nodes { ${OF} balances { ${OF} } } unavailable { error { code } } }`, "/accounts/get"],
  ["holdings", `holdings { nodes { ${OF} ${ACCOUNT} } unavailable { error { code } } }`, "/investments/holdings/get"],
  ["liabilities", `liabilities { nodes { ${OF} ${ACCOUNT} } unavailable { error { code } } }`, "/liabilities/get"],
  [
    "transactions",
    `transactions(first: 20) { nodes { ${OF} ${ACCOUNT} } unavailable { error { code } } }`,
    "/transactions/get",
  ],
  [
    "investmentTransactions",
    `investmentTransactions(first: 20) { nodes { ${OF} ${ACCOUNT} } unavailable { error { code } } }`,
    "/investments/transactions/get",
  ],
];

/** Every provenance in an answer. */
function provenances(value: unknown): Provenance[] {
  if (Array.isArray(value)) return value.flatMap(provenances);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    name === "provenance" ? [part as Provenance] : provenances(part),
  );
}

describe("where a value came from", () => {
  let sandbox: Sandbox;
  let gateway: Gateway;

  beforeAll(async () => {
    sandbox = await testSandbox();
    gateway = await startGateway(sandbox);
  });
  afterAll(async () => {
    await gateway.close();
    await sandbox.close();
  });
  beforeEach(async () => {
    sandbox.faults.clear();
    await linkHousehold(gateway, sandbox); // again: nothing that was kept of the items is current
  });

  async function ask(fields: string) {
    const before = Date.now();
    const { data, errors } = await gateway.query(`{ ${fields} }`);
    expect(errors).toEqual([]);
    const all = provenances(data);
    expect(all.length).toBeGreaterThan(2);
    return { all, data, before };
  }
  /** Told of each aggregator: its request ids and moments. */
  const told = (all: Provenance[]) =>
    [...new Set(all.map(({ provider, requestId, fetchedAt }) => `${provider} ${requestId} ${fetchedAt}`))].sort();

  it.each(READS)(
    "%s: the request and moment of the answer, cached only when it was asked before",
    async (_, fields, endpoint) => {
      const first = await ask(fields);
      const again = await ask(fields);
      for (const { all } of [first, again]) {
        expect(new Set(all.map((one) => one.endpoint))).toEqual(new Set([endpoint]));
        for (const { requestId } of all) expect(requestId).toEqual(expect.stringMatching(/^\S+$/));
      }
      expect(new Set(first.all.map(({ cached }) => cached))).toEqual(new Set([false]));
      for (const { fetchedAt } of first.all) expect(Date.parse(fetchedAt)).toBeGreaterThanOrEqual(first.before);
      expect(new Set(again.all.map(({ cached }) => cached))).toEqual(new Set([true]));
      expect(told(again.all)).toEqual(told(first.all));
    },
  );

  it("institutions: the same", async () => {
    const fields = `items { nodes { institution { ${OF} } } }`;
    const first = await ask(fields);
    expect(first.all.map(({ endpoint, cached }) => [endpoint, cached])).toEqual(
      Array(3).fill(["/institutions/get_by_id", false]),
    );
    const again = await ask(fields);
    expect(again.all).toEqual(first.all.map((one) => ({ ...one, cached: true })));
  });

  it("an older answer's own moment, where it stands in for one that failed", async () => {
    await gateway.close();
    gateway = await startGateway(sandbox, { env: { CACHE_TTL_S: "1" } });
    await linkHousehold(gateway, sandbox);
    const fields = READS.map(([, each]) => each).join(" ");
    const first = await ask(fields);
    await new Promise((passed) => setTimeout(passed, 1_050)); // until all of it is old
    for (const provider of ["PLAID", "LINK_MONEY"] as const) {
      sandbox.faults.script({ provider, kind: "error", code: "INSTITUTION_DOWN" });
    }
    const { all, data } = await ask(fields);
    expect(told(all)).toEqual(told(first.all));
    expect(new Set(all.map(({ cached }) => cached))).toEqual(new Set([true]));
    for (const [name] of READS) {
      expect(data[name].unavailable).toEqual(Array(3).fill({ error: { code: "INSTITUTION_UNAVAILABLE" } }));
    }
  });

  it("two who ask at once are both told that it was read for them, by one request", async () => {
    const fields = READS.find(([what]) => what === "transactions")?.[1] ?? "";
    for (const provider of ["PLAID", "LINK_MONEY"] as const) {
      sandbox.faults.script({ provider, kind: "latency", ms: 1_000 });
    }
    const both = await Promise.all([ask(fields), ask(fields)]);
    expect(told(both[0].all)).toEqual(told(both[1].all));
    expect(both.flatMap(({ all }) => all).filter(({ cached }) => cached)).toEqual([]);
  });

  it("fresh balances are read each time, and a transaction that is found again is of its own answer", async () => {
    const fresh = `accounts { nodes { balances(fresh: true) { ${OF} } } }`;
    const [one, other] = [await ask(fresh), await ask(fresh)];
    for (const { all } of [one, other]) {
      expect(all.every(({ cached, endpoint }) => !cached && endpoint === "/accounts/balance/get")).toBe(true);
    }
    expect(told(one.all).filter((each) => told(other.all).includes(each))).toEqual([]);

    const { data } = await gateway.query(`{ transactions(first: 1) { nodes { id ${OF} } } }`);
    const [{ id, provenance }] = data.transactions.nodes;
    const node = `query ($id: ID!) { node(id: $id) { ... on Transaction { ${OF} } } }`;
    const found = (await gateway.query(node, { id })).data.node.provenance;
    expect(found).toMatchObject({ endpoint: "/transactions/get", cached: false });
    expect(found.requestId).not.toBe(provenance.requestId);
    expect((await gateway.query(node, { id })).data.node.provenance).toEqual({ ...found, cached: true });
  });
});
