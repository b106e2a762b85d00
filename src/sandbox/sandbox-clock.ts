import type { Clock } from "../clock.ts";
import { DURATION, type Duration } from "./duration.ts";
import { MOMENT } from "./moment.ts";
import { PlainError, readPlain } from "./read-plain.ts";
import type { StateStore } from "./state.ts";
import type { UnderWay } from "./under-way.ts";

/** The sandbox's time in a test's hands. It never goes back. */
export interface SandboxTime {
  /** Ms since the epoch. */
  now(): number;
  /** Whether it stands still. */
  isStill(): boolean;
  /**
   * Lets this much time pass at once. What falls due meanwhile runs in order, each at its moment: reports become ready, days bring
   * transactions, consents end. Resolves once the webhooks of it have been sent. @throws PlainError when it is no duration.
   */
  advance(by: Duration): Promise<void>;
  /** The same up to a moment, as RFC 3339 text or ms since the epoch. @throws PlainError when it is none, or past. */
  advanceTo(moment: string | number): Promise<void>;
  /** Has it stand still until `go`; it can be advanced meanwhile. */
  stop(): Promise<void>;
  go(): Promise<void>;
}

/** The clock that everything in the sandbox lives by. */
export interface SandboxClock extends Clock, SandboxTime {
  /** Runs nothing more. */
  close(): void;
}

/** How a clock stands to the one behind it, as it is kept. */
export interface ClockState {
  aheadMs: number;
  /** Where it stands still, ms since the epoch; null when it goes. */
  stillAt: number | null;
}

/** What it is made with. */
export interface SandboxClockDeps {
  /** The clock behind it, which it goes with. */
  clock: Clock;
  store: StateStore;
  underWay: UnderWay;
}

interface Timer {
  due: number;
  task: () => void;
  disarm: () => void;
}

/** The longest that timers of the machine's clock can wait. */
const LONGEST_MS = 2 ** 31 - 1;
const nothing = () => undefined;

/** A clock that stands as far ahead of `clock`, or still, as the state says, so that a restart does not take it back. */
export function createSandboxClock({ clock, store, underWay }: SandboxClockDeps): SandboxClock {
  let { aheadMs, stillAt } = store.state.clock ?? { aheadMs: 0, stillAt: null };
  let isClosed = false;
  const timers = new Set<Timer>();

  const now = () => stillAt ?? clock.now() + aheadMs;
  const run = (timer: Timer) => {
    timers.delete(timer);
    timer.task();
  };
  const arm = (timer: Timer) => {
    timer.disarm();
    timer.disarm = nothing;
    if (stillAt !== null || isClosed) return;
    const wait = Math.min(Math.max(0, timer.due - now()), LONGEST_MS);
    timer.disarm = clock.after(wait, () => (timer.due <= now() ? run(timer) : arm(timer)));
  };
  /** Sets the clock; `goesOn` when it stands still for the time of an advance only. */
  const set = (moment: number | null, ahead: number, goesOn = false) => {
    stillAt = moment;
    aheadMs = ahead;
    store.state.clock = { aheadMs, stillAt: goesOn ? null : stillAt };
    store.save();
  };

  const rearm = () => {
    for (const timer of timers) arm(timer);
  };
  const runUntil = async (end: number) => {
    const wasStill = stillAt !== null;
    const stand = (moment: number) => set(moment, moment - clock.now(), !wasStill);
    stand(now());
    rearm();
    await underWay.settled();
    for (let next = first(timers, end); next && !isClosed; next = first(timers, end)) {
      stand(Math.max(now(), next.due));
      run(next);
      await underWay.settled();
    }
    stand(end);
    if (!wasStill) goOn();
  };
  const goOn = () => {
    set(null, now() - clock.now());
    rearm();
  };

  let turn = Promise.resolve();
  const inTurn = (work: () => void | Promise<void>): Promise<void> => {
    const done = turn.then(work);
    turn = done.catch(nothing); // its caller hears of it; the next goes on all the same
    return done;
  };

  return {
    now,
    isStill: () => stillAt !== null,
    after(ms, task) {
      const timer: Timer = { due: now() + ms, task, disarm: nothing };
      timers.add(timer);
      arm(timer);
      return () => {
        timers.delete(timer);
        timer.disarm();
      };
    },
    advance: async (by) => {
      const span = readPlain(DURATION, by, "advance");
      await inTurn(() => runUntil(now() + span));
    },
    advanceTo: async (moment) => {
      const to = readPlain(MOMENT, moment, "to");
      await inTurn(() => {
        if (to < now())
          throw new PlainError(`to: ${isoAt(to)} is past, it is ${isoAt(now())} and time does not go back`);
        return runUntil(now() + readPlain(DURATION, to - now(), "to: ms from now"));
      });
    },
    stop: () =>
      inTurn(() => {
        set(now(), now() - clock.now());
        rearm();
      }),
    go: () => inTurn(() => (stillAt === null ? undefined : goOn())),
    close() {
      isClosed = true;
      rearm();
    },
  };
}

function isoAt(ms: number): string {
  return new Date(ms).toISOString();
}

/** The timer that falls due first, not after `end`; of several at one moment the one set first. */
function first(timers: Iterable<Timer>, end: number): Timer | null {
  let found: Timer | null = null;
  for (const timer of timers) if (timer.due <= end && (!found || timer.due < found.due)) found = timer;
  return found;
}
