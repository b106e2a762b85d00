import { afterEach, describe, expect, it } from "@jest/globals";
import type { EventType } from "../../../schema/enums.ts";
import { manualClock } from "../../../src/clock.ts";
import { recordEvent } from "../../../src/events/record-event.ts";
import type { OperationDeps } from "../../../src/operations/deps.ts";
import { listEvents } from "../../../src/operations/list-events.ts";
import { createWatchEvents } from "../../../src/operations/watch-events.ts";
import { deleteEvents } from "../../../src/store/events.ts";
import { eachDatabase, onPostgres } from "../../support/database.ts";
import { reportDeps } from "../../support/report-worker.ts";
import { until } from "../../support/until.ts";

const never = new AbortController().signal;
const START = Date.UTC(2026, 2, 1);
const FROM_NOW = { after: null, types: undefined };

const record = (deps: OperationDeps, ...types: EventType[]) =>
  deps.store.transaction(async (tx) => {
    for (const type of types) recordEvent(deps, tx, { viewer: "ann", type });
  });

describe("a watched feed", () => {
  eachDatabase((_, open) => {
    let deps: OperationDeps;
    const clock = manualClock(START);
    async function start(): Promise<OperationDeps> {
      deps = await reportDeps(await open(), {}, { clock });
      return deps;
    }
    afterEach(async () => {
      await deps.hub.close();
      await deps.jobs.stop();
    });

    it("tells what happens from now on, in order, to its own viewer", async () => {
      await start();
      await record(deps, "ITEM_LINKED");
      const ann = createWatchEvents(deps)("ann", FROM_NOW, never);
      const bob = new AbortController();
      const other = createWatchEvents(deps)("bob", FROM_NOW, bob.signal).next();
      const first = ann.next();
      // it has its cursor as soon as it has looked
      while ((await listEvents(deps, "ann", { first: 1, after: 1, types: undefined })).events.length === 0) {
        await record(deps, "ITEM_ERROR", "ITEM_REPAIRED");
      }
      const { value } = await first;
      expect(value?.type).toBe("ITEM_ERROR");
      expect((await ann.next()).value).toMatchObject({ type: "ITEM_REPAIRED", n: (value?.n ?? 0) + 1 });
      bob.abort();
      expect((await other).done).toBe(true);
    });

    it("tells all that was missed since a cursor, each once, then what comes", async () => {
      await start();
      for (let time = 0; time < 25; time++) await record(deps, ...Array<EventType>(10).fill("OTHER"));
      const feed = createWatchEvents(deps)("ann", { after: 5, types: undefined }, never);
      const seen: number[] = [];
      for (let n = 6; n <= 250; n++) seen.push((await feed.next()).value?.n ?? 0);
      const next = feed.next();
      await record(deps, "ITEM_LINKED");
      seen.push((await next).value?.n ?? 0);
      expect(seen).toEqual(Array.from({ length: 246 }, (_, index) => index + 6));
    });

    it("passes over the types that are not asked for", async () => {
      await start();
      await record(deps, "OTHER", "ITEM_ERROR", "OTHER", "ITEM_LINKED");
      const feed = createWatchEvents(deps)("ann", { after: 0, types: ["ITEM_ERROR", "ITEM_LINKED"] }, never);
      expect([(await feed.next()).value?.n, (await feed.next()).value?.n]).toEqual([2, 4]);
    });

    it("refuses a cursor that is older than the feed, or that it never gave; so does the query", async () => {
      await start();
      await record(deps, "OTHER", "OTHER", "OTHER");
      clock.advance(86_400_000);
      await record(deps, "OTHER");
      await deleteEvents(deps.store.db, new Date(clock.now()).toISOString());
      const watch = (after: number) => createWatchEvents(deps)("ann", { after, types: undefined }, never).next();
      const list = (after: number) => listEvents(deps, "ann", { first: 5, after, types: undefined });
      for (const read of [watch, list]) {
        await expect(read(2)).rejects.toMatchObject({ code: "GONE", options: { field: "after" } });
        await expect(read(5)).rejects.toMatchObject({ code: "BAD_USER_INPUT", options: { field: "after" } });
      }
      expect((await watch(3)).value).toMatchObject({ n: 4 });
      expect(await list(3)).toMatchObject({ events: [{ n: 4 }], more: false });
      const whole = { first: 5, after: null, types: undefined };
      expect((await listEvents(deps, "ann", whole)).events.map(({ n }) => n)).toEqual([4]);
    });

    it("is GONE for a reader that slept until what it missed was deleted", async () => {
      await start();
      await record(deps, "OTHER");
      const feed = createWatchEvents(deps)("ann", { after: 0, types: undefined }, never);
      await feed.next();
      await record(deps, "OTHER", "OTHER");
      clock.advance(86_400_000);
      await deleteEvents(deps.store.db, new Date(clock.now()).toISOString());
      await expect(feed.next()).rejects.toMatchObject({ code: "GONE" });
    });

    it("outlives a database that is away", async () => {
      await start();
      await record(deps, "OTHER");
      let away = false;
      let refused = 0;
      const store: OperationDeps["store"] = {
        ...deps.store,
        get db() {
          if (away && ++refused) throw new Error("the database is away");
          return deps.store.db;
        },
      };
      const feed = createWatchEvents({ ...deps, store })("ann", { after: 0, types: undefined }, never);
      await feed.next();
      away = true;
      const next = feed.next();
      while (refused === 0) {
        await deps.hub.publish(deps.store.db, "events:ann");
        await new Promise(setImmediate);
      }
      away = false;
      await record(deps, "ITEM_LINKED");
      expect((await next).value).toMatchObject({ type: "ITEM_LINKED" });
    });

    it("reads once for all who stand at the same cursor", async () => {
      await start();
      let reads = 0;
      const store: OperationDeps["store"] = {
        ...deps.store,
        get db() {
          reads++;
          return deps.store.db;
        },
      };
      const watch = createWatchEvents({ ...deps, store });
      await record(deps, "OTHER");
      const feeds = Array.from({ length: 50 }, () => watch("ann", { after: 0, types: undefined }, never));
      const seen = await Promise.all(feeds.map((feed) => feed.next()));
      expect(seen.map(({ value }) => value?.n)).toEqual(Array(50).fill(1));
      expect(reads).toBe(2); // the events, and how far the feed reaches
    });
  });

  eachDatabase((_, open) => {
    it("costs one query in 30 seconds however many wait: a thousand of a thousand viewers", async () => {
      const clock = manualClock(START);
      let queries = 0;
      const store = await open();
      const counting: OperationDeps["store"] = {
        ...store,
        get db() {
          queries++;
          return store.db;
        },
      };
      const deps = await reportDeps(counting, {}, { clock });
      const watch = createWatchEvents(deps);
      const leave = new AbortController();
      const waiting = Array.from({ length: 1_000 }, (_, index) =>
        watch(`viewer ${index}`, FROM_NOW, leave.signal).next(),
      );
      await until(() => queries === 3_000); // where the feed stands, what is new, and how far it reaches
      const passing = (ms: number, most: number) =>
        until(async () => {
          clock.advance(ms);
          await store.ping(); // no faster than the database
          return queries === most;
        });
      clock.advance(30_000);
      await passing(10, 5_001); // the first sweep has not seen any of them, and wakes each once
      const since = clock.now();
      await passing(1_000, 5_011);
      expect(clock.now() - since).toBeGreaterThanOrEqual(9 * 30_000);
      expect(queries).toBe(5_011);
      leave.abort();
      await Promise.all(waiting);
      await deps.hub.close();
      await deps.jobs.stop();
    });
  });

  onPostgres((open) => {
    it("follows what another replica records", async () => {
      const store = await open();
      const here = await reportDeps(store, {});
      const there = await reportDeps(await open.replica(store), {});
      const feed = createWatchEvents(here)("ann", { after: 0, types: undefined }, never);
      const seen: number[] = [];
      const reading = (async () => {
        while (seen.length < 40) seen.push((await feed.next()).value?.n ?? 0);
      })();
      for (let time = 0; time < 20; time++) await Promise.all([record(there, "OTHER"), record(here, "OTHER")]);
      await reading;
      expect(seen).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
      for (const { hub, jobs } of [here, there]) {
        await hub.close();
        await jobs.stop();
      }
    });
  });
});
