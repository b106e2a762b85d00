import { describe, expect, it } from "@jest/globals";
import { createSingleFlight } from "../../../src/cache/single-flight.ts";
import { manualClock } from "../../../src/clock.ts";
import { GatewayError } from "../../../src/errors.ts";

/** Work that ends when the test says so, or with its signal. */
function heldWork() {
  const signals: AbortSignal[] = [];
  const ends: ((value: string) => void)[] = [];
  return {
    signals,
    end: (value: string) => ends.at(-1)?.(value),
    work: (signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<string>((resolve) => ends.push(resolve));
    },
  };
}

const never = new AbortController().signal;

function setUp() {
  const clock = manualClock(0);
  return { clock, flights: createSingleFlight({ deadlineMs: 1000, clock }), ...heldWork() };
}

describe("a single flight", () => {
  it("does the work once for all who ask at the same time, and anew for those who come later", async () => {
    const { flights, signals, work, end } = setUp();
    const answers = [flights.join("a", never, work), flights.join("a", never, work), flights.join("a", never, work)];
    end("first");
    expect(await Promise.all(answers)).toEqual(["first", "first", "first"]);
    expect(signals).toHaveLength(1);
    expect(signals[0]?.aborted).toBe(false);

    const later = flights.join("a", never, work);
    end("second");
    expect(await later).toBe("second");
  });

  it("keeps keys apart", async () => {
    const { flights, signals, work } = setUp();
    void flights.join("a", never, work);
    void flights.join("b", never, work);
    expect(signals).toHaveLength(2);
  });

  it("lets a waiter leave at once with its reason, and goes on for the others", async () => {
    const { flights, signals, work, end } = setUp();
    const leaver = new AbortController();
    const left = flights.join("a", leaver.signal, work);
    const stays = flights.join("a", never, work);
    const reason = new GatewayError("PROVIDER_TIMEOUT", "this operation's deadline");
    leaver.abort(reason);
    await expect(left).rejects.toBe(reason);
    expect(signals[0]?.aborted).toBe(false);
    end("value");
    expect(await stays).toBe("value");
  });

  it("ends the work when the last waiter leaves; who comes then starts it anew", async () => {
    const { flights, signals, work, end } = setUp();
    const one = new AbortController();
    const two = new AbortController();
    const waiters = [flights.join("a", one.signal, work), flights.join("a", two.signal, work)];
    one.abort();
    two.abort();
    const gone = await Promise.allSettled(waiters);
    expect(gone.map((each) => each.status)).toEqual(["rejected", "rejected"]);
    expect(signals[0]?.aborted).toBe(true);

    const next = flights.join("a", never, work);
    expect(signals).toHaveLength(2);
    end("value");
    expect(await next).toBe("value");
  });

  it("gives PROVIDER_TIMEOUT to a waiter whose signal gave no error of ours", async () => {
    const { flights, work } = setUp();
    await expect(flights.join("a", AbortSignal.abort(), work)).rejects.toMatchObject({ code: "PROVIDER_TIMEOUT" });
  });

  it("has a deadline, also for work that does not heed its signal", async () => {
    const { clock, flights, signals, work } = setUp();
    const answer = flights.join("a", never, work);
    clock.advance(1000);
    await expect(answer).rejects.toMatchObject({ code: "PROVIDER_TIMEOUT" });
    expect(signals[0]?.aborted).toBe(true);
  });

  it("passes a failure to every waiter and does not remember it", async () => {
    const { flights } = setUp();
    const failure = new GatewayError("PROVIDER_UNAVAILABLE", "down");
    const fail = () => Promise.reject(failure);
    const both = await Promise.allSettled([flights.join("a", never, fail), flights.join("a", never, fail)]);
    expect(both).toEqual([
      { status: "rejected", reason: failure },
      { status: "rejected", reason: failure },
    ]);
    expect(await flights.join("a", never, async () => "up")).toBe("up");
  });
});
