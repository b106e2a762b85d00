import { afterAll, afterEach, beforeAll, expect, it } from "@jest/globals";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { Store } from "../../src/store/store.ts";
import { eachDatabase } from "../support/database.ts";
import { type Gateway, linkHousehold, startGateway, testSandbox, type Who } from "../support/gateway.ts";
import { until } from "../support/until.ts";

const COPY = "id auditorId createdAt removedAt auditCopyToken source { id provider } report { id }";
const RELAY = "id secondaryClientId createdAt removedAt relayToken source { id provider } report { id }";
const WHY = "unavailable { provider product action error { code } }";
const CREATE_COPY = `mutation ($input: CreateAuditCopyInput!) { createAuditCopy(input: $input) { auditCopies { ${COPY} } report { id } ${WHY} } }`;
const CREATE_RELAY = `mutation ($input: CreateRelayInput!) { createRelay(input: $input) { relays { ${RELAY} } report { id } ${WHY} } }`;
const REMOVE_COPY = `mutation ($id: ID!) { removeAuditCopy(id: $id) { auditCopy { ${COPY} } } }`;
const REMOVE_RELAY = `mutation ($id: ID!) { removeRelay(id: $id) { relay { ${RELAY} } } }`;
const LEDGER = `query ($id: ID!) { report(id: $id) { auditCopies { ${COPY} } relays { ${RELAY} } } }`;

eachDatabase((_, open) => {
  let sandbox: Sandbox;
  let gateway: Gateway;
  let store: Store;
  beforeAll(async () => {
    sandbox = await testSandbox();
  });
  afterAll(() => sandbox.close());
  afterEach(async () => {
    sandbox.faults.clear();
    await gateway.close();
  });

  /** A ready report over both aggregators: its id and its sources'. */
  async function start(): Promise<{ id: string; sources: { id: string; provider: string }[] }> {
    store = await open();
    gateway = await startGateway(sandbox, { store });
    const itemIds = await linkHousehold(gateway, sandbox);
    const { data } = await gateway.query(
      "mutation ($input: CreateReportInput!) { createReport(input: $input) { report { id sources { id provider } } } }",
      { input: { itemIds, daysRequested: 1 } },
    );
    const { report } = data.createReport;
    for await (const _ of gateway.subscribe("subscription ($id: ID!) { reportStatus(id: $id) { status } }", {
      id: report.id,
    }));
    sandbox.clearCalls();
    return report;
  }
  async function asked(document: string, variables: object, as: Who = {}) {
    const { data, errors } = await gateway.query(document, { ...variables }, as);
    expect(errors).toEqual([]);
    return data;
  }
  const refusal = async (document: string, variables: object, as: Who = {}) =>
    (await gateway.query(document, { ...variables }, as)).errors[0]?.extensions;
  const called = (endpoint: string) => sandbox.calls().filter((call) => call.endpoint === endpoint);

  it("makes an audit copy of each source, ends one, and keeps both in the ledger", async () => {
    const report = await start();
    const { createAuditCopy } = await asked(CREATE_COPY, {
      input: { reportId: report.id, auditorId: "fannie_mae" },
    });
    expect(createAuditCopy.unavailable).toEqual([]);
    expect(createAuditCopy.auditCopies).toEqual(
      report.sources.map((source) => ({
        id: expect.any(String),
        auditorId: "fannie_mae",
        createdAt: expect.any(String),
        removedAt: null,
        auditCopyToken: expect.stringMatching(/^a-sandbox-/),
        source,
        report: { id: report.id },
      })),
    );
    const [first, second] = createAuditCopy.auditCopies;
    const { removeAuditCopy } = await asked(REMOVE_COPY, { id: first.id });
    expect(removeAuditCopy.auditCopy).toMatchObject({ removedAt: expect.any(String), auditCopyToken: null });
    expect((await asked(REMOVE_COPY, { id: first.id })).removeAuditCopy).toEqual(removeAuditCopy);
    expect(called("/asset_report/audit_copy/remove")).toHaveLength(1);
    expect((await asked(LEDGER, { id: report.id })).report).toEqual({
      auditCopies: [removeAuditCopy.auditCopy, second].sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1)),
      relays: [],
    });
    const again = await asked("query ($id: ID!) { node(id: $id) { __typename id } }", { id: second.id });
    expect(again.node).toEqual({ __typename: "AuditCopy", id: second.id });
  });

  it("makes a relay where the aggregator has relays, and says where it has none", async () => {
    const report = await start();
    const { createRelay } = await asked(CREATE_RELAY, {
      input: { reportId: report.id, secondaryClientId: "partner-1" },
    });
    expect(createRelay.relays).toMatchObject([
      { secondaryClientId: "partner-1", source: { provider: "PLAID" }, relayToken: expect.any(String) },
    ]);
    expect(createRelay.unavailable).toEqual([
      { provider: "LINK_MONEY", product: "ASSETS", action: "UNSUPPORTED", error: { code: "PRODUCT_UNSUPPORTED" } },
    ]);
    const { removeRelay } = await asked(REMOVE_RELAY, { id: createRelay.relays[0].id });
    expect(removeRelay.relay).toMatchObject({ removedAt: expect.any(String), relayToken: null });
  });

  it("keeps what could be shared when one aggregator fails", async () => {
    const report = await start();
    sandbox.faults.script({
      ...{ provider: "LINK_MONEY", endpoint: "/asset_report/audit_copy/create" },
      ...{ kind: "server-error", status: 500 },
    });
    const { createAuditCopy } = await asked(CREATE_COPY, { input: { reportId: report.id, auditorId: "a" } });
    expect(createAuditCopy.auditCopies).toHaveLength(1);
    expect(createAuditCopy.unavailable).toMatchObject([
      { provider: "LINK_MONEY", action: "RETRY_LATER", error: { code: "PROVIDER_UNAVAILABLE" } },
    ]);
    expect(called("/asset_report/audit_copy/create")).toHaveLength(2); // never sent twice
  });

  it("ends every share with the report, here at once and upstream", async () => {
    const report = await start();
    await asked(CREATE_COPY, { input: { reportId: report.id, auditorId: "a" } });
    await asked(CREATE_RELAY, { input: { reportId: report.id, secondaryClientId: "p" } });
    await asked("mutation ($id: ID!) { removeReport(id: $id) { report { status } } }", { id: report.id });
    const ledger = (await asked(LEDGER, { id: report.id })).report;
    expect([...ledger.auditCopies, ...ledger.relays]).toHaveLength(3);
    for (const share of [...ledger.auditCopies, ...ledger.relays]) {
      expect(share.removedAt).not.toBeNull();
      expect(share.auditCopyToken ?? share.relayToken ?? null).toBeNull();
    }
    await until(
      async () => (await store.execute("select 1 from report_share where token_sealed is not null")).rows.length === 0,
    );
  });

  it("refuses who may not, and what cannot be", async () => {
    const report = await start();
    const input = { reportId: report.id, auditorId: "a" };
    const { createAuditCopy } = await asked(CREATE_COPY, { input });
    const [copy] = createAuditCopy.auditCopies;
    expect(await refusal(CREATE_COPY, { input }, { scopes: ["reports:write"] })).toMatchObject({ code: "FORBIDDEN" });
    expect(await refusal(REMOVE_COPY, { id: copy.id }, { scopes: [] })).toMatchObject({ code: "FORBIDDEN" });
    expect(await refusal(CREATE_COPY, { input }, { viewer: "mallory" })).toMatchObject({ code: "NOT_FOUND" });
    expect(await refusal(REMOVE_COPY, { id: copy.id }, { viewer: "mallory" })).toMatchObject({ code: "NOT_FOUND" });
    expect(await refusal(REMOVE_RELAY, { id: copy.id })).toMatchObject({ code: "BAD_USER_INPUT" });
    expect(await refusal(CREATE_COPY, { input: { ...input, auditorId: "" } })).toMatchObject({
      ...{ code: "BAD_USER_INPUT", field: "input.auditorId" },
    });
    expect(await refusal(CREATE_COPY, { input: { ...input, sourceIds: [] } })).toMatchObject({
      ...{ code: "BAD_USER_INPUT", field: "input.sourceIds" },
    });
    // the token is the owner's alone, and only with the scope; one refusal for the field
    const plain = await gateway.query(LEDGER, { id: report.id }, { scopes: [] });
    expect(plain.data.report.auditCopies).toMatchObject([{ auditCopyToken: null }, { auditCopyToken: null }]);
    expect(plain.errors.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN"]);
    await asked("mutation ($id: ID!) { removeReport(id: $id) { report { status } } }", { id: report.id });
    expect(await refusal(CREATE_COPY, { input })).toMatchObject({ code: "GONE" });
  });
});
