import { type ManualClock, manualClock } from "../../src/clock.ts";

/** A clock that stands still for deadlines, but lets short waits (the pauses between repeats) pass at once. */
export interface HastyClock extends ManualClock {
  /** The short waits that were asked for, ms. */
  readonly waits: number[];
}

/** Longer waits than this, ms, end by `advance` only. */
const SHORT_MS = 2_000;

export function hastyClock(start: number): HastyClock {
  const clock = manualClock(start);
  const waits: number[] = [];
  return {
    ...clock,
    waits,
    after(ms, task) {
      if (ms > SHORT_MS) return clock.after(ms, task);
      waits.push(ms);
      const soon = setImmediate(() => {
        clock.advance(ms);
        task();
      });
      return () => clearImmediate(soon);
    },
  };
}
