import type { Clock } from "../clock.ts";

/** Sees to it that who reads keeps up with who writes. */
export interface Pace {
  /** Something is being written; what it returns is called when the connection has taken it. */
  write(): () => void;
  /** Whether something is waiting to be taken. */
  isBehind(): boolean;
}

/** `giveUp` runs when something waits and nothing is taken for `ms`. */
export function createPace(clock: Clock, ms: number, giveUp: () => void): Pace {
  let waiting = 0;
  let cancel = () => {};
  const watch = () => {
    cancel();
    cancel = waiting > 0 ? clock.after(ms, giveUp) : () => {};
  };
  return {
    write() {
      if (waiting++ === 0) watch();
      return () => {
        waiting--;
        watch();
      };
    },
    isBehind: () => waiting > 0,
  };
}
