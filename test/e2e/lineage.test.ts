import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { Store } from "../../src/store/store.ts";
import { eachDatabase, onPostgres } from "../support/database.ts";
import { type Gateway, linkHousehold, startGateway, testSandbox } from "../support/gateway.ts";
import { until } from "../support/until.ts";

const REPORT = `id status origin clientReportId daysRequested basedOn { id status }
  sources { provider status remoteId itemIds error { code } }
  content { user { firstName lastName ssn } items { provider remoteId accounts { id remoteId name transactions(first: 3) { totalCount nodes { id } } } } }`;
const CREATE = `mutation ($input: CreateReportInput!) { createReport(input: $input) { report { id } } }`;
const REFRESH = `mutation ($input: RefreshReportInput!) { refreshReport(input: $input) { report { ${REPORT} } } }`;
const FILTER = `mutation ($input: FilterReportInput!) { filterReport(input: $input) { report { ${REPORT} } } }`;
const REMOVE = "mutation ($id: ID!) { removeReport(id: $id) { report { status } } }";
const USER = { firstName: "Jane", lastName: "Doe", ssn: "123-45-6789" };

interface Account {
  id: string;
  remoteId: string;
}
interface Content {
  items: { provider: string; remoteId: string; accounts: Account[] }[];
}
const accountsOf = ({ items }: Content, provider?: string) =>
  items.filter((item) => !provider || item.provider === provider).flatMap(({ accounts }) => accounts);

async function ready(gateway: Gateway, id: string) {
  for await (const _ of gateway.subscribe("subscription ($id: ID!) { reportStatus(id: $id) { status } }", { id }));
  const { data, errors } = await gateway.query(`query ($id: ID!) { report(id: $id) { ${REPORT} } }`, { id });
  expect(errors).toEqual([]);
  return data.report;
}

eachDatabase((_, open) => {
  let sandbox: Sandbox;
  let gateway: Gateway;
  let store: Store;
  let itemIds: string[];
  beforeAll(async () => {
    sandbox = await testSandbox();
  });
  afterAll(() => sandbox.close());
  afterEach(async () => {
    sandbox.faults.clear();
    await gateway.close();
  });

  async function start() {
    store = await open();
    gateway = await startGateway(sandbox, { store, env: { REPORT_POLL_MS: "300000" } });
    itemIds = await linkHousehold(gateway, sandbox);
    const { data, errors } = await gateway.query(CREATE, {
      input: { itemIds, daysRequested: 60, clientReportId: "loan-7", user: USER },
    });
    expect(errors).toEqual([]);
    sandbox.clearCalls();
    const report = await ready(gateway, data.createReport.report.id);
    sandbox.clearCalls();
    return report;
  }
  async function made(document: string, input: object) {
    const { data, errors } = await gateway.query(document, { input });
    expect(errors).toEqual([]);
    return ready(gateway, Object.values(data as Record<string, { report: { id: string } }>)[0]?.report.id ?? "");
  }
  async function refusal(document: string, input: object) {
    const { errors } = await gateway.query(document, { input });
    return errors[0]?.extensions;
  }
  const called = (endpoint: string) => sandbox.calls().filter((call) => call.endpoint === endpoint);

  it("refreshes a report: days and fields overridden, kept, or emptied", async () => {
    const before = await start();
    const after = await made(REFRESH, {
      ...{ id: before.id, daysRequested: 30, clientReportId: "" },
      user: { firstName: "June", lastName: "" },
    });
    expect(after).toMatchObject({
      ...{ status: "READY", origin: "REFRESHED", clientReportId: null, daysRequested: 30 },
      basedOn: { id: before.id, status: "READY" },
      content: { user: { firstName: "June", lastName: null, ssn: "123-45-6789" } },
    });
    expect(after.id).not.toBe(before.id);
    expect(after.sources.map(({ provider, itemIds: ids }: typeof before) => [provider, ids])).toEqual(
      before.sources.map(({ provider, itemIds: ids }: typeof before) => [provider, ids]),
    );
    expect(accountsOf(after.content).map(({ remoteId }) => remoteId)).toEqual(
      accountsOf(before.content).map(({ remoteId }) => remoteId),
    );
    expect(called("/asset_report/refresh")).toHaveLength(2);
    expect(called("/asset_report/create")).toEqual([]);

    const again = await made(REFRESH, { id: after.id });
    expect(again).toMatchObject({ clientReportId: null, daysRequested: 30, content: { user: { firstName: "June" } } });
  });

  it("filters accounts out: a new upstream report for the source that held one, the others the same", async () => {
    const before = await start();
    const [gone, other] = accountsOf(before.content, "PLAID");
    const after = await made(FILTER, { id: before.id, excludeAccountIds: [gone?.id] });
    expect(after).toMatchObject({ status: "READY", origin: "FILTERED", clientReportId: "loan-7", daysRequested: 60 });
    const kept = accountsOf(after.content).map(({ remoteId }) => remoteId);
    expect(kept).toEqual(
      accountsOf(before.content)
        .map(({ remoteId }) => remoteId)
        .filter((id) => id !== gone?.remoteId),
    );
    const [plaid, linkMoney] = after.sources;
    expect(plaid.remoteId).not.toBe(before.sources[0].remoteId);
    expect(linkMoney.remoteId).toBe(before.sources[1].remoteId);
    expect(called("/asset_report/filter")).toHaveLength(1);
    expect(called("/asset_report/get").map(({ provider }) => provider)).toEqual(["PLAID"]);
    // the same content, under ids of its own
    const [one] = accountsOf(after.content, "LINK_MONEY") as (Account & { transactions: object })[];
    const [was] = accountsOf(before.content, "LINK_MONEY") as (Account & { transactions: { totalCount: number } })[];
    expect(one?.transactions).toMatchObject({ totalCount: was?.transactions.totalCount });
    expect(one?.id).not.toBe(was?.id);

    const live = await gateway.query("{ accounts { nodes { id remoteId } } }");
    const account = live.data.accounts.nodes.find(({ remoteId }: Account) => remoteId === other?.remoteId);
    const further = await made(FILTER, { id: after.id, excludeAccountIds: [account.id] });
    expect(accountsOf(further.content).map(({ remoteId }) => remoteId)).toEqual(
      kept.filter((id) => id !== other?.remoteId),
    );
    // a refresh keeps the filters
    const fresh = await made(REFRESH, { id: further.id });
    expect(accountsOf(fresh.content).map(({ remoteId }) => remoteId)).toEqual(
      accountsOf(further.content).map(({ remoteId }) => remoteId),
    );
  });

  it("drops a source of which no account is left, and refuses to leave none at all", async () => {
    const before = await start();
    const linkMoney = accountsOf(before.content, "LINK_MONEY").map(({ id }) => id);
    const after = await made(FILTER, { id: before.id, excludeAccountIds: linkMoney });
    expect(after.sources.map(({ provider }: { provider: string }) => provider)).toEqual(["PLAID"]);
    expect(called("/asset_report/filter")).toEqual([]);
    const all = accountsOf(before.content).map(({ id }) => id);
    expect(await refusal(FILTER, { id: before.id, excludeAccountIds: all })).toMatchObject({
      ...{ code: "BAD_USER_INPUT", field: "input.excludeAccountIds" },
    });
    expect(await refusal(FILTER, { id: after.id, excludeAccountIds: [linkMoney[0]] })).toMatchObject({
      ...{ code: "BAD_USER_INPUT", field: "input.excludeAccountIds[0]" },
    });
  });

  it.each([
    ["the first first", [0, 1]],
    ["the last first", [1, 0]],
  ])("removes a shared upstream report when its last user goes: %s", async (_name, order) => {
    const before = await start();
    const [gone] = accountsOf(before.content, "PLAID");
    const after = await made(FILTER, { id: before.id, excludeAccountIds: [gone?.id] });
    const ids = [before.id, after.id];
    const removals = (provider: string) =>
      called("/asset_report/remove").filter((call) => call.provider === provider && call.status === 200).length;
    await gateway.query(REMOVE, { id: ids[order[0] ?? 0] });
    await until(() => removals("PLAID") === 1);
    const tokens = async () =>
      Number((await store.execute("select count(*) c from report_source where token_sealed is not null")).rows[0]?.c);
    await until(async () => (await tokens()) === 2);
    expect(removals("LINK_MONEY")).toBe(0);
    const left = await gateway.query(`query ($id: ID!) { report(id: $id) { ${REPORT} } }`, { id: ids[order[1] ?? 0] });
    expect(accountsOf(left.data.report.content, "LINK_MONEY").length).toBeGreaterThan(0);
    await gateway.query(REMOVE, { id: ids[order[1] ?? 0] });
    await until(() => removals("LINK_MONEY") === 1 && removals("PLAID") === 2);
    await until(async () => (await tokens()) === 0);
    for (const table of ["report_head", "report_page"]) {
      expect((await store.execute(`select 1 from ${table}`)).rows).toEqual([]);
    }
  });

  it("makes anew what failed, when the rest is refreshed", async () => {
    const first = await start();
    await gateway.query(REMOVE, { id: first.id });
    sandbox.faults.script({ kind: "report-failure", provider: "LINK_MONEY", times: 1 });
    const partial = await made(CREATE, { itemIds, daysRequested: 30 });
    expect(partial.status).toBe("PARTIAL");
    sandbox.clearCalls();
    expect((await made(REFRESH, { id: partial.id })).status).toBe("READY");
    expect(called("/asset_report/refresh").map(({ provider }) => provider)).toEqual(["PLAID"]);
    expect(called("/asset_report/create").map(({ provider }) => provider)).toEqual(["LINK_MONEY"]);
  });

  it("keeps a source that failed as it is in a filter: it costs no call, and a refresh makes it anew", async () => {
    const first = await start();
    await gateway.query(REMOVE, { id: first.id });
    sandbox.faults.script({ kind: "report-failure", provider: "LINK_MONEY", times: 1 });
    const partial = await made(CREATE, { itemIds, daysRequested: 30 });
    const [gone] = accountsOf(partial.content);
    const failure = partial.sources.find(({ provider }: Content["items"][0]) => provider === "LINK_MONEY");
    sandbox.clearCalls();
    const filtered = await made(FILTER, { id: partial.id, excludeAccountIds: [gone?.id] });
    expect(filtered.status).toBe("PARTIAL");
    expect(filtered.sources).toMatchObject([
      { provider: "PLAID", status: "READY" },
      { ...failure, status: "FAILED", remoteId: null },
    ]);
    expect(sandbox.calls().filter(({ provider }) => provider === "LINK_MONEY")).toEqual([]);
    const all = accountsOf(filtered.content).map(({ id }) => id);
    expect(await refusal(FILTER, { id: filtered.id, excludeAccountIds: all })).toMatchObject({
      code: "BAD_USER_INPUT",
    });
    const whole = await made(REFRESH, { id: filtered.id });
    expect(whole.status).toBe("READY");
    expect(accountsOf(whole.content, "LINK_MONEY")).not.toEqual([]);
    expect(accountsOf(whole.content).map(({ remoteId }) => remoteId)).not.toContain(gone?.remoteId);
  });

  it("leaves out what a filter left out, also where the filter failed and the report is refreshed", async () => {
    const before = await start();
    const [gone] = accountsOf(before.content, "PLAID");
    sandbox.faults.script({
      kind: "error",
      code: "INTERNAL_SERVER_ERROR",
      provider: "PLAID",
      endpoint: "/asset_report/filter",
    });
    const partial = await made(FILTER, { id: before.id, excludeAccountIds: [gone?.id] });
    expect(partial.status).toBe("PARTIAL");
    sandbox.faults.clear();
    const after = await made(REFRESH, { id: partial.id });
    expect(after.status).toBe("READY");
    const left = accountsOf(after.content).map(({ remoteId }) => remoteId);
    expect(left).toHaveLength(accountsOf(before.content).length - 1);
    expect(left).not.toContain(gone?.remoteId);
  });

  it("gives the first result for a key, CONFLICT for other input, and refuses what cannot be", async () => {
    const before = await start();
    const [gone, other] = accountsOf(before.content, "PLAID");
    const refreshed = await made(REFRESH, { id: before.id, idempotencyKey: "k" });
    expect((await made(REFRESH, { id: before.id, idempotencyKey: "k" })).id).toBe(refreshed.id);
    expect(await refusal(REFRESH, { id: before.id, daysRequested: 1, idempotencyKey: "k" })).toMatchObject({
      code: "CONFLICT",
    });
    const filter = { id: before.id, idempotencyKey: "f" };
    const filtered = await made(FILTER, { ...filter, excludeAccountIds: [gone?.id, other?.id] });
    expect((await made(FILTER, { ...filter, excludeAccountIds: [other?.id, gone?.id] })).id).toBe(filtered.id);
    expect(await refusal(FILTER, { ...filter, excludeAccountIds: [gone?.id] })).toMatchObject({ code: "CONFLICT" });

    expect(await refusal(REFRESH, { id: before.id, daysRequested: 732 })).toMatchObject({ code: "BAD_USER_INPUT" });
    expect(await refusal(FILTER, { id: before.id, excludeAccountIds: [] })).toMatchObject({ code: "BAD_USER_INPUT" });
    expect(await refusal(FILTER, { id: before.id, excludeAccountIds: [before.id] })).toMatchObject({
      code: "BAD_USER_INPUT",
    });
    const asMallory = await gateway.query(REFRESH, { input: { id: before.id } }, { viewer: "mallory" });
    expect(asMallory.errors[0]?.extensions.code).toBe("NOT_FOUND");
    const plain = await gateway.query(FILTER, { input: { ...filter, excludeAccountIds: [gone?.id] } }, { scopes: [] });
    expect(plain.errors[0]?.extensions.code).toBe("FORBIDDEN");
    await gateway.query(REMOVE, { id: before.id });
    expect(await refusal(REFRESH, { id: before.id })).toMatchObject({ code: "GONE" });
    expect((await ready(gateway, refreshed.id)).basedOn).toEqual({ id: before.id, status: "REMOVED" });
  });
});

onPostgres((open) => {
  describe("two replicas", () => {
    it("asked at once with the same key make one upstream report", async () => {
      const sandbox = await testSandbox();
      const store = await open();
      const env = { ENCRYPTION_KEYS: `shared:${Buffer.alloc(32, 5).toString("base64")}` };
      const here = await startGateway(sandbox, { store, env });
      const there = await startGateway(sandbox, { store: await open.replica(store), env });
      const itemIds = await linkHousehold(here, sandbox);
      const { data } = await here.query(CREATE, { input: { itemIds, daysRequested: 1 } });
      const { id } = await ready(here, data.createReport.report.id);
      for (const endpoint of ["refresh", "filter"]) {
        sandbox.clearCalls();
        const { content } = await ready(here, id);
        const excludeAccountIds = [content.items[0].accounts[0].id];
        const input = { id, idempotencyKey: endpoint, ...(endpoint === "filter" && { excludeAccountIds }) };
        const document = endpoint === "filter" ? FILTER : REFRESH;
        const answers = await Promise.all(
          [here, there, here, there].map((gateway) => gateway.query(document, { input })),
        );
        const ids = answers.map((answer) => answer.data[`${endpoint}Report`].report.id);
        expect(new Set(ids).size).toBe(1);
        await ready(there, ids[0]);
        const calls = sandbox.calls().filter((call) => call.endpoint === `/asset_report/${endpoint}`);
        expect(calls).toHaveLength(endpoint === "filter" ? 1 : 2);
      }
      await here.close();
      await there.close();
      await sandbox.close();
    });
  });
});
