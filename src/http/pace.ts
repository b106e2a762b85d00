import type { Clock } from "../clock.ts";

/** Keeps who writes in step with who reads. */
export interface Pace {
  /** Resolves when what was written before has been read. */
  turn(): Promise<void>;
  /** Something was read. */
  step(): void;
  /** Lets whoever waits go on, for good. */
  stop(): void;
}

/** `giveUp` runs once when what was written is not read within `ms`. */
export function createPace(clock: Clock, ms: number, giveUp: () => void): Pace {
  let stopped = false;
  let unread = 0;
  let waiting: (() => void) | null = null;
  let cancel = () => {};

  const goOn = () => {
    cancel();
    waiting?.();
    waiting = null;
  };
  return {
    async turn() {
      if (unread > 0 && !stopped) {
        cancel = clock.after(ms, giveUp);
        await new Promise<void>((resolve) => {
          waiting = resolve;
        });
      }
      unread = 1;
    },
    step() {
      unread = 0;
      goOn();
    },
    stop() {
      stopped = true;
      goOn();
    },
  };
}
