import { describe, expect, it } from "@jest/globals";
import { manualClock, systemClock } from "../../src/clock.ts";
import { createHub, type Hub } from "../../src/events.ts";
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

    it("wakes everyone within 30 seconds should a wake-up have been lost", async () => {
      const store = await open();
      const clock = manualClock(0);
      const hub = await hubOf(store, clock);
      const early = reader(hub, "a");
      clock.advance(10_000);
      const late = reader(hub, "b");
      await until(() => early.count === 1 && late.count === 1);
      clock.advance(20_000);
      await until(() => early.count === 2);
      expect(late.count).toBe(1);
      clock.advance(10_000);
      await until(() => late.count === 2);
      expect(early.count).toBe(2);
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
