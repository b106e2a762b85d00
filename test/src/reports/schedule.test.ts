import { describe, expect, it } from "@jest/globals";
import { LEASE_MS, lookAgainDelay, pollDelay, resendDelay, WRITE_DEADLINE_MS } from "../../../src/reports/schedule.ts";

describe("the schedule of a report", () => {
  it.each([
    [0, 10_000, 10_000],
    [1, 10_000, 15_000],
    [2, 10_000, 22_500],
    [100, 10_000, 300_000],
    [0, 50, 50],
  ])("after %i polls with a first of %i ms, polls again in %i ms", (polls, first, wanted) => {
    expect(pollDelay(polls, first)).toBe(wanted);
  });

  it.each([
    [1, undefined, 2_000],
    [3, undefined, 8_000],
    [50, undefined, 60_000],
    [1, 45_000, 45_000],
    [9, 5_000, 60_000],
  ])(
    "after %i sends that reached nobody, with the aggregator's retry in %p ms, sends again in %i ms",
    (sends, retry, wanted) => {
      const now = 1_700_000_000_000;
      expect(resendDelay(sends, now, retry === undefined ? undefined : now + retry)).toBe(wanted);
    },
  );

  it.each([
    [0, 5_000],
    [100_000, 5_000],
    [3_600_000, 180_000],
    [86_400_000, 300_000],
  ])("looks again at a report sent %i ms ago, after a get that failed, in %i ms", (age, wanted) => {
    expect(lookAgainDelay(age)).toBe(wanted);
  });

  it("keeps a lease for longer than a create may take, so that a live sender never loses it", () => {
    expect(LEASE_MS).toBeGreaterThan(WRITE_DEADLINE_MS);
  });
});
