import { describe, expect, it } from "@jest/globals";
import {
  findByReport,
  findDelivery,
  insertDelivery,
  listUninterpreted,
  listUninterpretedOf,
  markInterpreted,
  newestUninterpretedOf,
} from "../../../src/store/inbox.ts";
import { eachDatabase } from "../../support/database.ts";

const NOW = "2026-03-01T00:00:00.000Z";

function deliveryRow(jwt: string, remote_report_id: string | null = null) {
  return {
    provider: "PLAID" as const,
    jwt_sha256: jwt,
    body_sealed: Buffer.from(jwt),
    type: "ASSETS",
    code: "PRODUCT_READY",
    remote_item_id: null,
    remote_report_id,
    received_at: NOW,
  };
}

describe("the inbox", () => {
  eachDatabase((_, open) => {
    it("keeps each delivery once, and says which came before", async () => {
      const { db } = await open();
      const first = await insertDelivery(db, deliveryRow("a"));
      expect(first.duplicate).toBe(false);
      expect(await insertDelivery(db, { ...deliveryRow("a"), code: "ERROR" })).toEqual({
        id: first.id,
        duplicate: true,
      });
      expect(await findDelivery(db, first.id)).toEqual({ ...deliveryRow("a"), id: first.id, interpreted_at: null });
      expect(await findDelivery(db, first.id + 1_000)).toBeNull();
    });

    it("keeps one of the same delivery that comes twice at once", async () => {
      const store = await open();
      const kept = await Promise.all(
        Array.from({ length: 6 }, () => store.transaction((tx) => insertDelivery(tx.db, deliveryRow("a")))),
      );
      expect(kept.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
      expect(new Set(kept.map(({ id }) => id)).size).toBe(1);
    });

    it("finds what came about a report, interpreted or not, of that aggregator alone", async () => {
      const { db } = await open();
      const first = await insertDelivery(db, deliveryRow("a", "report"));
      await insertDelivery(db, deliveryRow("b", "another"));
      await insertDelivery(db, { ...deliveryRow("c", "report"), provider: "LINK_MONEY" });
      const last = await insertDelivery(db, deliveryRow("d", "report"));
      await markInterpreted(db, first.id, NOW);
      expect((await findByReport(db, "PLAID", "report")).map(({ id }) => id)).toEqual([first.id, last.id]);
    });

    it("lists what about an item could not be interpreted since then", async () => {
      const { db } = await open();
      const item = (jwt: string, remote_item_id: string, received_at = NOW) => ({
        ...{ ...deliveryRow(jwt), remote_item_id, received_at },
      });
      await insertDelivery(db, item("a", "item", "2026-02-28T00:00:00.000Z"));
      const first = await insertDelivery(db, item("b", "item"));
      const done = await insertDelivery(db, item("c", "item"));
      await insertDelivery(db, item("d", "another"));
      await insertDelivery(db, { ...item("e", "item"), provider: "LINK_MONEY" });
      await markInterpreted(db, done.id, NOW);
      const last = await insertDelivery(db, item("f", "item"));
      const about = { provider: "PLAID", remoteItemId: "item", since: NOW } as const;
      const waiting = await listUninterpretedOf(db, { ...about, limit: 5 });
      expect(waiting.map(({ id }) => id)).toEqual([first.id, last.id]);
      expect(await listUninterpretedOf(db, { ...about, after: first.id, limit: 5 })).toMatchObject([{ id: last.id }]);
      expect(await newestUninterpretedOf(db, about)).toBe(last.id);
      expect(await newestUninterpretedOf(db, { ...about, remoteItemId: "none" })).toBeNull();
    });

    it("lists what is not interpreted yet, in the order received", async () => {
      const { db } = await open();
      const ids: number[] = [];
      for (const jwt of ["a", "b", "c", "d"]) ids.push((await insertDelivery(db, deliveryRow(jwt))).id);
      await markInterpreted(db, ids[1] ?? 0, NOW);
      expect(await listUninterpreted(db, "2000-01-01T00:00:00.000Z")).toEqual([ids[0], ids[2], ids[3]]);
    });
  });
});
