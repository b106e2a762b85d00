import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { isFinal, mayBecome, reportStatus, sourceStatus } from "../../../src/reports/states.ts";
import type { SourceState } from "../../../src/store/database.ts";

const STATES: SourceState[] = ["QUEUED", "SENDING", "PENDING", "READY", "FAILED", "REMOVED"];

describe("a source's state", () => {
  const ALLOWED = new Set([
    "QUEUED SENDING",
  "QUEUED READY", "QUEUED FAILED", "QUEUED REMOVED",
    "SENDING QUEUED", "SENDING PENDING", "SENDING FAILED", "SENDING REMOVED",
    "PENDING READY", "PENDING FAILED", "PENDING REMOVED",
    "READY REMOVED", "FAILED REMOVED",
  ]); // biome-ignore format: a table

  it.each(STATES.flatMap((from) => STATES.map((to) => [from, to] as const)))("%s to %s", (from, to) => {
    expect(mayBecome(from, to)).toBe(ALLOWED.has(`${from} ${to}`));
  });

  it.each([
    ["QUEUED", "PENDING"],
    ["SENDING", "PENDING"],
    ["PENDING", "PENDING"],
    ["READY", "READY"],
    ["FAILED", "FAILED"],
    ["REMOVED", "REMOVED"],
  ] as const)("%s shows as %s", (state, status) => {
    expect(sourceStatus(state)).toBe(status);
  });
});

describe("a report's status", () => {
  it.each([
    [["READY"], "READY"],
    [["FAILED"], "FAILED"],
    [["READY", "READY"], "READY"],
    [["READY", "FAILED"], "PARTIAL"],
    [["FAILED", "FAILED"], "FAILED"],
    [["READY", "PENDING"], "PENDING"],
    [["FAILED", "QUEUED"], "PENDING"],
    [["FAILED", "SENDING", "READY"], "PENDING"],
    [["REMOVED", "REMOVED"], "REMOVED"],
  ] as const)("of %j is %s", (states, status) => {
    expect(reportStatus(states)).toBe(status);
  });

  it("never goes back once final, whatever its sources still may do but removal", () => {
    const walk = fc.array(fc.tuple(fc.nat(2), fc.constantFrom(...STATES.filter((state) => state !== "REMOVED"))), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(walk, (steps) => {
        const states: SourceState[] = ["QUEUED", "QUEUED", "QUEUED"];
        let final: string | null = null;
        for (const [index, to] of steps) {
          const from = states[index];
          if (from && mayBecome(from, to)) states[index] = to;
          const status = reportStatus(states);
          if (final !== null) expect(status).toBe(final);
          if (isFinal(status)) final = status;
        }
      }),
    );
  });
});
