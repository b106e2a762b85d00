import type { ManualClock } from "../../src/clock.ts";
import { until } from "./until.ts";

/** Turns a clock on, a second at a time, until `promise` has settled: for what waits on a clock from some moment on. */
export async function turnUntil<T>(clock: ManualClock, promise: Promise<T>): Promise<T> {
  let settled = false;
  const note = () => {
    settled = true;
  };
  promise.then(note, note);
  await until(() => {
    clock.advance(1_000);
    return settled;
  });
  return promise;
}
