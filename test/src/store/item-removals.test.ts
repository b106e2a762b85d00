import { randomUUID } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { confirmRemoval, findRemoval, insertRemoval, listRemovals } from "../../../src/store/item-removals.ts";
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
      expect(await listRemovals(db, "2030-01-01T00:00:00.000Z")).toEqual([early, late]);
      await confirmRemoval(db, early.id);
      expect(await findRemoval(db, early.id)).toBeNull();
      expect(await listRemovals(db, "2030-01-01T00:00:00.000Z")).toHaveLength(1);
    });
  });
});
