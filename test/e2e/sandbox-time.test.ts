import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { type Gateway, importItem, startGateway, testSandbox } from "../support/gateway.ts";
import { until } from "../support/until.ts";

const DAY_MS = 86_400_000;

describe("a gateway over a sandbox whose time passes", () => {
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

  const link = async (options: object) => {
    const { accessToken, itemId } = sandbox.createItem("PLAID", { user: "other", ...options });
    return { id: await importItem(gateway, { provider: "PLAID", accessToken }), remoteId: itemId };
  };
  /** The types of the item's events so far, oldest first. */
  const typesOf = async (itemId: string): Promise<string[]> => {
    const { data } = await gateway.query("{ events(first: 100) { nodes { type itemId } } }");
    const nodes: { type: string; itemId: string }[] = data.events.nodes;
    return nodes.filter((event) => event.itemId === itemId).map(({ type }) => type);
  };
  const told = (itemId: string, type: string) => until(async () => (await typesOf(itemId)).includes(type));

  it("hears of each day's transactions, and reads them", async () => {
    const { id } = await link({});
    const read = async () => {
      const query =
        "query ($f: TransactionFilter) { transactions(first: 1, filter: $f) { totalCount nodes { date } } }";
      return (await gateway.query(query, { f: { itemIds: [id], startDate: "2020-01-01", endDate: "2100-01-01" } })).data
        .transactions;
    };
    const before = await read();
    await sandbox.time.advance("4d");
    await told(id, "TRANSACTIONS_DEFAULT_UPDATE");
    await until(async () => (await read()).totalCount > before.totalCount);
    expect(Date.parse((await read()).nodes[0].date) - Date.parse(before.nodes[0].date)).toBeGreaterThanOrEqual(DAY_MS);
  });

  it("hears that a consent ends, that it has ended, and that it was given anew", async () => {
    const { id, remoteId } = await link({ consentDays: 9 });
    const health = async () => {
      const query = "query ($id: ID!) { node(id: $id) { ... on Item { health { status action } } } }";
      return (await gateway.query(query, { id })).data.node.health;
    };
    await sandbox.time.advance("3d");
    await told(id, "ITEM_PENDING_EXPIRATION");
    expect(await health()).toMatchObject({ status: "EXPIRING" });
    await sandbox.time.advance("7d");
    await told(id, "ITEM_ERROR");
    expect(await health()).toMatchObject({ status: "ACTION_REQUIRED", action: "RELINK" });
    sandbox.repairItem(remoteId);
    await told(id, "ITEM_REPAIRED");
    expect(await health()).toMatchObject({ status: "HEALTHY" });
  });

  it("takes no webhook that is badly signed, and one that is doubled once", async () => {
    const { id, remoteId } = await link({});
    const scope = { provider: "PLAID", itemId: remoteId, webhook: "DEFAULT_UPDATE", times: 1 } as const;
    for (const how of ["wrong-key", "expired-key", "unknown-key", "altered-body", "old", "unsigned"] as const) {
      sandbox.faults.script({ ...scope, kind: "webhook-badly-signed", how });
    }
    sandbox.faults.script({ ...scope, kind: "webhook-doubled" });
    await sandbox.time.advance("14d");
    expect(sandbox.faults.list()).toEqual([]);
    const sent = sandbox
      .webhooks()
      .filter(({ itemIds, code }) => itemIds.includes(remoteId) && code === "DEFAULT_UPDATE");
    const statuses = (fault: string | null) => sent.filter((one) => one.fault === fault).map(({ status }) => status);
    expect(statuses("webhook-badly-signed").length).toBeGreaterThanOrEqual(6);
    expect(statuses("webhook-badly-signed")).not.toContain(200);
    expect(statuses("webhook-doubled")).toEqual([200, 200]);
    const updates = async () => (await typesOf(id)).filter((type) => type === "TRANSACTIONS_DEFAULT_UPDATE").length;
    await until(async () => (await updates()) === statuses(null).length + 1);
  });
});
