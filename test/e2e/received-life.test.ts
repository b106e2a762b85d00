import { describe, expect, it } from "@jest/globals";
import { eachDatabase, onPostgres } from "../support/database.ts";
import { startGateway, testSandbox } from "../support/gateway.ts";
import {
  BOB,
  ENV,
  KEYS,
  KINDS,
  NAMES,
  OPEN_COPY,
  OPEN_RELAY,
  OWNER,
  READ,
  REFRESH,
  REMOVE,
  STATUS,
  share,
  sharingStage,
} from "../support/sharing-stage.ts";
import { until } from "../support/until.ts";

eachDatabase((_, open) => {
  const stage = sharingStage(open);
  const { start, asked, refusal, called, later, rows } = stage;

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
      for await (const _ of stage.gateway.subscribe(STATUS, { id: report.id }, BOB));
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
    stage.sandbox.faults.script({ kind: "server-error", provider: "PLAID", endpoint: "/credit/relay/get", times: 3 });
    const { relayedReport } = await asked(OPEN_RELAY, { token: "never-given" });
    expect(relayedReport.status).toBe("PENDING");
    await stage.store.execute("update pgboss.job set start_after = now() where name = 'check-report-source'");
    const statuses: string[] = [];
    for await (const { reportStatus } of stage.gateway.subscribe(STATUS, { id: relayedReport.id }, BOB))
      statuses.push(reportStatus.status);
    expect(statuses.at(-1)).toBe("REMOVED");
    expect(await refusal(OPEN_RELAY, { token: "never-given" })).toMatchObject({ code: "GONE" });
  });

  it("one that does not come within the operation comes PENDING, then whole", async () => {
    const { shares } = await start();
    await stage.restart({ OPERATION_TIMEOUT_MS: "1500" });
    stage.sandbox.faults.script({ kind: "hang", provider: "PLAID", endpoint: "/credit/relay/get", times: 1 });
    const { relayedReport } = await asked(
      "query ($token: String!) { relayedReport(relayToken: $token) { id status } }",
      {
        token: shares.relay.token,
      },
    );
    expect(relayedReport.status).toBe("PENDING");
    await stage.store.execute("update pgboss.job set start_after = now() where name = 'check-report-source'");
    for await (const _ of stage.gateway.subscribe(STATUS, { id: relayedReport.id }, BOB));
    expect((await asked(READ, { id: relayedReport.id })).report.status).toBe("READY");
  });

  it("one opened under a key that is no longer the first is found again", async () => {
    const { shares } = await start();
    const { relayedReport } = await asked(OPEN_RELAY, shares.relay);
    const newer = `newer:${Buffer.alloc(32, 6).toString("base64")}`;
    await stage.restart({ ENCRYPTION_KEYS: `${newer},${KEYS}` });
    expect((await asked(OPEN_RELAY, shares.relay)).relayedReport.id).toBe(relayedReport.id);
  });

  it("one that is taken back and never read again leaves nothing after a day", async () => {
    const { shares } = await start();
    await asked(OPEN_RELAY, shares.relay);
    await asked(KINDS[0].takeBack, { id: shares.relay.id }, OWNER);
    await stage.store.execute(
      "update report_source set recheck_at = now() - interval '25 hours' where recheck_at is not null",
    );
    await stage.restart(); // a round begins with the process, then comes every hour
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
