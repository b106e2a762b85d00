import { describe, expect, it } from "@jest/globals";
import { manualClock } from "../../../src/clock.ts";
import { createSandboxClock } from "../../../src/sandbox/sandbox-clock.ts";
import { openState } from "../../../src/sandbox/state.ts";
import { createUnderWay } from "../../../src/sandbox/under-way.ts";

function make(start = 0) {
  const real = manualClock(start);
  const store = openState(null);
  const underWay = createUnderWay();
  return { real, store, underWay, clock: createSandboxClock({ clock: real, store, underWay }) };
}

describe("the sandbox's clock", () => {
  it("runs what falls due in order, with what that sets, each at its moment", async () => {
    const { clock } = make();
    const seen: [string, number][] = [];
    const note = (name: string) => () => void seen.push([name, clock.now()]);
    clock.after(30, note("late"));
    clock.after(10, () => clock.after(10, note("set on the way")));
    clock.after(10, note("second of a moment"));
    clock.after(11, note("cancelled"))();
    clock.after(99, note("never"));
    await clock.advance(50);
    expect(seen).toEqual([
      ["second of a moment", 10],
      ["set on the way", 20],
      ["late", 30],
    ]);
    expect(clock.now()).toBe(50);
  });

  it("waits at each moment for what is under way, and sees what follows from it", async () => {
    const { clock, underWay } = make();
    const seen: [string, number][] = [];
    const work = async () => {
      await underWay.track(new Promise((resolve) => setImmediate(resolve)));
      seen.push(["done", clock.now()]);
      clock.after(5, () => void seen.push(["tried again", clock.now()]));
    };
    clock.after(10, () => void work());
    await clock.advance(100);
    expect(seen).toEqual([
      ["done", 10],
      ["tried again", 15],
    ]);
  });

  it("killed in the middle of an advance, goes on from there", async () => {
    const { clock, store, real } = make(1_000);
    const kept: unknown[] = [];
    clock.after(10, () => void kept.push(structuredClone(store.state.clock)));
    await clock.advance(50);
    await clock.stop();
    clock.after(10, () => void kept.push(structuredClone(store.state.clock)));
    await clock.advance(50);
    expect(kept).toEqual([
      { aheadMs: 10, stillAt: null },
      { aheadMs: 60, stillAt: 1_060 },
    ]);
    expect(real.now()).toBe(1_000);
  });

  it("waits longer than the machine's timers can", () => {
    const { clock, real } = make();
    const month = 30 * 86_400_000;
    const seen: number[] = [];
    clock.after(month, () => void seen.push(clock.now()));
    real.advance(month - 1);
    expect(seen).toEqual([]);
    real.advance(1);
    expect(seen).toEqual([month]);
  });

  it("leaves timers to the time that was passed over: they fall due that much earlier", async () => {
    const { clock, real } = make();
    const seen: number[] = [];
    clock.after(100, () => void seen.push(real.now()));
    await clock.advance(60);
    real.advance(39);
    expect(seen).toEqual([]);
    real.advance(1);
    expect(seen).toEqual([40]);
  });

  it("closed, runs nothing more", async () => {
    const { clock, real } = make();
    const seen: number[] = [];
    clock.after(10, () => void seen.push(clock.now()));
    clock.close();
    real.advance(50);
    await clock.advance(50);
    expect(seen).toEqual([]);
  });
});
