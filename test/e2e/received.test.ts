import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { Store } from "../../src/store/store.ts";
import { eachDatabase, onPostgres } from "../support/database.ts";
import {
  capturedLog,
  type Gateway,
  importItem,
  startGateway,
  testSandbox,
  tokenOf,
  type Who,
} from "../support/gateway.ts";
import { until } from "../support/until.ts";

const REPORT = `id status origin daysRequested clientReportId basedOn { id }
  sources { id provider status remoteId itemIds pdf { url } error { code } } auditCopies { id } relays { id }
  content { daysRequested items { remoteId item { id } accounts { id remoteId name transactions(first: 2) { totalCount } } } unavailable { action error { code } } }`;
const OPEN_RELAY = `query ($token: String!, $provider: Provider! = PLAID) { relayedReport(provider: $provider, relayToken: $token) { ${REPORT} } }`;
const OPEN_COPY = `query ($token: String!, $provider: Provider! = PLAID) { auditCopyReport(provider: $provider, auditCopyToken: $token) { ${REPORT} } }`;
const READ = `query ($id: ID!) { report(id: $id) { ${REPORT} } }`;
const REMOVE = "mutation ($id: ID!) { removeReport(id: $id) { report { status } } }";
const REFRESH = "mutation ($input: RefreshReportInput!) { refreshReport(input: $input) { report { id status } } }";
const STATUS = "subscription ($id: ID!) { reportStatus(id: $id) { status } }";
const IDS = `query ($id: ID!, $after: String) { node(id: $id) { ... on ReportAccount {
  transactions(first: 5, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } } }`;
const NAMES = `query ($id: ID!) { node(id: $id) { ... on ReportAccount {
  transactions(first: 5) { nodes { name } unavailable { error { code } } } } } }`;

const KEYS = `shared:${Buffer.alloc(32, 5).toString("base64")}`;
const ENV = { REPORT_POLL_MS: "300000", ENCRYPTION_KEYS: KEYS };

const OWNER: Who = { viewer: "alice" };
const BOB: Who = { viewer: "bob" };
const CAROL: Who = { viewer: "carol" };

/** Both ways to share, and what each is asked with. */
const KINDS = [
  {
    kind: "relay",
    open: OPEN_RELAY,
    field: "relayedReport",
    argument: "relayToken",
    origin: "RELAYED",
    get: "/credit/relay/get",
    takeBack: "mutation ($id: ID!) { removeRelay(id: $id) { relay { id } } }",
  },
  {
    kind: "audit copy",
    open: OPEN_COPY,
    field: "auditCopyReport",
    argument: "auditCopyToken",
    origin: "AUDIT_COPY",
    get: "/asset_report/audit_copy/get",
    takeBack: "mutation ($id: ID!) { removeAuditCopy(id: $id) { auditCopy { id } } }",
  },
] as const;

interface TransactionPage {
  nodes: { id: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}
interface Share {
  id: string;
  token: string;
}
interface Shared {
  own: { id: string; sources: { remoteId: string }[]; content: { items: unknown[] } };
  shares: Record<(typeof KINDS)[number]["kind"], Share>;
}

/** A report of the owner's over one item of Plaid's, shared both ways. */
async function share(gateway: Gateway, sandbox: Sandbox): Promise<Shared> {
  const accessToken = sandbox.createItem("PLAID").accessToken;
  const itemId = await importItem(gateway, { provider: "PLAID", accessToken }, OWNER);
  const asked = async (document: string, variables: Record<string, unknown>) => {
    const { data, errors } = await gateway.query(document, variables, OWNER);
    expect(errors).toEqual([]);
    return data;
  };
  const { createReport } = await asked(
    "mutation ($input: CreateReportInput!) { createReport(input: $input) { report { id } } }",
    { input: { itemIds: [itemId], daysRequested: 30, clientReportId: "loan-7" } },
  );
  const { id } = createReport.report;
  for await (const _ of gateway.subscribe(STATUS, { id }, OWNER));
  const { createRelay } = await asked(
    "mutation ($input: CreateRelayInput!) { createRelay(input: $input) { relays { id relayToken } } }",
    { input: { reportId: id, secondaryClientId: "partner-1" } },
  );
  const { createAuditCopy } = await asked(
    "mutation ($input: CreateAuditCopyInput!) { createAuditCopy(input: $input) { auditCopies { id auditCopyToken } } }",
    { input: { reportId: id, auditorId: "fannie_mae" } },
  );
  const [relay] = createRelay.relays;
  const [copy] = createAuditCopy.auditCopies;
  return {
    own: (await asked(READ, { id })).report,
    shares: {
      relay: { id: relay.id, token: relay.relayToken },
      "audit copy": { id: copy.id, token: copy.auditCopyToken },
    },
  };
}

eachDatabase((_, open) => {
  let sandbox: Sandbox;
  let gateway: Gateway;
  let store: Store;
  let lines: string[];
  beforeAll(async () => {
    sandbox = await testSandbox();
  });
  afterAll(() => sandbox.close());
  afterEach(async () => {
    sandbox.faults.clear();
    await gateway.close();
  });

  async function start(): Promise<Shared> {
    store = await open();
    const captured = capturedLog();
    lines = captured.lines;
    gateway = await startGateway(sandbox, { store, log: captured.log, env: ENV });
    const shared = await share(gateway, sandbox);
    sandbox.clearCalls();
    return shared;
  }
  async function asked(document: string, variables: object, as: Who = BOB) {
    const { data, errors } = await gateway.query(document, { ...variables }, as);
    expect(errors).toEqual([]);
    return data;
  }
  const refusal = async (document: string, variables: object, as: Who = BOB) =>
    (await gateway.query(document, { ...variables }, as)).errors[0]?.extensions;
  const called = (endpoint: string) => sandbox.calls().filter((call) => call.endpoint === endpoint);
  /** As if the last question whether it still is shared were five minutes ago. */
  const later = () => store.execute("update report_source set recheck_at = now() - interval '1 second'");
  const rows = async (table: string, where: string) =>
    (await store.execute(`select 1 from ${table} where ${where}`)).rows.length;

  describe.each(KINDS)(
    "a report shared by $kind",
    ({ kind, open: document, field, argument, origin, get, takeBack }) => {
      it("is a report of the reader's own, the same one each time, read from here", async () => {
        const { own, shares } = await start();
        const { token } = shares[kind];
        const report = (await asked(document, { token }))[field];
        expect(report).toMatchObject({
          ...{ status: "READY", origin, daysRequested: 30, clientReportId: null, basedOn: null },
          ...{ auditCopies: [], relays: [] },
          sources: [{ provider: "PLAID", status: "READY", remoteId: own.sources[0]?.remoteId, itemIds: [] }],
          content: { daysRequested: 30, unavailable: [], items: [{ item: null }] },
        });
        expect(report.id).not.toBe(own.id);
        expect(report.content.items[0].accounts.map(({ remoteId }: { remoteId: string }) => remoteId)).toEqual(
          (own.content.items as { accounts: { remoteId: string }[] }[])[0]?.accounts.map(({ remoteId }) => remoteId),
        );
        expect((await asked(document, { token }))[field]).toEqual({ ...report, sources: expect.anything() });
        expect((await asked(READ, { id: report.id })).report.id).toBe(report.id);
        expect((await asked("query ($id: ID!) { node(id: $id) { id } }", { id: report.id })).node.id).toBe(report.id);
        const listed = await asked(`{ reports(filter: { origins: [${origin}] }) { nodes { id status } } }`, {});
        expect(listed.reports.nodes).toEqual([{ id: report.id, status: "READY" }]);
        const { events } = await asked("{ events(types: [REPORT_READY]) { nodes { report { id } } } }", {});
        expect(events.nodes).toEqual([{ report: { id: report.id } }]);
        const seen: string[] = [];
        for await (const { reportStatus } of gateway.subscribe(STATUS, { id: report.id }, BOB))
          seen.push(reportStatus.status);
        expect(seen).toEqual(["READY"]);
        expect(called(get)).toHaveLength(1);
        expect(called("/asset_report/get")).toEqual([]);
        // the token is kept sealed only, and in no log line
        const kept = JSON.stringify((await store.execute("select * from report_source")).rows);
        expect(kept).not.toContain(token);
        expect(lines.join("")).not.toContain(token);
      });

      it("is paged like any other, and is nobody else's", async () => {
        const { shares } = await start();
        const report = (await asked(document, shares[kind]))[field];
        const [account] = report.content.items[0].accounts;
        const ids: string[] = [];
        for (let after: string | null = null, more = true; more; ) {
          const page: { node: { transactions: TransactionPage } } = await asked(IDS, { id: account.id, after });
          const { nodes, pageInfo } = page.node.transactions;
          ids.push(...nodes.map(({ id }) => id));
          after = pageInfo.endCursor;
          more = pageInfo.hasNextPage;
        }
        expect(new Set(ids).size).toBe(account.transactions.totalCount);
        expect(called(get)).toHaveLength(1);
        for (const who of [OWNER, CAROL])
          expect(await refusal(READ, { id: report.id }, who)).toMatchObject({ code: "NOT_FOUND" });
        const hers = (await asked(document, shares[kind], CAROL))[field];
        expect(hers.id).not.toBe(report.id);
        expect(hers.content.items).toHaveLength(1);
      });

      it("is GONE once its owner has taken it back, and leaves nothing here", async () => {
        const { own, shares } = await start();
        const report = (await asked(document, shares[kind]))[field];
        const [account] = report.content.items[0].accounts;
        await asked(takeBack, { id: shares[kind].id }, OWNER);
        // asked for again after five minutes only
        expect((await asked(READ, { id: report.id })).report.status).toBe("READY");
        expect(called(get)).toHaveLength(1);
        await later();
        expect(await refusal(document, shares[kind])).toMatchObject({ code: "GONE", action: "NONE" });
        expect(called(get)).toHaveLength(2);
        for (const id of [report.id, account.id]) {
          expect(await refusal("query ($id: ID!) { node(id: $id) { id } }", { id })).toMatchObject({ code: "GONE" });
        }
        expect(await refusal(READ, { id: report.id })).toMatchObject({ code: "GONE" });
        expect(await refusal(document, shares[kind])).toMatchObject({ code: "GONE" });
        expect(called(get)).toHaveLength(2);
        const { reports } = await asked("{ reports { nodes { id status content { id } } } }", {});
        expect(reports.nodes).toEqual([{ id: report.id, status: "REMOVED", content: null }]);
        expect(await rows("report_source", "viewer = 'bob' and token_sealed is not null")).toBe(0);
        for (const table of ["report_head", "report_page"]) {
          expect(await rows(table, "source_id in (select id from report_source where viewer = 'bob')")).toBe(0);
        }
        const { events } = await asked("{ events(types: [REPORT_REMOVED]) { nodes { report { id } } } }", {});
        expect(events.nodes).toHaveLength(1);
        expect((await asked(READ, { id: own.id }, OWNER)).report.status).toBe("READY");
      });

      it.each(["report", "node of an account", "content of a list"])(
        "is found to be taken back by a read of its %s",
        async (how) => {
          const { shares } = await start();
          const report = (await asked(document, shares[kind]))[field];
          await asked(takeBack, { id: shares[kind].id }, OWNER);
          await later();
          if (how === "content of a list") {
            const { reports } = await asked("{ reports { nodes { content { id } } } }", {});
            expect(reports.nodes).toEqual([{ content: null }]);
          } else {
            const [account] = report.content.items[0].accounts;
            const code =
              how === "report" ? await refusal(READ, { id: report.id }) : await refusal(NAMES, { id: account.id });
            expect(code).toMatchObject({ code: "GONE" });
          }
          expect(await rows("report_source", "viewer = 'bob' and state = 'REMOVED'")).toBe(1);
        },
      );

      it("stays readable while the aggregator cannot be asked", async () => {
        const { shares } = await start();
        const report = (await asked(document, shares[kind]))[field];
        sandbox.faults.script({ kind: "server-error", provider: "PLAID", endpoint: get });
        await later();
        expect((await asked(READ, { id: report.id })).report).toMatchObject({
          status: "READY",
          content: { unavailable: [] },
        });
        const tried = called(get).length;
        expect((await asked(READ, { id: report.id })).report.status).toBe("READY");
        expect(called(get)).toHaveLength(tried); // not before a minute
      });

      it("comes PENDING where it cannot be read now, and settles by itself", async () => {
        const { shares } = await start();
        sandbox.faults.script({ kind: "server-error", provider: "PLAID", endpoint: get, times: 3 });
        const report = (await asked(document, shares[kind]))[field];
        expect(report).toMatchObject({ status: "PENDING", daysRequested: null, content: null });
        expect((await asked(document, shares[kind]))[field].id).toBe(report.id);
        await store.execute("update pgboss.job set start_after = now() where name = 'check-report-source'");
        for await (const _ of gateway.subscribe(STATUS, { id: report.id }, BOB));
        expect((await asked(READ, { id: report.id })).report).toMatchObject({ status: "READY", daysRequested: 30 });
      });

      it("is only forgotten here when its reader removes it, and can be opened again", async () => {
        const { own, shares } = await start();
        const report = (await asked(document, shares[kind]))[field];
        expect((await asked(REMOVE, { id: report.id })).removeReport.report.status).toBe("REMOVED");
        await until(async () => (await rows("report_source", "viewer = 'bob' and token_sealed is not null")) === 0);
        expect(await rows("report_head", "source_id in (select id from report_source where viewer = 'bob')")).toBe(0);
        expect(sandbox.calls().filter(({ endpoint }) => endpoint.endsWith("/remove"))).toEqual([]);
        expect((await asked(READ, { id: report.id })).report).toMatchObject({ status: "REMOVED", content: null });
        const again = (await asked(document, shares[kind]))[field];
        expect(again.id).not.toBe(report.id);
        expect(again.status).toBe("READY");
        // nor does it keep the owner's from being removed upstream
        await asked(REMOVE, { id: own.id }, OWNER);
        await until(() => called("/asset_report/remove").length === 1);
      });

      it("is refused what only its owner may do", async () => {
        const { shares } = await start();
        const report = (await asked(document, shares[kind]))[field];
        const [account] = report.content.items[0].accounts;
        const refusals = [
          ["filterReport", "FilterReportInput", { id: report.id, excludeAccountIds: [account.id] }],
          ["createAuditCopy", "CreateAuditCopyInput", { reportId: report.id, auditorId: "a" }],
          ["createRelay", "CreateRelayInput", { reportId: report.id, secondaryClientId: "p" }],
        ] as const;
        for (const [name, type, input] of refusals) {
          const mutation = `mutation ($input: ${type}!) { ${name}(input: $input) { report { id } } }`;
          expect(await refusal(mutation, { input })).toMatchObject({
            code: "PRODUCT_UNSUPPORTED",
            action: "UNSUPPORTED",
          });
        }
      });

      it("is opened with the scope only, by POST only, and by its own token only", async () => {
        const { shares } = await start();
        const { token } = shares[kind];
        const without = await gateway.query(document, { token }, { ...BOB, scopes: ["reports:write", "shares:write"] });
        expect(without.data).toEqual({ [field]: null });
        expect(without.errors[0]?.extensions).toMatchObject({ code: "FORBIDDEN" });
        const query = new URLSearchParams({ query: `{ ${field}(${argument}: "${token}") { id } }` });
        const headers = { authorization: `Bearer ${await tokenOf(BOB)}`, "apollo-require-preflight": "yes" };
        const answer = await fetch(`${gateway.app.url}/graphql?${query}`, { headers });
        const overGet = (await answer.json()) as { data: unknown; errors: { extensions: object }[] };
        expect(overGet.data).toEqual({ [field]: null });
        expect(overGet.errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field: argument });
        expect(sandbox.calls()).toEqual([]);

        const other = shares[kind === "relay" ? "audit copy" : "relay"].token;
        for (const wrong of [other, `${token}x`, "nothing"]) {
          expect(await refusal(document, { token: wrong })).toMatchObject({ code: "NOT_FOUND", field: argument });
        }
        for (const malformed of ["", "two words", "x".repeat(256), "ü"]) {
          expect(await refusal(document, { token: malformed })).toMatchObject({
            code: "BAD_USER_INPUT",
            field: argument,
          });
        }
        expect(await refusal(document, { token, provider: "LINK_MONEY" })).toMatchObject({
          ...{ code: "PRODUCT_UNSUPPORTED", action: "UNSUPPORTED", provider: "LINK_MONEY" },
        });
        expect(await rows("report", "viewer = 'bob'")).toBe(0);
      });

      it("is downloaded as the provider's PDF, until it is taken back", async () => {
        const { shares } = await start();
        const report = (await asked(document, shares[kind]))[field];
        const { url } = report.sources[0].pdf;
        const pdf = await fetch(url);
        expect([pdf.status, (await pdf.text()).slice(0, 5)]).toEqual([200, "%PDF-"]);
        expect(called(get.replace("/get", "/pdf/get"))).toHaveLength(1);
        await asked(takeBack, { id: shares[kind].id }, OWNER);
        expect((await fetch(url)).status).toBe(404);
      });
    },
  );

  it("a relay's insights are fetched when selected; an audit copy has none, and says so", async () => {
    const { shares } = await start();
    const relayed = (await asked(OPEN_RELAY, shares.relay)).relayedReport;
    const first = await asked(NAMES, { id: relayed.content.items[0].accounts[0].id });
    expect(first.node.transactions.nodes[0].name).not.toBeNull();
    const copy = (await asked(OPEN_COPY, shares["audit copy"])).auditCopyReport;
    const second = await asked(NAMES, { id: copy.content.items[0].accounts[0].id });
    expect(second.node.transactions).toMatchObject({
      unavailable: [{ error: { code: "PRODUCT_UNSUPPORTED" } }],
      nodes: expect.arrayContaining([expect.objectContaining({ name: null })]),
    });
  });

  it("a relayed report is refreshed by a webhook's word, as often as wanted; an audit copy is not", async () => {
    const { shares } = await start();
    const relayed = (await asked(OPEN_RELAY, shares.relay)).relayedReport;
    let before = relayed;
    for (const _ of [1, 2]) {
      const { report } = (await asked(REFRESH, { input: { id: before.id } })).refreshReport;
      expect(report.status).toBe("PENDING");
      for await (const _ of gateway.subscribe(STATUS, { id: report.id }, BOB));
      const after = (await asked(READ, { id: report.id })).report;
      expect(after).toMatchObject({
        status: "READY",
        origin: "REFRESHED",
        daysRequested: 30,
        basedOn: { id: before.id },
      });
      expect(after.sources[0].remoteId).not.toBe(before.sources[0].remoteId);
      expect(after.sources[0].pdf).not.toBeNull();
      before = after;
    }
    expect(called("/credit/relay/refresh")).toHaveLength(2);
    expect(called("/asset_report/refresh")).toEqual([]);
    // the one that was opened stays as it was; what its relay stands for by now is not taken for it
    const old = (await asked(READ, { id: relayed.id })).report;
    expect(old.content).toEqual(relayed.content);
    expect((await fetch(old.sources[0].pdf.url)).status).toBe(404);
    expect((await fetch(before.sources[0].pdf.url)).status).toBe(200);
    const page = await asked(NAMES, { id: relayed.content.items[0].accounts[0].id });
    expect(page.node.transactions.unavailable).toEqual([{ error: { code: "PRODUCT_UNSUPPORTED" } }]);
    // refused: other words than the owner's, sharing it on, and all of it once the relay has ended
    for (const [name, value] of Object.entries({ daysRequested: 3, clientReportId: "x", user: { firstName: "J" } })) {
      expect(await refusal(REFRESH, { input: { id: relayed.id, [name]: value } })).toMatchObject({
        ...{ code: "BAD_USER_INPUT", field: `input.${name}` },
      });
    }
    const onward = "mutation ($input: CreateRelayInput!) { createRelay(input: $input) { report { id } } }";
    expect(await refusal(onward, { input: { reportId: before.id, secondaryClientId: "p" } })).toMatchObject({
      code: "PRODUCT_UNSUPPORTED",
    });
    const copy = (await asked(OPEN_COPY, shares["audit copy"])).auditCopyReport;
    expect(await refusal(REFRESH, { input: { id: copy.id } })).toMatchObject({
      ...{ code: "PRODUCT_UNSUPPORTED", action: "UNSUPPORTED", field: "input.id" },
    });
    await asked(KINDS[0].takeBack, { id: shares.relay.id }, OWNER);
    await later();
    expect(await refusal(READ, { id: before.id })).toMatchObject({ code: "GONE" });
    expect(await refusal(REFRESH, { input: { id: before.id } })).toMatchObject({ code: "GONE" });
  });

  it("ends for its readers when the owner removes the report itself", async () => {
    const { own, shares } = await start();
    const report = (await asked(OPEN_COPY, shares["audit copy"])).auditCopyReport;
    await asked(REMOVE, { id: own.id }, OWNER);
    await until(() => called("/asset_report/remove").some(({ status }) => status === 200));
    await later();
    expect(await refusal(READ, { id: report.id })).toMatchObject({ code: "GONE" });
  });

  it("one whose token opens nothing by the time it can be asked is REMOVED, and GONE", async () => {
    await start();
    sandbox.faults.script({ kind: "server-error", provider: "PLAID", endpoint: "/credit/relay/get", times: 3 });
    const { relayedReport } = await asked(OPEN_RELAY, { token: "never-given" });
    expect(relayedReport.status).toBe("PENDING");
    await store.execute("update pgboss.job set start_after = now() where name = 'check-report-source'");
    const statuses: string[] = [];
    for await (const { reportStatus } of gateway.subscribe(STATUS, { id: relayedReport.id }, BOB))
      statuses.push(reportStatus.status);
    expect(statuses.at(-1)).toBe("REMOVED");
    expect(await refusal(OPEN_RELAY, { token: "never-given" })).toMatchObject({ code: "GONE" });
  });

  it("one that does not come within the operation comes PENDING, then whole", async () => {
    const { shares } = await start();
    await gateway.close();
    gateway = await startGateway(sandbox, { store, env: { ...ENV, OPERATION_TIMEOUT_MS: "1500" } });
    sandbox.faults.script({ kind: "hang", provider: "PLAID", endpoint: "/credit/relay/get", times: 1 });
    const { relayedReport } = await asked(
      "query ($token: String!) { relayedReport(relayToken: $token) { id status } }",
      {
        token: shares.relay.token,
      },
    );
    expect(relayedReport.status).toBe("PENDING");
    await store.execute("update pgboss.job set start_after = now() where name = 'check-report-source'");
    for await (const _ of gateway.subscribe(STATUS, { id: relayedReport.id }, BOB));
    expect((await asked(READ, { id: relayedReport.id })).report.status).toBe("READY");
  });

  it("one opened under a key that is no longer the first is found again", async () => {
    const { shares } = await start();
    const { relayedReport } = await asked(OPEN_RELAY, shares.relay);
    await gateway.close();
    const newer = `newer:${Buffer.alloc(32, 6).toString("base64")}`;
    gateway = await startGateway(sandbox, { store, env: { ...ENV, ENCRYPTION_KEYS: `${newer},${KEYS}` } });
    expect((await asked(OPEN_RELAY, shares.relay)).relayedReport.id).toBe(relayedReport.id);
  });

  it("one that is taken back and never read again leaves nothing after a day", async () => {
    const { shares } = await start();
    await asked(OPEN_RELAY, shares.relay);
    await asked(KINDS[0].takeBack, { id: shares.relay.id }, OWNER);
    await store.execute(
      "update report_source set recheck_at = now() - interval '25 hours' where recheck_at is not null",
    );
    await gateway.close();
    gateway = await startGateway(sandbox, { store, env: ENV }); // a round begins with the process, then comes every hour
    await until(async () => (await rows("report_source", "viewer = 'bob' and state = 'REMOVED'")) === 1);
    expect(await rows("report_head", "source_id in (select id from report_source where viewer = 'bob')")).toBe(0);
  });

  it("the owner may open a share of their own report too", async () => {
    const { own, shares } = await start();
    const { relayedReport } = await asked(OPEN_RELAY, shares.relay, OWNER);
    expect(relayedReport.id).not.toBe(own.id);
    expect(relayedReport.content.items).toHaveLength(1);
  });
});

onPostgres((open) => {
  describe("two replicas", () => {
    it("opening the same token at once open one report", async () => {
      const sandbox = await testSandbox();
      const store = await open();
      const here = await startGateway(sandbox, { store, env: ENV });
      const there = await startGateway(sandbox, { store: await open.replica(store), env: ENV });
      const { shares } = await share(here, sandbox);
      for (const { kind, open: document, field } of KINDS) {
        const { token } = shares[kind];
        const asks = Array.from({ length: 8 }, (_, n) => (n % 2 ? here : there).query(document, { token }, BOB));
        const answers = await Promise.all(asks);
        expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
        expect(new Set(answers.map(({ data }) => data[field].id)).size).toBe(1);
        expect(new Set(answers.map(({ data }) => data[field].status))).toEqual(new Set(["READY"]));
      }
      expect((await store.execute("select 1 from report where viewer = 'bob'")).rows).toHaveLength(2);
      const { data } = await here.query("{ events(types: [REPORT_READY]) { nodes { id } } }", {}, BOB);
      expect(data.events.nodes).toHaveLength(2);

      // whether they still are shared is asked by one of all who read
      await store.execute(
        "update report_source set recheck_at = now() - interval '1 second' where recheck_at is not null",
      );
      sandbox.clearCalls();
      const ids = (await here.query("{ reports { nodes { id } } }", {}, BOB)).data.reports.nodes as { id: string }[];
      const reads = ids.flatMap(({ id }) =>
        [here, there, here, there].map((gateway) => gateway.query(READ, { id }, BOB)),
      );
      expect((await Promise.all(reads)).flatMap(({ errors }) => errors)).toEqual([]);
      expect(
        sandbox
          .calls()
          .map(({ endpoint }) => endpoint)
          .sort(),
      ).toEqual(KINDS.map(({ get }) => get).sort());
      await here.close();
      await there.close();
      await sandbox.close();
    });
  });
});
