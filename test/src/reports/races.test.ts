import { expect, it } from "@jest/globals";
import { createReport } from "../../../src/operations/create-report.ts";
import type { OperationDeps } from "../../../src/operations/deps.ts";
import { interpretWebhook } from "../../../src/operations/interpret-webhook.ts";
import { removeReport } from "../../../src/operations/remove-report.ts";
import { reportOrder } from "../../../src/operations/report-order.ts";
import { checkSource } from "../../../src/reports/check-source.ts";
import { findHeads } from "../../../src/store/report-content.ts";
import { listSources } from "../../../src/store/report-sources.ts";
import { findReport } from "../../../src/store/reports.ts";
import { onPostgres } from "../../support/database.ts";
import { linkedItem, reportDeps, reportMaker, sendNow } from "../../support/report-worker.ts";
import { deliver } from "../../support/webhook-inbox.ts";

const ROUNDS = 25;

onPostgres((open) => {
  /** Two replicas over one database, and a viewer's items at both aggregators. */
  async function replicas() {
    const store = await open();
    const makers = { PLAID: reportMaker(), LINK_MONEY: reportMaker() };
    const first = await reportDeps(store, makers);
    const second = await reportDeps(await open.replica(store), makers);
    const items = [await linkedItem(first, "alice", "PLAID"), await linkedItem(first, "alice", "LINK_MONEY")];
    const end = async () => {
      for (const deps of [first, second]) {
        await deps.hub.close();
        await deps.jobs.stop();
      }
    };
    return { first, second, makers, items, end };
  }

  async function sourcesOf(deps: OperationDeps, report: string): Promise<[string, string]> {
    const [one, other] = await listSources(deps.store.db, [report]);
    return [one?.id ?? "", other?.id ?? ""];
  }

  it("two sources that settle together never leave the report PENDING", async () => {
    const { first, second, items, end } = await replicas();
    for (let round = 0; round < ROUNDS; round++) {
      const { id } = await createReport(first, "alice", reportOrder({ itemIds: items, daysRequested: 1 }));
      const [one, other] = await sourcesOf(first, id);
      await Promise.all([sendNow(first, one), sendNow(second, other)]);
      await Promise.all([checkSource(first, one, 0), checkSource(second, other, 0)]);
      expect((await findReport(first.store.db, "alice", id))?.status).toBe("READY");
    }
    await end();
  });

  it("two replicas that send one source create one upstream report", async () => {
    const { first, second, makers, items, end } = await replicas();
    for (let round = 0; round < ROUNDS; round++) {
      const { id } = await createReport(first, "alice", reportOrder({ itemIds: items.slice(0, 1), daysRequested: 1 }));
      const [source] = await sourcesOf(first, id);
      await Promise.all([first, second, first, second].map((deps) => sendNow(deps, source)));
      expect(makers.PLAID.creates).toBe(round + 1);
    }
    await end();
  });

  it("two replicas that are given one idempotency key make one report", async () => {
    const { first, second, items, end } = await replicas();
    for (let round = 0; round < ROUNDS; round++) {
      const input = { itemIds: items, daysRequested: 1, idempotencyKey: `key ${round}` };
      const made = await Promise.all(
        [first, second, first, second].map((deps) => createReport(deps, "alice", reportOrder(input))),
      );
      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    }
    expect(await first.store.db.selectFrom("report").select("id").execute()).toHaveLength(ROUNDS);
    await end();
  });

  it("a webhook that races with create's answer is never missed", async () => {
    const { first, second, makers, items, end } = await replicas();
    for (let round = 0; round < ROUNDS; round++) {
      const remoteId = `raced-${round}`;
      makers.PLAID.create = async () => ({ remoteId, token: `assets-${round}`, requestId: null });
      const { id } = await createReport(first, "alice", reportOrder({ itemIds: items.slice(0, 1), daysRequested: 1 }));
      const [source] = await sourcesOf(first, id);
      let looks = 0;
      for (const deps of [first, second]) {
        const { send } = deps.jobs;
        deps.jobs.send = (tx, queue, data, options) => {
          if (queue === "interpret-webhook" || (queue === "check-report-source" && !options?.startAfter)) looks++;
          return send(tx, queue, data, options);
        };
      }
      const webhook = async () => {
        const body = { webhook_type: "ASSETS", webhook_code: "PRODUCT_READY", asset_report_id: remoteId };
        await interpretWebhook(second, await deliver(second, body));
      };
      await Promise.all([sendNow(first, source), webhook()]);
      expect(looks).toBeGreaterThanOrEqual(1);
    }
    await end();
  });

  it("a removal that races with the get leaves the report REMOVED and nothing of its content", async () => {
    const { first, second, items, end } = await replicas();
    for (let round = 0; round < ROUNDS; round++) {
      const { id } = await createReport(first, "alice", reportOrder({ itemIds: items, daysRequested: 1 }));
      const [one, other] = await sourcesOf(first, id);
      await Promise.all([sendNow(first, one), sendNow(second, other)]);
      await Promise.all([checkSource(first, one, 0), removeReport(second, "alice", id), checkSource(second, other, 0)]);
      expect((await findReport(first.store.db, "alice", id))?.status).toBe("REMOVED");
      expect(await findHeads(first.store.db, [one, other])).toEqual([]);
    }
    await end();
  });
});
