import type { Clock as BossClock } from "pg-boss";
import type { Clock } from "../clock.ts";

/** pg-boss's timers on our clock: a test turns them, and none keeps the process alive. The database still tells its own time. */
export function bossClock(clock: Clock): BossClock {
  const cancel = (timer: unknown) => {
    if (typeof timer === "function") timer();
  };
  return {
    now: () => clock.now(),
    setTimeout: (task, ms) => clock.after(ms, task),
    clearTimeout: cancel,
    setInterval(task, ms) {
      let stop = () => {};
      const next = () => {
        stop = clock.after(ms, () => {
          next();
          task();
        });
      };
      next();
      return () => stop();
    },
    clearInterval: cancel,
  };
}
