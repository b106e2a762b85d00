import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, expect, it } from "@jest/globals";
import { IMITATED, type Imitated } from "../../src/sandbox/imitated.ts";
import { onPostgres } from "../support/database.ts";
import { type Moment, mortalGateway } from "../support/mortal-gateway.ts";
import type { RowChange } from "../support/row-moment.ts";
import { until } from "../support/until.ts";

const ROOT = join(import.meta.dirname, "../..");
const CREATE = "mutation ($input: CreateReportInput!) { createReport(input: $input) { report { id } } }";
const REPORT = `query ($id: ID!) { report(id: $id) { status content { unavailable { error { code } } items {
  provider accounts { name transactions(first: 200) { nodes { amount } pageInfo { hasNextPage } } historicalBalances { current }
} } } } }`;
const FEED = "{ events(types: [REPORT_READY, REPORT_PARTIAL, REPORT_FAILED]) { nodes { type } } }";
const GET = "/asset_report/get";
const FINAL_WITHIN_MS = 30_000;
/** By then both aggregators have answered create. */
const REPORT_MS = 300;

/** In the order of the work: the aggregator has the report from here on, so that it must become ready. */
const MOMENTS: Moment[] = [
  { name: "within the insert of the webhook", row: webhook("insert", "within") },
  { name: "the webhook is committed", row: webhook("insert", "committed") },
  { name: "within the note that it is interpreted", row: webhook("update", "within") },
  { name: "it is interpreted", row: webhook("update", "committed") },
  { name: "within the turn to look at the report", row: source("new.polls > old.polls", "within") },
  { name: "the turn is committed", row: source("new.polls > old.polls", "committed") },
  ...IMITATED.flatMap((provider): Moment[] => [
    { name: `get reached ${provider}`, provider, endpoint: GET, at: "asked" },
    { name: `${provider} made the answer`, provider, endpoint: GET, at: "done" },
    { name: `${provider} answered get`, provider, endpoint: GET, at: "answered" },
  ]),
  { name: "within the insert of the head", row: inserted("report_head", 1) },
  { name: "within the insert of the second head", row: inserted("report_head", 2) },
  { name: "within the insert of the first page", row: inserted("report_page", 1) },
  { name: "within the insert of the ninth page", row: inserted("report_page", 9) },
  ...IMITATED.flatMap((provider): Moment[] => [
    { name: `within ${provider}'s move to READY`, row: source(ready(provider), "within") },
    { name: `${provider} is READY`, row: source(ready(provider), "committed") },
  ]),
  { name: "within the report's move to READY", row: report("within") },
  { name: "within the insert of its event", row: { ...inserted("event", 1), when: "new.type = 'REPORT_READY'" } },
  { name: "the report is READY", row: report("committed") },
];

onPostgres((open) => {
  beforeAll(() => {
    execFileSync(process.execPath, ["scripts/build-if-needed.js"], { cwd: ROOT });
  });

  it(`killed at ${MOMENTS.length} moments of storing content, has all of every report, and tells of it once`, async () => {
    const store = await open();
    const gateway = await mortalGateway(open.url(store), { reportMs: REPORT_MS });
    const lines: string[] = [];

    /** What became of a viewer's report, the gateway having been killed at that moment, or never. */
    async function reportOf(viewer: string, moment: Moment | null) {
      const items = await Promise.all(IMITATED.map((provider) => gateway.link(viewer, provider)));
      const input = { itemIds: items.map(({ id }) => id), daysRequested: 731 };
      let id = "";
      const make = async () => {
        id = (await gateway.ask(viewer, CREATE, { input })).createReport.report.id;
      };
      if (moment) await gateway.killAt(moment, items, make);
      else await make();
      let report: { status: string; content: unknown } = { status: "PENDING", content: null };
      const began = Date.now();
      await until(async () => {
        report = (await gateway.ask(viewer, REPORT, { id })).report;
        return report.status !== "PENDING";
      }, FINAL_WITHIN_MS);
      const { nodes } = (await gateway.ask(viewer, FEED)).events;
      const events: string[] = nodes.map(({ type }: { type: string }) => type);
      return { ...report, events, seconds: (Date.now() - began) / 1000 };
    }

    try {
      const whole = await reportOf("viewer-of-none", null);
      expect(JSON.stringify(whole.content).length).toBeGreaterThan(50_000);
      for (const [round, moment] of MOMENTS.entries()) {
        const { status, content, events, seconds } = await reportOf(`viewer-${round}`, moment);
        lines.push(`${moment.name}: ${status} ${seconds.toFixed(1)} s after the restart`);
        expect([moment.name, status, events]).toEqual([moment.name, "READY", ["REPORT_READY"]]);
        expect(content).toEqual(whole.content);
      }
      console.log(lines.join("\n"));
    } finally {
      await gateway.close();
    }
  });
});

function inserted(table: string, nth: number): RowChange {
  return { table, on: "insert", when: "true", nth, at: "within" };
}

function webhook(on: RowChange["on"], at: RowChange["at"]): RowChange {
  const interpreted = on === "update" ? " and new.interpreted_at is not null" : "";
  return { table: "webhook_inbox", on, when: `new.type = 'ASSETS'${interpreted}`, at };
}

function source(when: string, at: RowChange["at"]): RowChange {
  return { table: "report_source", on: "update", when, at };
}

function ready(provider: Imitated): string {
  return `new.provider = '${provider}' and new.state = 'READY' and old.state <> 'READY'`;
}

function report(at: RowChange["at"]): RowChange {
  return { table: "report", on: "update", when: "new.status = 'READY' and old.status <> 'READY'", at };
}
