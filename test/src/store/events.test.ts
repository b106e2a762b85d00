import { randomUUID } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import {
  appendEvent,
  deleteEvents,
  feedReach,
  findEvent,
  listEvents,
  type NewEvent,
} from "../../../src/store/events.ts";
import type { Store } from "../../../src/store/store.ts";
import { eachDatabase, onPostgres } from "../../support/database.ts";

function eventRow(change: Partial<NewEvent> = {}): NewEvent {
  return {
    viewer: "ann",
    id: randomUUID(),
    type: "OTHER",
    occurred_at: "2026-03-01T00:00:00.000Z",
    provider: "PLAID",
    item_id: randomUUID(),
    report_id: null,
    error: null,
    new_count: 3,
    updated_count: null,
    removed_count: null,
    account_ids: ["a"],
    transaction_ids: [["a", "2026-02-01", "t"]],
    raw_sealed: Buffer.from("sealed"),
    inbox_id: null,
    ...change,
  };
}

const append = (store: Store, change: Partial<NewEvent> = {}) => {
  const row = eventRow(change);
  return store
    .transaction(async (tx) =>
      tx.beforeCommit(`events of ${row.viewer}`, async () => void (await appendEvent(tx.db, row))),
    )
    .then(() => row);
};

describe("the event log", () => {
  eachDatabase((_, open) => {
    it("gives each viewer's events a cursor of their own, in order and without gaps", async () => {
      const store = await open();
      const first = await append(store);
      await append(store, { viewer: "bob" });
      const second = await append(store);
      expect(await listEvents(store.db, "ann", { after: 0, first: 10 })).toEqual([
        { ...first, n: 1 },
        { ...second, n: 2 },
      ]);
      expect(await feedReach(store.db, "ann")).toEqual({ newest: 2, pruned: 0 });
      expect(await feedReach(store.db, "nobody")).toEqual({ newest: 0, pruned: 0 });
    });

    it("lists a page after a cursor, of the types asked for", async () => {
      const store = await open();
      for (const type of ["ITEM_ERROR", "OTHER", "ITEM_ERROR", "OTHER"] as const) await append(store, { type });
      const ns = async (query: Parameters<typeof listEvents>[2]) =>
        (await listEvents(store.db, "ann", query)).map(({ n }) => n);
      expect(await ns({ after: 1, first: 2 })).toEqual([2, 3]);
      expect(await ns({ after: 0, first: 5, types: ["OTHER"] })).toEqual([2, 4]);
      expect(await ns({ after: 0, first: 5, types: [] })).toEqual([]);
      expect(await ns({ after: 4, first: 5 })).toEqual([]);
    });

    it("finds an event for its own viewer only", async () => {
      const store = await open();
      const { id } = await append(store);
      expect(await findEvent(store.db, "ann", id)).toMatchObject({ id, n: 1 });
      expect(await findEvent(store.db, "bob", id)).toBeNull();
    });

    it("notes up to where old events were forgotten, for each viewer", async () => {
      const store = await open();
      const old = "2026-01-01T00:00:00.000Z";
      for (const occurred_at of [old, old, "2026-03-01T00:00:00.000Z"]) await append(store, { occurred_at });
      await append(store, { viewer: "bob", occurred_at: old });
      await append(store, { viewer: "cy" });
      await deleteEvents(store.db, "2026-02-01T00:00:00.000Z");
      await deleteEvents(store.db, "2026-02-01T00:00:00.000Z");
      expect(await feedReach(store.db, "ann")).toEqual({ newest: 3, pruned: 2 });
      expect(await feedReach(store.db, "bob")).toEqual({ newest: 1, pruned: 1 });
      expect(await feedReach(store.db, "cy")).toEqual({ newest: 1, pruned: 0 });
      expect((await listEvents(store.db, "ann", { after: 0, first: 5 })).map(({ n }) => n)).toEqual([3]);
      expect((await append(store, { viewer: "bob" })) && (await feedReach(store.db, "bob")).newest).toBe(2);
    });

    it("forgets a feed from its beginning, however old what came before the last old one is", async () => {
      const store = await open();
      const [old, young] = ["2026-01-01T00:00:00.000Z", "2026-03-01T00:00:00.000Z"];
      for (const occurred_at of [young, old, young]) await append(store, { occurred_at });
      await deleteEvents(store.db, "2026-02-01T00:00:00.000Z");
      expect((await listEvents(store.db, "ann", { after: 0, first: 5 })).map(({ n }) => n)).toEqual([3]);
      expect(await feedReach(store.db, "ann")).toEqual({ newest: 3, pruned: 2 });
    });

    it("undoes an event with its transaction, and gives its cursor to the next", async () => {
      const store = await open();
      const failing = store.transaction(async (tx) => {
        tx.beforeCommit("a", () => appendEvent(tx.db, eventRow()));
        tx.beforeCommit("b", () => Promise.reject(new Error("the last step failed")));
      });
      await expect(failing).rejects.toThrow("the last step failed");
      await append(store);
      expect((await listEvents(store.db, "ann", { after: 0, first: 5 })).map(({ n }) => n)).toEqual([1]);
    });
  });

  onPostgres((open) => {
    it("never shows a cursor before the ones below it, however transactions overlap on two replicas", async () => {
      const one = await open();
      const two = await open.replica(one);
      let done = false;
      const seen: number[] = [];
      const reader = (async () => {
        for (let last = false; !last; ) {
          last = done;
          for (const { n } of await listEvents(one.db, "ann", { after: seen.at(-1) ?? 0, first: 1_000 })) seen.push(n);
        }
      })();
      const writers = Array.from({ length: 8 }, async (_, writer) => {
        for (let time = 0; time < 25; time++) {
          const store = writer % 2 === 0 ? one : two;
          await store.transaction(async (tx) => {
            // two viewers in the opposite order: sorted keys keep the writers from waiting for each other
            for (const viewer of writer < 4 ? ["ann", "bob"] : ["bob", "ann"]) {
              tx.beforeCommit(viewer, () => appendEvent(tx.db, eventRow({ viewer })));
            }
          });
        }
      });
      await Promise.all(writers);
      done = true;
      await reader;
      expect(seen).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    });
  });
});
