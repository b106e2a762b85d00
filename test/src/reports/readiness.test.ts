import { afterEach, expect, it } from "@jest/globals";
import { manualClock } from "../../../src/clock.ts";
import { GatewayError } from "../../../src/errors.ts";
import { createReport } from "../../../src/operations/create-report.ts";
import type { OperationDeps } from "../../../src/operations/deps.ts";
import { interpretWebhook } from "../../../src/operations/interpret-webhook.ts";
import { removeReport } from "../../../src/operations/remove-report.ts";
import { reportOrder } from "../../../src/operations/report-order.ts";
import { checkSource } from "../../../src/reports/check-source.ts";
import { removeSource } from "../../../src/reports/remove-source.ts";
import { GIVE_UP_MS, LEASE_MS } from "../../../src/reports/schedule.ts";
import { type SendTurn, sendSource } from "../../../src/reports/send-source.ts";
import { listEvents } from "../../../src/store/events.ts";
import { findHeads } from "../../../src/store/report-content.ts";
import { listSources } from "../../../src/store/report-sources.ts";
import { findReport } from "../../../src/store/reports.ts";
import { eachDatabase } from "../../support/database.ts";
import {
  linkedItem,
  type ReportMaker,
  reportData,
  reportDeps,
  reportMaker,
  sendNow,
} from "../../support/report-worker.ts";
import { deliver } from "../../support/webhook-inbox.ts";

const START = Date.parse("2026-03-01T12:00:00Z");

eachDatabase((_, open) => {
  let deps: OperationDeps;
  let maker: ReportMaker;
  const clock = manualClock(START);

  afterEach(async () => {
    await deps.hub.close();
    await deps.jobs.stop();
  });

  /** A PENDING report with one source, not sent yet: its uuid and the source's. */
  async function requested(ready: () => boolean = () => true): Promise<{ report: string; source: string }> {
    maker = reportMaker(ready);
    deps = await reportDeps(await open(), { PLAID: maker }, { clock });
    const item = await linkedItem(deps, "alice", "PLAID");
    const { id } = await createReport(deps, "alice", reportOrder({ itemIds: [item], daysRequested: 30 }));
    const [source] = await listSources(deps.store.db, [id]);
    return { report: id, source: source?.id ?? "" };
  }

  const state = async (report: string) => (await listSources(deps.store.db, [report]))[0];
  const status = async (report: string) => (await findReport(deps.store.db, "alice", report))?.status;

  it("commits the report before anything is sent, then sends and keeps what the get brings", async () => {
    const { report, source } = await requested();
    expect(maker.creates).toBe(0);
    expect(await status(report)).toBe("PENDING");
    await sendNow(deps, source);
    expect((await state(report))?.state).toBe("PENDING");
    await checkSource(deps, source, 0);
    expect(await status(report)).toBe("READY");
    expect(await state(report)).toMatchObject({ state: "READY", generated_at: "2026-01-02T03:04:05.000Z" });
    expect(await findHeads(deps.store.db, [source])).toHaveLength(1);
  });

  it("sends once, however often the job runs", async () => {
    const { source } = await requested();
    await sendNow(deps, source);
    await sendNow(deps, source);
    expect(maker.creates).toBe(1);
  });

  it.each([
    ["a refused connection", "PROVIDER_UNAVAILABLE"],
    ["a 429", "PROVIDER_RATE_LIMITED"],
  ] as const)(
    "goes back to QUEUED after %s, which proves that nothing was done, and is sent again",
    async (_, code) => {
      const { report, source } = await requested();
      maker.create = async () => Promise.reject(new GatewayError(code, "no", { nothingDone: true }));
      await sendNow(deps, source);
      expect((await state(report))?.state).toBe("QUEUED");
      expect(await status(report)).toBe("PENDING");
      maker.create = reportMaker().create;
      await sendNow(deps, source);
      expect((await state(report))?.state).toBe("PENDING");
    },
  );

  it("leaves one job to send it again, not before the aggregator's own time", async () => {
    const { source } = await requested();
    const sent: { sends: number; state: string; at: number }[] = [];
    const { send } = deps.jobs;
    deps.jobs.send = async (tx, queue, data, options) => {
      if (queue === "send-report-source") sent.push({ ...(data as SendTurn), at: options?.startAfter?.getTime() ?? 0 });
      return send(tx, queue, data, options);
    };
    const retryAt = clock.now() + 60_000;
    maker.create = async () =>
      Promise.reject(new GatewayError("PROVIDER_RATE_LIMITED", "no", { nothingDone: true, retryAt }));
    await sendNow(deps, source);
    // the job of the lease, and those of turns that are over, find that it is not their turn
    for (const { sends, state } of [...sent, { sends: 0, state: "QUEUED" }]) {
      if (sends === 1 && state === "QUEUED") continue;
      await sendSource(deps, { sourceId: source, sends, state: state as SendTurn["state"] });
    }
    expect(maker.creates).toBe(1);
    expect(sent.filter(({ state }) => state === "QUEUED")).toEqual([
      expect.objectContaining({ sends: 1, at: retryAt }),
    ]);
  });

  it("keeps the outcome of a create, however long the database is away", async () => {
    const { report, source } = await requested();
    const { transaction } = deps.store;
    let refusals = 0;
    maker.create = async () => {
      deps.store.transaction = async (work) => {
        if (++refusals <= 3) {
          queueMicrotask(() => clock.advance(5_000));
          throw new Error("the database is away");
        }
        return transaction(work);
      };
      return { remoteId: "r", token: "assets-kept", requestId: null };
    };
    const sending = sendNow(deps, source);
    const turning = setInterval(() => clock.advance(1_000), 5);
    await sending;
    clearInterval(turning);
    deps.store.transaction = transaction;
    expect((await state(report))?.state).toBe("PENDING");
  });

  it("fails after an answer that proves nothing, and is never sent again", async () => {
    const { report, source } = await requested();
    maker.create = async () => Promise.reject(new GatewayError("PROVIDER_TIMEOUT", "no answer"));
    await sendNow(deps, source);
    expect(await state(report)).toMatchObject({ state: "FAILED", error: { code: "PROVIDER_TIMEOUT" } });
    await sendNow(deps, source);
    expect(maker.creates).toBe(1);
    expect(await status(report)).toBe("FAILED");
  });

  it("leaves a live lease alone, and fails a source whose sender died", async () => {
    const { report, source } = await requested();
    let answer = (_: { remoteId: string; token: string; requestId: null }) => {};
    const started = new Promise<void>((resolve) => {
      maker.create = () => {
        resolve();
        return new Promise((settle) => {
          answer = settle;
        });
      };
    });
    const sending = sendNow(deps, source);
    await started;
    await sendNow(deps, source);
    expect((await state(report))?.state).toBe("SENDING");
    expect(await status(report)).toBe("PENDING");

    clock.advance(LEASE_MS + 1);
    await sendNow(deps, source);
    expect(await state(report)).toMatchObject({ state: "FAILED", error: { code: "PROVIDER_TIMEOUT" } });
    expect(maker.creates).toBe(1);

    // the answer comes after all: what it made is removed upstream, and the source stays failed
    answer({ remoteId: "late", token: "assets-late", requestId: null });
    await sending;
    expect((await state(report))?.state).toBe("FAILED");
    await removeSource(deps, source);
    expect(maker.removed).toEqual(["assets-late"]);
    expect((await state(report))?.token_sealed).toBeNull();
  });

  it.each([
    ["PRODUCT_READY", []],
    ["SOMETHING_NEW", ["OTHER"]],
  ])("finds a webhook %s that came before create was answered", async (webhook_code, kept) => {
    const { report, source } = await requested();
    maker.create = async () => {
      const early = { webhook_type: "ASSETS", webhook_code, asset_report_id: "known-early" };
      await interpretWebhook(deps, await deliver(deps, early));
      return { remoteId: "known-early", token: "assets-1", requestId: null };
    };
    const waiting: number[] = [];
    let checks = 0;
    const { send } = deps.jobs;
    deps.jobs.send = async (tx, queue, data, options) => {
      if ("inboxId" in data) waiting.push(data.inboxId);
      if (queue === "check-report-source" && !options?.startAfter) checks++;
      return send(tx, queue, data, options);
    };
    await sendNow(deps, source);
    for (const inboxId of waiting) await interpretWebhook(deps, inboxId);
    expect(checks).toBe(1);
    expect((await state(report))?.state).toBe("PENDING");
    const told = await listEvents(deps.store.db, "alice", { after: 0, first: 10 });
    expect(told.filter(({ inbox_id }) => inbox_id !== null).map(({ type }) => type)).toEqual(kept);
  });

  it("keeps one chain of polls, however many triggers there are", async () => {
    let ready = false;
    const { report, source } = await requested(() => ready);
    await sendNow(deps, source);
    await Promise.all([checkSource(deps, source, 0), checkSource(deps, source, 0), checkSource(deps, source, 0)]);
    expect(maker.reads).toBe(1);
    await checkSource(deps, source, 0);
    expect(maker.reads).toBe(1);
    ready = true;
    await checkSource(deps, source, 1);
    expect(await status(report)).toBe("READY");
    await checkSource(deps, source, 2);
    expect(maker.reads).toBe(2);
  });

  it.each([
    ["REPORT_FAILED", "FAILED"],
    ["ITEM_REVOKED", "FAILED"],
    ["PROVIDER_UNAVAILABLE", "PENDING"],
    ["PROVIDER_RATE_LIMITED", "PENDING"],
    ["PROVIDER_BAD_RESPONSE", "PENDING"],
    ["PROVIDER_TIMEOUT", "PENDING"],
  ] as const)("after a get that says %s the source is %s", async (code, wanted) => {
    const { report, source } = await requested();
    await sendNow(deps, source);
    maker.read = async () => Promise.reject(new GatewayError(code, "no"));
    await checkSource(deps, source, 0);
    expect((await state(report))?.state).toBe(wanted);
  });

  it("removes upstream what failed after it was made", async () => {
    const { report, source } = await requested();
    await sendNow(deps, source);
    maker.read = async () => Promise.reject(new GatewayError("REPORT_FAILED", "no"));
    const removals: string[] = [];
    const { send } = deps.jobs;
    deps.jobs.send = async (tx, queue, data, options) => {
      if (queue === "remove-report-source") removals.push(queue);
      return send(tx, queue, data, options);
    };
    await checkSource(deps, source, 0);
    expect(removals).toHaveLength(1);
    await removeSource(deps, source);
    expect(maker.removed).toHaveLength(1);
    expect((await state(report))?.token_sealed).toBeNull();
  });

  it("gives up a source that is not ready after a day", async () => {
    const { report, source } = await requested(() => false);
    await sendNow(deps, source);
    clock.advance(GIVE_UP_MS + 1);
    await checkSource(deps, source, 0);
    expect(await state(report)).toMatchObject({ state: "FAILED", error: { code: "PROVIDER_TIMEOUT" } });
  });

  it("removed while create is under way, is removed upstream when its answer comes", async () => {
    const { report, source } = await requested();
    maker.create = async () => {
      await removeReport(deps, "alice", report);
      return { remoteId: "r", token: "assets-orphan", requestId: null };
    };
    await sendNow(deps, source);
    expect(await status(report)).toBe("REMOVED");
    await removeSource(deps, source);
    expect(maker.removed).toEqual(["assets-orphan"]);
  });

  it("removed while a get is under way, keeps nothing of its content", async () => {
    const { report, source } = await requested();
    await sendNow(deps, source);
    maker.read = async () => {
      await removeReport(deps, "alice", report);
      return reportData();
    };
    await checkSource(deps, source, 0);
    expect(await status(report)).toBe("REMOVED");
    expect(await findHeads(deps.store.db, [source])).toEqual([]);
  });

  it("fails, naming the items, when they were unlinked before it was sent", async () => {
    const { report, source } = await requested();
    const [item] = await deps.store.db.deleteFrom("item").returning("remote_id").execute();
    await sendNow(deps, source);
    expect(maker.creates).toBe(0);
    expect(await state(report)).toMatchObject({
      state: "FAILED",
      error: { code: "REPORT_FAILED", causes: [{ remoteItemId: item?.remote_id }] },
    });
  });
});
