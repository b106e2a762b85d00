import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { getNamedType } from "graphql";
import { resolvers } from "../../resolvers/index.ts";
import { SCOPES } from "../../src/auth.ts";
import { buildGraphSchema } from "../../src/graphql/build-graph-schema.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { type Gateway, linkHousehold, startGateway, testSandbox } from "../support/gateway.ts";
import { selectEverything } from "../support/select-everything.ts";

const schema = buildGraphSchema(resolvers);

describe("every field of the schema", () => {
  let sandbox: Sandbox;
  let gateway: Gateway;
  let reportId: string;
  /** Every object met: its id, and what it was. */
  const met = new Map<string, string>();

  beforeAll(async () => {
    sandbox = await testSandbox();
    gateway = await startGateway(sandbox);
    const itemIds = await linkHousehold(gateway, sandbox);
    const input = { itemIds, daysRequested: 30, user: { firstName: "Ann", ssn: "123-45-6789" } };
    const { data } = await gateway.query(
      "mutation ($input: CreateReportInput!) { createReport(input: $input) { report { id } } }",
      { input },
    );
    reportId = data.createReport.report.id;
    for await (const _ of gateway.subscribe("subscription ($id: ID!) { reportStatus(id: $id) { status } }", {
      id: reportId,
    }));
  });
  afterAll(async () => {
    await gateway.close();
    await sandbox.close();
  });

  function meet(value: unknown): void {
    if (Array.isArray(value)) for (const part of value) meet(part);
    if (typeof value !== "object" || value === null) return;
    const { id, __typename } = value as { id?: string; __typename?: string };
    if (id && __typename) {
      // no two objects share an id; the same object is of one type wherever it stands
      expect(met.get(id) ?? __typename).toBe(__typename);
      met.set(id, __typename);
    }
    for (const part of Object.values(value)) meet(part);
  }

  const roots: [string, string][] = [
    ["items", "(first: 3)"],
    ["accounts", "(first: 20)"],
    ["holdings", "(first: 20)"],
    ["liabilities", "(first: 20)"],
    ["providers", ""],
    ["reports", "(first: 1)"],
    ["report", "(id: $id)"],
    ["events", "(first: 5)"],
    ["institution", '(provider: PLAID, remoteId: "ins_109508")'],
  ];

  it.each(roots)("below %s is answered without an error", async (name, args) => {
    const field = schema.getQueryType()?.getFields()[name];
    if (!field) throw new Error(`There is no ${name}.`);
    const head = args.includes("$id") ? "query ($id: ID!)" : "query";
    const { data, errors } = await gateway.query(
      `${head} { ${name}${args} ${selectEverything(schema, getNamedType(field.type))} }`,
      { id: reportId },
    );
    expect(errors).toEqual([]);
    expect(data[name]).not.toBeNull();
    meet(data);
  });

  it("and every object is found again by its id, as what it was", async () => {
    expect(new Set(met.values()).size).toBeGreaterThanOrEqual(15);
    const ids = [...met.keys()];
    for (let start = 0; start < ids.length; start += 100) {
      const some = ids.slice(start, start + 100);
      const { data, errors } = await gateway.query("query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", {
        ids: some,
      });
      expect(errors).toEqual([]);
      expect(data.nodes).toEqual(some.map((id) => ({ id, __typename: met.get(id) })));
    }
  });

  it("gives by nodes what node gives, insights too", async () => {
    const id = [...met].find(([, type]) => type === "Transaction")?.[0];
    const fields = "... on Transaction { id name amount merchantName }";
    const one = await gateway.query(`query ($id: ID!) { node(id: $id) { ${fields} } }`, { id });
    const many = await gateway.query(`query ($id: ID!) { nodes(ids: [$id]) { ${fields} } }`, { id });
    expect(many.data.nodes).toEqual([one.data.node]);
    expect(one.data.node.name).not.toBeNull();
  });

  it("shows in raw records only what the other scopes allow", async () => {
    const query = "{ liabilities { nodes { raw } } }";
    const all = JSON.stringify((await gateway.query(query)).data);
    expect(all).toMatch(/"account_number":"\d+"/);
    const { data, errors } = await gateway.query(
      query,
      {},
      { scopes: SCOPES.filter((scope) => scope !== "numbers:read") },
    );
    expect(errors).toEqual([]);
    expect(JSON.stringify(data)).not.toMatch(/"account_number":"/);
  });

  it("shows health as the reads show the item, and heals it", async () => {
    const health = async () =>
      (await gateway.query("{ items(first: 1) { nodes { remoteId health { status action } } } }")).data.items.nodes[0];
    const { remoteId } = await health();
    sandbox.faults.script({ kind: "error", provider: "PLAID", code: "ITEM_LOGIN_REQUIRED", itemId: remoteId });
    await gateway.query("{ accounts { nodes { balances(fresh: true) { current } } } }");
    expect((await health()).health).toEqual({ status: "ACTION_REQUIRED", action: "RELINK" });
    sandbox.faults.clear();
    await gateway.query("{ accounts { nodes { balances(fresh: true) { current } } } }");
    expect((await health()).health).toEqual({ status: "HEALTHY", action: "NONE" });
  });
});
