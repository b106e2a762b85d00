import { describe, expect, it } from "@jest/globals";
import pino from "pino";
import { type Clock, manualClock, systemClock } from "../../../src/clock.ts";
import { createJobs, type JobHandlers, type Jobs, QUEUES } from "../../../src/store/jobs.ts";
import type { Store } from "../../../src/store/store.ts";
import { eachDatabase, onPostgres, silentLog } from "../../support/database.ts";
import { until } from "../../support/until.ts";

/** Handlers that note the ids they were given. */
function noting(seen: string[], change: Partial<JobHandlers> = {}): JobHandlers {
  const note = async ({ sourceId }: { sourceId: string }) => void seen.push(sourceId);
  return {
    "send-report-source": note,
    "check-report-source": note,
    "remove-report-source": note,
    "interpret-webhook": async ({ inboxId }) => void seen.push(`inbox ${inboxId}`),
    "remove-item": async ({ itemId }) => void seen.push(`item ${itemId}`),
    "look-at-item": async ({ itemId }) => void seen.push(`look at ${itemId}`),
    "register-webhook": async ({ itemId }) => void seen.push(`register ${itemId}`),
    "remove-share": async ({ shareId }) => void seen.push(`share ${shareId}`),
    "settle-rotation": async ({ itemId }) => void seen.push(`settle ${itemId}`),
    ...change,
  };
}

const jobsOf = (store: Store, clock: Clock = systemClock) => createJobs({ store, clock, log: silentLog });

/** The first turn of a source's sending. */
const turn = (sourceId: string) => ({ sourceId, state: "QUEUED" as const, sends: 0 });

function sendOne(store: Store, jobs: Jobs, sourceId: string, startAfter?: Date): Promise<void> {
  return store.transaction((tx) => jobs.send(tx, "send-report-source", turn(sourceId), { startAfter }));
}

async function unfinished(store: Store): Promise<unknown[]> {
  const { rows } = await store.execute(
    "select name, state from pgboss.job where state not in ('completed', 'cancelled') and name <> ''",
  );
  return rows;
}

describe("jobs", () => {
  eachDatabase((_, open) => {
    it("run once each, right after the commit, on whichever queue", async () => {
      const store = await open();
      const jobs = await jobsOf(store, manualClock(Date.now())); // it stands still, so nothing is found by looking for it
      const seen: string[] = [];
      await jobs.start(noting(seen));
      await store.transaction(async (tx) => {
        await jobs.send(tx, "send-report-source", turn("a"));
        await jobs.send(tx, "check-report-source", { sourceId: "b", poll: 1 });
        await jobs.send(tx, "remove-report-source", { sourceId: "c" });
        await jobs.send(tx, "interpret-webhook", { inboxId: 4 });
        await jobs.send(tx, "remove-item", { itemId: "e" });
        await jobs.send(tx, "look-at-item", { itemId: "f" });
        await jobs.send(tx, "register-webhook", { itemId: "g", seen: "" });
        await jobs.send(tx, "remove-share", { shareId: "h" });
        await jobs.send(tx, "settle-rotation", { itemId: "i", began: "" });
        expect(seen).toEqual([]);
      });
      await until(() => seen.length === QUEUES.length);
      await until(async () => (await unfinished(store)).length === 0);
      const others = ["inbox 4", "item e", "look at f", "register g", "settle i", "share h"];
      expect(seen.sort()).toEqual(["a", "b", "c", ...others]);
      await jobs.stop();
    });

    it("of a transaction that fails never run", async () => {
      const store = await open();
      const jobs = await jobsOf(store);
      const seen: string[] = [];
      await jobs.start(noting(seen));
      await store
        .transaction(async (tx) => {
          await jobs.send(tx, "send-report-source", turn("never"));
          throw new Error("no");
        })
        .catch(() => "expected");
      await sendOne(store, jobs, "after");
      await until(() => seen.length > 0);
      expect(seen).toEqual(["after"]);
      expect(await store.execute("select 1 from pgboss.job where data->>'sourceId' = 'never'")).toEqual({ rows: [] });
      await jobs.stop();
    });

    it("are all done when more come at once than there are workers", async () => {
      const store = await open();
      const jobs = await jobsOf(store);
      const seen: string[] = [];
      let running = 0;
      let most = 0;
      await jobs.start(
        noting(seen, {
          "send-report-source": async ({ sourceId }) => {
            most = Math.max(most, ++running);
            await new Promise(setImmediate);
            running--;
            seen.push(sourceId);
          },
        }),
      );
      const ids = Array.from({ length: 40 }, (_id, index) => `source ${index}`);
      await store.transaction(async (tx) => {
        for (const sourceId of ids) await jobs.send(tx, "send-report-source", turn(sourceId));
      });
      await until(() => seen.length >= ids.length);
      expect(seen.sort()).toEqual([...ids].sort());
      expect(most).toBeLessThanOrEqual(8);
      await jobs.stop();
    });

    it("wait for their moment, which the sender's clock decides", async () => {
      const store = await open();
      const clock = manualClock(Date.parse("2020-01-01T00:00:00Z"));
      const jobs = await jobsOf(store, clock);
      const seen: string[] = [];
      await jobs.start(noting(seen));
      await sendOne(store, jobs, "in an hour", new Date(clock.now() + 3_600_000));
      await sendOne(store, jobs, "in the past", new Date(clock.now() - 1_000));
      await until(() => seen.length > 0);
      clock.advance(3_599_999);
      await sendOne(store, jobs, "now");
      await until(() => seen.length > 1);
      expect(seen).toEqual(["in the past", "now"]);
      clock.advance(1);
      await until(() => seen.length > 2);
      expect(seen.at(-1)).toBe("in an hour");
      await jobs.stop();
    });

    it("survive a restart: what was sent and not begun runs in the next process", async () => {
      const store = await open();
      const jobs = await jobsOf(store);
      await sendOne(store, jobs, "now");
      await sendOne(store, jobs, "a little later", new Date(Date.now() + 100));
      await jobs.stop();

      const next = await open.restart(store);
      const nextJobs = await jobsOf(next);
      const seen: string[] = [];
      await nextJobs.start(noting(seen));
      await until(() => seen.length >= 2);
      expect(seen.sort()).toEqual(["a little later", "now"]);
      await until(async () => (await unfinished(next)).length === 0);
      await nextJobs.stop();
    });

    it("are waited for at the stop", async () => {
      const store = await open();
      const jobs = await jobsOf(store);
      const seen: string[] = [];
      let begin = () => {};
      const begun = new Promise<void>((resolve) => {
        begin = resolve;
      });
      let finish = () => {};
      const finished = new Promise<void>((resolve) => {
        finish = resolve;
      });
      const handlers = noting(seen, {
        async "send-report-source"() {
          begin();
          await finished;
          seen.push("finished");
        },
      });
      await jobs.start(handlers);
      await sendOne(store, jobs, "slow");
      await begun;
      const stopped = jobs.stop().then(() => seen.push("stopped"));
      finish();
      await stopped;
      expect(seen).toEqual(["finished", "stopped"]);
      expect(await unfinished(store)).toEqual([]);
    });

    it("that do not end at the stop are aborted after 25 s, and run again in the next process", async () => {
      const store = await open();
      const clock = manualClock(Date.now());
      const jobs = await jobsOf(store, clock);
      let begin: (signal: AbortSignal) => void = () => {};
      const begun = new Promise<AbortSignal>((resolve) => {
        begin = resolve;
      });
      await jobs.start(
        noting([], {
          "send-report-source": (_data, signal) => {
            begin(signal);
            return new Promise(() => {});
          },
        }),
      );
      await sendOne(store, jobs, "endless");
      const signal = await begun;
      const stopped = jobs.stop();
      clock.advance(24_999);
      expect(signal.aborted).toBe(false);
      clock.advance(1);
      await stopped;
      expect(signal.aborted).toBe(true);
      expect(await unfinished(store)).toEqual([{ name: "send-report-source", state: "retry" }]);
    });

    it("that fail run again until they succeed, and the log says why without their secrets' reaching the database", async () => {
      const store = await open();
      const lines: string[] = [];
      const log = pino({ level: "warn" }, { write: (line) => void lines.push(line) });
      const jobs = await createJobs({ store, clock: systemClock, log });
      const seen: string[] = [];
      await jobs.start(
        noting(seen, {
          async "send-report-source"({ sourceId }) {
            seen.push(sourceId);
            if (seen.length < 2) throw new Error("the aggregator is away", { cause: "access-secret-token" });
          },
        }),
      );
      await sendOne(store, jobs, "a");
      await until(() => seen.length === 2);
      await until(async () => (await unfinished(store)).length === 0);
      expect(JSON.parse(lines[0] ?? "")).toMatchObject({
        queue: "send-report-source",
        data: { sourceId: "a" },
        attempt: 1,
        msg: "a job failed and will run again",
      });
      const { rows } = await store.execute("select * from pgboss.job");
      expect(JSON.stringify(rows)).not.toContain("access-secret-token");
      await jobs.stop();
    });

    it("that keep failing are tried for more than a day", async () => {
      const store = await open();
      const jobs = await jobsOf(store);
      await jobs.stop();
      const { rows } = await store.execute(
        "select distinct retry_limit, retry_delay, retry_backoff, retry_delay_max from pgboss.queue where name = any($1)",
        [[...QUEUES]],
      );
      expect(rows).toEqual([{ retry_limit: 120, retry_delay: 1, retry_backoff: true, retry_delay_max: 900 }]);
      // pg-boss: the n-th delay is between half of 2^n seconds and 2^n, at most retry_delay_max
      const shortest = Array.from({ length: 120 }, (_delay, index) => Math.min(900, 2 ** Math.min(16, index + 1) / 2));
      expect(shortest.reduce((sum, seconds) => sum + seconds, 0)).toBeGreaterThan(24 * 3_600);
    });

    it("take up changed queue options at the next start", async () => {
      const store = await open();
      await (await jobsOf(store)).stop();
      await store.execute("update pgboss.queue set retry_limit = 2");
      const jobs = await jobsOf(store);
      const { rows } = await store.execute("select distinct retry_limit from pgboss.queue where name = any($1)", [
        [...QUEUES],
      ]);
      expect(rows).toEqual([{ retry_limit: 120 }]);
      await sendOne(store, jobs, "a"); // and the first send within a transaction does not wait for itself
      await jobs.stop();
    });
  });

  onPostgres((open) => {
    it("run once each though two replicas work", async () => {
      const store = await open();
      const replica = await open.replica(store);
      const [jobs, replicaJobs] = await Promise.all([jobsOf(store), jobsOf(replica)]);
      const seen: string[] = [];
      await jobs.start(noting(seen));
      await replicaJobs.start(noting(seen));
      const ids = Array.from({ length: 30 }, (_id, index) => `source ${index}`);
      await Promise.all(
        ids.map((id, index) => (index % 2 ? sendOne(store, jobs, id) : sendOne(replica, replicaJobs, id))),
      );
      await until(async () => seen.length >= ids.length && (await unfinished(store)).length === 0);
      expect(seen.sort()).toEqual([...ids].sort());
      await Promise.all([jobs.stop(), replicaJobs.stop()]);
    });

    it("of a process that died run again in another once their heartbeat has stopped", async () => {
      const store = await open();
      const jobs = await jobsOf(store);
      await sendOne(store, jobs, "orphan");
      // as a process leaves it that is killed while it works
      await store.execute(
        "update pgboss.job set state = 'active', started_on = now() - interval '1 minute', heartbeat_on = now() - interval '1 minute'",
      );
      const clock = manualClock(Date.now());
      const replica = await open.replica(store);
      const replicaJobs = await jobsOf(replica, clock);
      const seen: string[] = [];
      await replicaJobs.start(noting(seen));
      await until(() => {
        clock.advance(1_000);
        return seen.length > 0;
      });
      expect(seen).toEqual(["orphan"]);
      await Promise.all([jobs.stop(), replicaJobs.stop()]);
    });
  });
});
