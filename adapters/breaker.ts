import { CircuitState, circuitBreaker, handleWhenResult, type IBackoffFactory } from "cockatiel";
import type { Provider } from "../schema/enums.ts";
import type { Clock } from "../src/clock.ts";
import { GatewayError } from "../src/errors.ts";
import type { Log } from "../src/log.ts";
import type { Availability } from "./adapter.ts";

/**
 * What a call tells of the aggregator: it answered sensibly; it failed, perhaps only for this item (5xx, timeout, reset);
 * nobody can reach it (refused); or nothing can be told, for the caller left.
 */
export type Standing = "alive" | "failing" | "unreachable" | "unknown";

/** Holds calls back after repeated failures, so that a sick aggregator is not kept busy and front ends hear at once. */
export interface Breaker {
  /** @throws GatewayError PROVIDER_UNAVAILABLE with retryAt and `nothingDone` while calls are held back. */
  check(): void;
  /** Makes one call and learns from it. `from` is whom it concerned (an item, or an endpoint). @throws as `check`. */
  run<T extends { standing: Standing }>(from: string, call: () => Promise<T>): Promise<T>;
  availability(): Availability;
}

/** Failures in a row that hold calls back. */
const FAILURES = 6;
/** Of so many items, unless nobody can be reached. */
const ITEMS = 3;
/** For how long, ms; then one call is let through. */
const HOLD_MS = 10_000;
/** While that one call is under way, others hear to come back after this, ms. */
const PROBE_MS = 1_000;

/**
 * A breaker over one aggregator. 4xx and 429 tell that it lives. The failures that open it must be of several items, or
 * such as concern everyone: a broken bank, however often it is asked, never shuts out the others.
 */
export function createBreaker({ provider, clock, log }: { provider: Provider; clock: Clock; log: Log }): Breaker {
  let heldUntil = 0;
  let failures = 0;
  const failedFor = new Set<string>();

  const circuit = circuitBreaker(
    handleWhenResult((made) => (made as { opens: boolean }).opens),
    // `judge` does the counting
    { breaker: { state: null, success: () => undefined, failure: () => true }, halfOpenAfter: holdBy(clock, hold) },
  );
  circuit.onBreak(() => log.warn({ provider, heldUntil }, "calls to the aggregator are held back"));
  circuit.onReset(() => log.info({ provider }, "calls to the aggregator go through again"));

  function hold(): number {
    heldUntil = clock.now() + HOLD_MS;
    forget();
    return heldUntil;
  }

  function forget(): void {
    failures = 0;
    failedFor.clear();
  }

  /** Whether what a call tells opens the circuit, or leaves it open. */
  function judge(standing: Standing, from: string): boolean {
    if (standing === "alive") forget();
    if (standing === "alive" || probing()) return standing !== "alive";
    if (standing === "unknown") return false;
    failures += 1;
    failedFor.add(from);
    return failures >= FAILURES && (standing === "unreachable" || failedFor.size >= ITEMS);
  }

  const probing = () => circuit.state === CircuitState.HalfOpen;
  const heldBack = () => probing() || (circuit.state === CircuitState.Open && clock.now() < heldUntil);
  const nextCallAt = () => (probing() ? clock.now() + PROBE_MS : heldUntil);

  function check(): void {
    if (!heldBack()) return;
    throw new GatewayError(
      "PROVIDER_UNAVAILABLE",
      `Calls to ${provider} are held back after repeated failures, until ${iso(nextCallAt())}.`,
      { upstream: { provider }, retryAt: nextCallAt(), nothingDone: true },
    );
  }

  return {
    check,
    async run(from, call) {
      check();
      const { outcome } = await circuit.execute(async () => {
        const outcome = await call();
        return { outcome, opens: judge(outcome.standing, from) };
      });
      return outcome;
    },
    availability: () => ({ available: !heldBack(), retryAt: heldBack() ? iso(nextCallAt()) : null }),
  };
}

/** cockatiel reads Date.now(): this duration makes it obey our clock. `hold` says until when. */
function holdBy(clock: Clock, hold: () => number): IBackoffFactory<unknown> {
  const factory: IBackoffFactory<unknown> = {
    next() {
      const until = hold();
      return {
        next: factory.next,
        get duration() {
          return clock.now() < until ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
        },
      };
    },
  };
  return factory;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
