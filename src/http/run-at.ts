import type { Clock } from "../clock.ts";

/** The longest wait that timers take, ms: some 24 days. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** Runs `task` once at `time` (ms since the epoch), however far off; the returned function cancels it. */
export function runAt(clock: Clock, time: number, task: () => void): () => void {
  let cancel: () => void;
  const wait = () => {
    const left = time - clock.now();
    cancel = left > LONGEST_WAIT_MS ? clock.after(LONGEST_WAIT_MS, wait) : clock.after(Math.max(0, left), task);
  };
  wait();
  return () => cancel();
}
