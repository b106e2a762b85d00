import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, expect, it } from "@jest/globals";
import { delay, systemClock } from "../../src/clock.ts";
import { IMITATED, type Imitated } from "../../src/sandbox/imitated.ts";
import { onPostgres } from "../support/database.ts";
import { type LinkedItem, type Moment, mortalGateway } from "../support/mortal-gateway.ts";
import { until } from "../support/until.ts";

const ROOT = join(import.meta.dirname, "../..");
const CREATE = "mutation ($input: CreateReportInput!) { createReport(input: $input) { report { id } } }";
const REPORT = "query ($id: ID!) { report(id: $id) { status sources { provider status error { code } } } }";
const FEED = "{ events(types: [REPORT_READY, REPORT_PARTIAL, REPORT_FAILED]) { nodes { occurredAt } } }";
const CREATES = "/asset_report/create";
const FINAL_WITHIN_MS = 30_000;

/** A moment, and what must become of this provider's source. */
type CreateMoment = Moment & { settles?: [provider: Imitated, status: "READY" | "FAILED"] };

interface SeenReport {
  status: string;
  sources: { provider: Imitated; status: string; error: { code: string } | null }[];
}

/** In the order of the work. Nothing has been sent before the report is committed. */
const BEFORE_SENDING: CreateMoment[] = [
  { name: "within the insert of its idempotency key", row: inserted("idempotency", "within") },
  { name: "within the insert of the report", row: inserted("report", "within") },
  { name: "within the insert of its first source", row: inserted("report_source", "within") },
  { name: "within the insert of its second source", row: inserted("report_source", "within", 2) },
];
const MOMENTS: CreateMoment[] = [
  ...BEFORE_SENDING,
  { name: "the report is committed", row: inserted("report", "committed") },
  { name: "createReport is answered", answers: 1 },
  ...IMITATED.flatMap((provider): CreateMoment[] => [
    {
      name: `within ${provider}'s move to SENDING`,
      row: moved(provider, "SENDING", "within"),
      settles: [provider, "READY"],
    },
    { name: `${provider} is SENDING`, row: moved(provider, "SENDING", "committed") },
    { name: `create reached ${provider}`, provider, endpoint: CREATES, at: "asked", settles: [provider, "FAILED"] },
    { name: `${provider} made it`, provider, endpoint: CREATES, at: "done", settles: [provider, "FAILED"] },
    { name: `${provider} answered create`, provider, endpoint: CREATES, at: "answered" },
    {
      name: `within ${provider}'s move to PENDING`,
      row: moved(provider, "PENDING", "within"),
      settles: [provider, "FAILED"],
    },
    { name: `${provider} is PENDING`, row: moved(provider, "PENDING", "committed"), settles: [provider, "READY"] },
  ]),
];

onPostgres((open) => {
  beforeAll(() => {
    execFileSync(process.execPath, ["scripts/build-if-needed.js"], { cwd: ROOT });
  });

  it(`killed at ${MOMENTS.length} moments of createReport, ends every report, and creates nothing twice`, async () => {
    const store = await open();
    const gateway = await mortalGateway(open.url(store), { reportMs: 200 });
    const rounds: { moment: CreateMoment; viewer: string; id: string; restartedAt: number; items: LinkedItem[] }[] = [];

    /** The rounds' creates that reached an aggregator. */
    const createsOf = (item: LinkedItem) =>
      gateway.sandbox.calls().filter(({ endpoint, itemId }) => endpoint === CREATES && itemId === item.remoteId);

    /** Whether all that this process was to send of the viewer's report has been sent, and its outcome kept. */
    async function isSent(viewer: string): Promise<boolean> {
      const sources = await store.db.selectFrom("report_source").selectAll().where("viewer", "=", viewer).execute();
      const isOwn = (sentAt: string | null) => Date.parse(sentAt ?? "") > gateway.killedAt;
      return sources.every(({ state, sent_at }) => state !== "QUEUED" && !(state === "SENDING" && isOwn(sent_at)));
    }

    async function kill(moment: CreateMoment, viewer: string): Promise<void> {
      const items = await Promise.all(IMITATED.map((provider) => gateway.link(viewer, provider)));
      const input = { itemIds: items.map(({ id }) => id), daysRequested: 30, idempotencyKey: viewer };
      const ids = new Set<string>();
      await gateway.killAt(moment, items, async (answered) => {
        const made = await gateway.ask(viewer, CREATE, { input }).catch(() => null); // it was killed before it answered
        if (!made) return;
        ids.add(made.createReport.report.id);
        answered();
      });
      // a client whose connection broke sends it again under its key
      const again = await gateway.ask(viewer, CREATE, { input });
      ids.add(again.createReport.report.id);
      expect([moment.name, ids.size]).toEqual([moment.name, 1]);
      await until(() => isSent(viewer)); // only this round's kill may strike it
      rounds.push({ moment, viewer, id: again.createReport.report.id, restartedAt: gateway.readyAt, items });
    }

    try {
      for (const [round, moment] of MOMENTS.entries()) await kill(moment, `viewer-${round}`);

      const lines: string[] = [];
      for (const { moment, viewer, id, restartedAt, items } of rounds) {
        let report: SeenReport | undefined;
        await until(async () => {
          await delay(systemClock, 100);
          report = (await gateway.ask(viewer, REPORT, { id })).report as SeenReport;
          return report.status !== "PENDING";
        }, FINAL_WITHIN_MS);
        const { nodes } = (await gateway.ask(viewer, FEED)).events;
        const finalMs = Date.parse(nodes[0]?.occurredAt) - restartedAt;
        const statuses = report?.sources.map(({ provider, status }) => `${provider} ${status}`).join(", ");
        lines.push(`${moment.name}: ${statuses}, ${(finalMs / 1000).toFixed(1)} s after the restart`);

        expect([moment.name, nodes.length]).toEqual([moment.name, 1]);
        expect(finalMs).toBeLessThan(FINAL_WITHIN_MS);
        if (BEFORE_SENDING.includes(moment)) expect([moment.name, report?.status]).toEqual([moment.name, "READY"]);
        for (const { provider, status, error } of report?.sources ?? []) {
          // a source that was being sent when its sender died is failed, never sent again blindly
          if (status !== "READY") expect([moment.name, error?.code]).toEqual([moment.name, "PROVIDER_TIMEOUT"]);
          if (moment.settles?.[0] === provider) expect([moment.name, status]).toEqual([moment.name, moment.settles[1]]);
        }
        for (const item of items) expect([moment.name, createsOf(item).length <= 1]).toEqual([moment.name, true]);
      }
      console.log(lines.join("\n"));
    } finally {
      await gateway.close();
    }
  });
});

function inserted(table: string, at: "within" | "committed", nth = 1) {
  return { table, on: "insert" as const, when: "true", nth, at };
}

function moved(provider: Imitated, to: string, at: "within" | "committed") {
  const when = `new.provider = '${provider}' and new.state = '${to}' and old.state <> '${to}'`;
  return { table: "report_source", on: "update" as const, when, at };
}
