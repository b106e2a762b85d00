import { beforeEach, describe, expect, it } from "@jest/globals";
import { type Breaker, createBreaker, type Standing } from "../../adapters/breaker.ts";
import { type ManualClock, manualClock } from "../../src/clock.ts";
import { createLog } from "../../src/log.ts";

const START = Date.parse("2026-03-01T12:00:00Z");

describe("the breaker", () => {
  let clock: ManualClock;
  let breaker: Breaker;
  beforeEach(() => {
    clock = manualClock(START);
    breaker = createBreaker({ provider: "PLAID", clock, log: createLog({ level: "silent" }) });
  });

  const call = (standing: Standing, from = "item-1") => breaker.run(from, async () => ({ standing }));
  async function calls(standings: Standing[], from?: string): Promise<void> {
    for (const standing of standings) await call(standing, from).catch(() => undefined); // refusals are looked at after
  }
  async function failuresOf(items: string[]): Promise<void> {
    for (const item of items) await call("failing", item);
  }
  const six = (standing: Standing): Standing[] => Array(6).fill(standing);
  const available = () => breaker.availability().available;

  it.each<[string, () => Promise<void>, boolean]>([
    ["six refused connections", () => calls(six("unreachable")), false],
    ["five refused connections", () => calls(six("unreachable").slice(1)), true],
    ["failures of three items", () => failuresOf(["a", "b", "c", "a", "b", "c"]), false],
    ["failures of two items", () => failuresOf(["a", "b", "a", "b", "a", "b", "a", "b"]), true],
    ["a hundred failures of one item", () => calls(Array(100).fill("failing"), "a"), true],
    ["failures of one item, then a refused connection", () => calls([...six("failing"), "unreachable"]), false],
    [
      "answers in between",
      () => calls([...six("unreachable").slice(1), "alive", ...six("unreachable").slice(1)]),
      true,
    ],
    ["callers who left", () => calls(six("unknown")), true],
    ["callers who left in between", () => calls(["unknown", ...six("unreachable"), "unknown"]), false],
  ])("after %s", async (_name, happen, stillAvailable) => {
    await happen();
    expect(available()).toBe(stillAvailable);
  });

  it("holds calls back for ten seconds, and says until when", async () => {
    await calls(six("unreachable"));
    const retryAt = START + 10_000;
    expect(breaker.availability()).toEqual({ available: false, retryAt: "2026-03-01T12:00:10.000Z" });
    let made = false;
    const refused = breaker.run("item-1", async () => {
      made = true;
      return { standing: "alive" as const };
    });
    await expect(refused).rejects.toMatchObject({
      code: "PROVIDER_UNAVAILABLE",
      options: { retryAt, nothingDone: true, upstream: { provider: "PLAID" } },
    });
    expect(() => breaker.check()).toThrow("held back");
    expect(made).toBe(false);
  });

  it("then lets one call through: its answer opens the way for all", async () => {
    await calls(six("unreachable"));
    clock.advance(10_000);
    expect(available()).toBe(true);
    let answer = (_: { standing: Standing }) => {};
    const probe = breaker.run("a", () => new Promise<{ standing: Standing }>((resolve) => (answer = resolve)));
    expect(breaker.availability()).toEqual({ available: false, retryAt: "2026-03-01T12:00:11.000Z" });
    await expect(call("alive", "b")).rejects.toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
    answer({ standing: "alive" });
    expect(await probe).toEqual({ standing: "alive" });
    expect(await call("alive", "b")).toEqual({ standing: "alive" });
    expect(breaker.availability()).toEqual({ available: true, retryAt: null });
  });

  it.each<Standing>(["failing", "unreachable", "unknown"])(
    "or holds on for ten seconds more when it is %s",
    async (standing) => {
      await calls(six("unreachable"));
      clock.advance(10_000);
      await call(standing);
      expect(breaker.availability()).toEqual({ available: false, retryAt: "2026-03-01T12:00:20.000Z" });
      clock.advance(10_000);
      await call("alive");
      expect(available()).toBe(true);
      await calls(six("unreachable").slice(1));
      expect(available()).toBe(true);
    },
  );
});
