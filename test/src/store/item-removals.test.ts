import { randomUUID } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import {
  confirmRemoval,
  countAttempt,
  findRemoval,
  insertRemoval,
  listRemovals,
} from "../../../src/store/item-removals.ts";
import { eachDatabase } from "../../support/database.ts";

function removalRow(removed_at: string) {
  return {
    id: randomUUID(),
    viewer: "ann",
    provider: "PLAID" as const,
    remote_id: "r1",
    token_sealed: Buffer.from("sealed"),
    removed_at,
  };
}

describe("item removals", () => {
  eachDatabase((_, open) => {
    it("wait with their token, the oldest first, until they are confirmed", async () => {
      const { db } = await open();
      const late = removalRow("2026-03-02T00:00:00.000Z");
      const early = removalRow("2026-03-01T00:00:00.000Z");
      await insertRemoval(db, late);
      await insertRemoval(db, early);
      expect(await listRemovals(db)).toEqual([
        { ...early, attempts: 0 },
        { ...late, attempts: 0 },
      ]);
      await confirmRemoval(db, early.id);
      expect(await findRemoval(db, early.id)).toBeNull();
      expect(await listRemovals(db)).toHaveLength(1);
    });

    it("count the calls to the aggregator", async () => {
      const { db } = await open();
      const row = removalRow("2026-03-01T00:00:00.000Z");
      await insertRemoval(db, row);
      await Promise.all([countAttempt(db, row.id), countAttempt(db, row.id)]);
      expect(await findRemoval(db, row.id)).toEqual({ ...row, attempts: 2 });
    });
  });
});
