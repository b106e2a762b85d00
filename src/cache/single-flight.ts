import type { Clock } from "../clock.ts";
import { GatewayError } from "../errors.ts";

/** Work in progress, by key, in this process. */
export interface SingleFlight {
  /**
   * Joins the flight of `key`, or starts one with `work`. Resolves or rejects as the work does; leaves at once when
   * `signal` aborts, with its reason. The work has a signal of its own: it aborts at the deadline, or when the last
   * waiter has left.
   * @throws GatewayError PROVIDER_TIMEOUT when the deadline passed, or `signal` gave no GatewayError as its reason.
   */
  join<T>(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

interface Flight {
  result: Promise<unknown>;
  waiters: number;
  leave(): void;
}

/** Flights with a deadline, ms. */
export function createSingleFlight({ deadlineMs, clock }: { deadlineMs: number; clock: Clock }): SingleFlight {
  const flights = new Map<string, Flight>();

  function start(key: string, work: (signal: AbortSignal) => Promise<unknown>): Flight {
    const controller = new AbortController();
    let over = false;
    const end = () => {
      over = true;
      cancelDeadline();
      if (flights.get(key) === flight) flights.delete(key);
    };
    const cancelDeadline = clock.after(deadlineMs, () => {
      controller.abort(new GatewayError("PROVIDER_TIMEOUT", `The aggregator did not answer within ${deadlineMs} ms.`));
    });
    const flight: Flight = {
      result: unlessAborted(work(controller.signal), controller.signal).finally(end),
      waiters: 0,
      leave() {
        flight.waiters -= 1;
        if (over || flight.waiters > 0) return;
        end();
        controller.abort(new GatewayError("PROVIDER_TIMEOUT", "Nobody waits for this answer any more."));
      },
    };
    flights.set(key, flight);
    return flight;
  }

  return {
    async join<T>(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
      if (signal.aborted) throw reasonOf(signal);
      const flight = flights.get(key) ?? start(key, work);
      flight.waiters += 1;
      try {
        return (await unlessAborted(flight.result, signal)) as T; // a key stands for one kind of work
      } finally {
        flight.leave();
      }
    },
  };
}

/** Settles as `promise` does, or rejects as soon as `signal` aborts. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(reasonOf(signal));
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

function reasonOf(signal: AbortSignal): GatewayError {
  if (signal.reason instanceof GatewayError) return signal.reason;
  const message = "The operation ended before the aggregator answered.";
  return new GatewayError("PROVIDER_TIMEOUT", message, { cause: signal.reason });
}
