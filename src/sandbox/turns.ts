import type { Clock } from "../clock.ts";
import type { UnderWay } from "./under-way.ts";

/**
 * Has works begin in the order in which they were given: each once the one before has called `done`, has ended, or has had its half a
 * second. Resolves to what the work does.
 */
export type InTurn = <T>(work: (done: () => void) => Promise<T>) => Promise<T>;

/** What it is made with. */
export interface TurnsDeps {
  /** The receivers' clock. */
  clock: Clock;
  underWay: UnderWay;
}

const TURN_MS = 500;

/** The order of webhooks: those of one moment arrive as they came about, though signing one takes longer than another. */
export function createTurns({ clock, underWay }: TurnsDeps): InTurn {
  let last = Promise.resolve();
  return (work) => {
    const before = last;
    const { promise: turn, resolve: done } = Promise.withResolvers<void>();
    last = before.then(() => {
      const cancel = clock.after(TURN_MS, done);
      return turn.finally(cancel);
    });
    return underWay
      .track(before)
      .then(() => work(done))
      .finally(done);
  };
}
