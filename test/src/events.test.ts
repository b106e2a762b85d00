import { randomUUID } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { manualClock, systemClock } from "../../src/clock.ts";
import { createHub, type Hub } from "../../src/events.ts";
import { insertSources, updateSource } from "../../src/store/report-sources.ts";
import { insertReport, type StoredReport } from "../../src/store/reports.ts";
import type { Store } from "../../src/store/store.ts";
import { eachDatabase, onPostgres, silentLog } from "../support/database.ts";
import { until } from "../support/until.ts";

const hubOf = (store: Store, clock = systemClock) => createHub({ store, clock, log: silentLog });
const publish = (store: Store, hub: Hub, topic: string) => store.transaction((tx) => hub.publish(tx.db, topic));

/** Reads a subscription as it comes; `count` is how often it has yielded. */
function reader(hub: Hub, topic: string, signal: AbortSignal = new AbortController().signal) {
  const state = { count: 0, ended: false };
  const reading = (async () => {
    for await (const _ of hub.subscribe(topic, signal)) state.count++;
    state.ended = true;
  })();
  return Object.assign(state, { reading });
}

/** Whatever is under way in this process has had its turn. */
async function settle(store: Store): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await store.ping();
}

/** A source of a report; both are pending. */
async function insertPending(store: Store): Promise<{ id: string; report_id: string }> {
  const report: StoredReport = {
    ...{ id: randomUUID(), viewer: "ann", status: "PENDING", origin: "CREATED", based_on: null, days_requested: 1 },
    ...{ client_report_id: null, user_sealed: null, requested_at: "2026-03-01T00:00:00.000Z", ready_at: null },
  };
  await insertReport(store.db, report);
  const source = { id: randomUUID(), report_id: report.id, viewer: "ann" };
  await insertSources(store.db, [{ ...source, provider: "PLAID", ordinal: 0, state: "PENDING", items: [] }]);
  return source;
}

describe("the hub", () => {
  eachDatabase((_, open) => {
    it("yields at once, and again after each wake-up of the topic and no other", async () => {
      const store = await open();
      const hub = await hubOf(store);
      const [mine, other] = [reader(hub, "report:1"), reader(hub, "report:2")];
      await until(() => mine.count === 1 && other.count === 1);
      await publish(store, hub, "report:1");
      await until(() => mine.count === 2);
      await publish(store, hub, "report:1");
      await until(() => mine.count === 3);
      expect(other.count).toBe(1);
      await hub.close();
    });

    it("wakes after the commit, and never for a transaction that failed", async () => {
      const store = await open();
      const hub = await hubOf(store);
      const mine = reader(hub, "t");
      await until(() => mine.count === 1);
      await store
        .transaction(async (tx) => {
          await hub.publish(tx.db, "t");
          throw new Error("no");
        })
        .catch(() => "expected");
      await store.transaction(async (tx) => {
        await hub.publish(tx.db, "t");
        expect(mine.count).toBe(1);
      });
      await until(() => mine.count > 1);
      await settle(store);
      expect(mine.count).toBe(2);
      await hub.close();
    });

    it("makes one of the wake-ups that come while the reader is busy", async () => {
      const store = await open();
      const hub = await hubOf(store);
      const subscription = hub.subscribe("t", new AbortController().signal);
      await subscription.next();
      const witness = reader(hub, "t");
      await until(() => witness.count === 1);
      for (let times = 0; times < 5; times++) {
        const before = witness.count;
        await publish(store, hub, "t");
        await until(() => witness.count > before);
      }
      expect(await subscription.next()).toEqual({ done: false, value: undefined });
      let more = false;
      const next = subscription.next().then(({ done }) => {
        more = !done;
      });
      await settle(store);
      expect(more).toBe(false);
      await publish(store, hub, "t");
      await next;
      expect(more).toBe(true);
      await hub.close();
    });

    it("wakes, within 30 seconds, whose wake-up was lost, and nobody else", async () => {
      const store = await open();
      const clock = manualClock(0);
      const hub = await hubOf(store, clock);
      const source = await insertPending(store);
      const readers = ["events:ann", "events:bob", `report:${source.report_id}`, "events:eve"].map((topic) =>
        reader(hub, topic),
      );
      const counts = () => readers.map(({ count }) => count);
      const sweep = async (expected: number[]) => {
        for (let seconds = 0; seconds < 31 || (seconds < 300 && String(counts()) !== String(expected)); seconds++) {
          clock.advance(1_000);
          await settle(store);
        }
        expect(counts()).toEqual(expected);
      };
      await until(() => readers.every(({ count }) => count === 1));
      await sweep([2, 2, 2, 2]); // it does not know yet what they have seen
      await sweep([2, 2, 2, 2]);
      await store.db.insertInto("viewer_cursor").values({ viewer: "ann", n: 1 }).execute();
      await sweep([3, 2, 2, 2]);
      await store.db.updateTable("viewer_cursor").set({ n: 2 }).execute();
      await updateSource(store.db, source.id, { state: "READY" });
      await sweep([4, 2, 3, 2]);
      hub.missed("events:eve"); // she could not read
      await sweep([4, 2, 3, 3]);
      await sweep([4, 2, 3, 3]);
      await hub.close();
    });

    it("sweeps on after a database that was away, and has missed nothing", async () => {
      const store = await open();
      const clock = manualClock(0);
      let away = false;
      let asked = 0;
      const watched: Store = {
        ...store,
        get db() {
          asked++;
          if (away) throw new Error("the database is away");
          return store.db;
        },
      };
      const hub = await hubOf(watched, clock);
      const ann = reader(hub, "events:ann");
      const seconds = async (most: number, done: () => boolean) => {
        for (let second = 0; second < most && !done(); second++) {
          clock.advance(1_000);
          await settle(store);
        }
        expect(done()).toBe(true);
      };
      await seconds(300, () => ann.count === 2);
      await store.db.insertInto("viewer_cursor").values({ viewer: "ann", n: 1 }).execute();
      away = true;
      const before = asked;
      await seconds(300, () => asked > before);
      away = false;
      expect(ann.count).toBe(2);
      await seconds(300, () => ann.count === 3);
      await hub.close();
    });

    it("ends a subscription when its signal aborts, its reader leaves, or the hub closes", async () => {
      const store = await open();
      const hub = await hubOf(store);
      const abort = new AbortController();
      const aborted = reader(hub, "t", abort.signal);
      const left = hub.subscribe("t", new AbortController().signal);
      const closed = reader(hub, "t");
      await left.next();
      await until(() => aborted.count === 1 && closed.count === 1);
      abort.abort();
      await aborted.reading;
      const waiting = left.next();
      expect(await left.return?.()).toEqual({ done: true, value: undefined });
      expect(await waiting).toEqual({ done: true, value: undefined });
      await hub.close();
      await closed.reading;
      expect(await hub.subscribe("t", new AbortController().signal).next()).toEqual({ done: true, value: undefined });
      expect(await hub.subscribe("t", AbortSignal.abort()).next()).toEqual({ done: true, value: undefined });
    });

    it("carries thousands of subscribers", async () => {
      const store = await open();
      const hub = await hubOf(store);
      const readers = Array.from({ length: 5_000 }, (_reader, index) => reader(hub, `report:${index % 50}`));
      await until(() => readers.every(({ count }) => count === 1));
      await publish(store, hub, "report:7");
      await until(() => readers.filter(({ count }) => count === 2).length === 100);
      expect(readers.filter(({ count }) => count > 1)).toHaveLength(100);
      await hub.close();
      await Promise.all(readers.map(({ reading }) => reading));
    });
  });

  onPostgres((open) => {
    it("wakes the subscribers of other processes", async () => {
      const store = await open();
      const replica = await open.replica(store);
      const [hub, replicaHub] = [await hubOf(store), await hubOf(replica)];
      const mine = reader(replicaHub, "t");
      await until(() => mine.count === 1);
      await publish(store, hub, "t");
      await until(() => mine.count === 2);
      await hub.close();
      await replicaHub.close();
    });

    it("listens again after its connection was lost, and wakes everyone", async () => {
      const store = await open();
      const replica = await open.replica(store);
      const hub = await hubOf(store);
      const mine = reader(hub, "t");
      await until(() => mine.count === 1);
      await replica.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tributary-listener' and datname = current_database()",
      );
      await until(() => mine.count === 2);
      await publish(replica, hub, "t");
      await until(() => mine.count === 3);
      await hub.close();
    });
  });
});
