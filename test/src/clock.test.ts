import { describe, expect, it } from "@jest/globals";
import { delay, isoNow, manualClock, systemClock } from "../../src/clock.ts";

describe("the manual clock", () => {
  it("runs what falls due in order, at its moment", () => {
    const clock = manualClock(1000);
    const seen: [string, number][] = [];
    const note = (name: string) => () => void seen.push([name, clock.now()]);
    clock.after(30, note("late"));
    clock.after(10, note("early"));
    clock.after(99, note("never"));
    clock.advance(50);
    expect(seen).toEqual([
      ["early", 1010],
      ["late", 1030],
    ]);
    expect(clock.now()).toBe(1050);
  });

  it("runs what a task sets within the same turn", () => {
    const clock = manualClock(0);
    const seen: number[] = [];
    clock.after(10, () => clock.after(10, () => seen.push(clock.now())));
    clock.advance(19);
    expect(seen).toEqual([]);
    clock.advance(1);
    expect(seen).toEqual([20]);
  });

  it("does not run what was cancelled", () => {
    const clock = manualClock(0);
    let ran = false;
    clock.after(1, () => {
      ran = true;
    })();
    clock.advance(5);
    expect(ran).toBe(false);
  });

  it("is told as RFC 3339 in UTC", () => {
    expect(isoNow(manualClock(Date.UTC(2024, 1, 29, 12)))).toBe("2024-02-29T12:00:00.000Z");
  });
});

describe("the machine's clock", () => {
  it("runs a task, and not a cancelled one", async () => {
    const seen: string[] = [];
    systemClock.after(1, () => void seen.push("cancelled"))();
    await new Promise<void>((resolve) => {
      systemClock.after(2, resolve);
      setImmediate(() => undefined); // the clock's own timers keep no process alive
    });
    expect(seen).toEqual([]);
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1000);
  });
});

describe("a delay", () => {
  it("resolves when its time has come", async () => {
    const clock = manualClock(0);
    const done = delay(clock, 100);
    clock.advance(100);
    await expect(done).resolves.toBeUndefined();
  });

  it.each(["before", "during"])("rejects with the signal's reason when aborted %s", async (when) => {
    const clock = manualClock(0);
    const abort = new AbortController();
    const reason = new Error("stopped");
    if (when === "before") abort.abort(reason);
    const done = delay(clock, 100, abort.signal);
    abort.abort(reason);
    await expect(done).rejects.toBe(reason);
  });
});
