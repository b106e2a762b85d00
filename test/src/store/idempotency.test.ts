import { randomUUID } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { claim, type IdempotencyClaim } from "../../../src/store/idempotency.ts";
import { eachDatabase } from "../../support/database.ts";

const FIRST = "00000000-0000-4000-8000-000000000001";

function claimOf(change: Partial<IdempotencyClaim> = {}): IdempotencyClaim {
  return {
    viewer: "ann",
    key: "k",
    fingerprint: "aa",
    isSame: (kept: string) => kept === (change.fingerprint ?? "aa"),
    resultId: randomUUID(),
    now: "2026-03-01T00:00:00.000Z",
    ...change,
  };
}

describe("an idempotency key", () => {
  eachDatabase((_, open) => {
    it.each<[string, Partial<IdempotencyClaim>, unknown]>([
      ["the same input within a day", { now: "2026-03-01T23:59:59.999Z" }, { kind: "same", resultId: FIRST }],
      ["other input within a day", { fingerprint: "bb" }, { kind: "conflict" }],
      ["the same input after a day", { now: "2026-03-02T00:00:00.000Z" }, { kind: "new" }],
      ["other input after a day", { now: "2026-03-02T00:00:00.000Z", fingerprint: "bb" }, { kind: "new" }],
      ["another key", { key: "l" }, { kind: "new" }],
      ["another viewer", { viewer: "bob", fingerprint: "bb" }, { kind: "new" }],
    ])("claimed again with %s", async (_name, change, outcome) => {
      const { db } = await open();
      expect(await claim(db, claimOf({ resultId: FIRST }))).toEqual({ kind: "new" });
      expect(await claim(db, claimOf(change))).toEqual(outcome);
    });

    it("is free again when the transaction that claimed it fails", async () => {
      const store = await open();
      await store
        .transaction(async (tx) => {
          await claim(tx.db, claimOf());
          throw new Error("no");
        })
        .catch(() => "expected");
      expect(await claim(store.db, claimOf())).toEqual({ kind: "new" });
    });

    it("is won by one of many that claim it at once, and the others get its result", async () => {
      const store = await open();
      const claims = Array.from({ length: 8 }, () => claimOf());
      const outcomes = await Promise.all(claims.map((wanted) => store.transaction((tx) => claim(tx.db, wanted))));
      const winner = outcomes.findIndex(({ kind }) => kind === "new");
      const others = outcomes.filter((_outcome, index) => index !== winner);
      expect(others).toEqual(others.map(() => ({ kind: "same", resultId: claims[winner]?.resultId })));
    });
  });
});
