import { describe, expect, it } from "@jest/globals";
import { type CacheKey, createCache, type LoadOptions } from "../../src/cache.ts";
import { manualClock } from "../../src/clock.ts";
import { GatewayError } from "../../src/errors.ts";
import { createLog } from "../../src/log.ts";
import { createVault } from "../../src/vault.ts";

const KEY: CacheKey = { viewer: "ann", item: "item-1", product: "ACCOUNTS" };
const HOUR = 3_600_000;
const down = new GatewayError("PROVIDER_UNAVAILABLE", "down");
const revoked = new GatewayError("ITEM_REVOKED", "revoked");

function setUp({ ttlMs = 300_000, start = 1_700_000_000_000 } = {}) {
  const clock = manualClock(start);
  const vault = createVault([{ id: "test", key: Buffer.alloc(32, 7) }]);
  const cache = createCache({
    ttlMs,
    deadlineMs: 15_000,
    redisUrl: null,
    vault,
    clock,
    log: createLog({ level: "silent" }),
  });
  let calls = 0;
  const options: LoadOptions<{ n: number }> = {
    generation: 0,
    signal: new AbortController().signal,
    staleOn: (error) => error.code !== "ITEM_REVOKED",
    load: async () => ({ n: ++calls }),
  };
  const read = (changes: Partial<LoadOptions<{ n: number }>> = {}, key = KEY) =>
    cache.getOrLoad(key, { ...options, ...changes });
  const fail = (error: Error) => ({ load: () => Promise.reject(error) });
  return { cache, clock, read, fail, calls: () => calls, start };
}

describe("the cache", () => {
  it("keeps an answer for its life, and tells whether and since when", async () => {
    const { read, clock, calls, start } = setUp();
    expect(await read()).toEqual({ value: { n: 1 }, cached: false, storedAt: start, stale: null });
    clock.advance(299_999);
    expect(await read()).toEqual({ value: { n: 1 }, cached: true, storedAt: start, stale: null });
    clock.advance(1);
    expect(await read()).toMatchObject({ value: { n: 2 }, cached: false });
    expect(calls()).toBe(2);
  });

  it("asks once for 50 at once", async () => {
    const { read, calls } = setUp();
    const answers = await Promise.all(Array.from({ length: 50 }, () => read()));
    expect(answers.every(({ value, cached }) => value.n === 1 && !cached)).toBe(true);
    expect(calls()).toBe(1);
  });

  it.each<[string, Partial<CacheKey>]>([
    ["viewer", { viewer: "bob" }],
    ["item", { item: "item-2" }],
    ["product", { product: "LIABILITIES" }],
    ["arguments", { args: "page 2" }],
  ])("keeps apart what differs by %s", async (_, difference) => {
    const { read, calls } = setUp();
    await read();
    expect(await read({}, { ...KEY, ...difference })).toMatchObject({ value: { n: 2 }, cached: false });
    expect(calls()).toBe(2);
  });

  it("misses an answer of an older generation, also one that is just being fetched", async () => {
    const { read, calls } = setUp();
    const both = await Promise.all([read(), read({ generation: 1 })]);
    expect(both.map(({ value }) => value.n)).toEqual([1, 2]);
    expect(await read({ generation: 1 })).toMatchObject({ value: { n: 2 }, cached: true });
    expect(await read({ generation: 2 })).toMatchObject({ value: { n: 3 }, cached: false });
    expect(calls()).toBe(3);
  });

  it("with no life keeps nothing, but shares a call under way", async () => {
    const { read, calls } = setUp({ ttlMs: 0 });
    await Promise.all([read(), read()]);
    expect(calls()).toBe(1);
    expect(await read()).toMatchObject({ value: { n: 2 }, cached: false });
    await expect(read({ load: () => Promise.reject(down) })).rejects.toBe(down);
  });

  it("obeys a life given for one read", async () => {
    const { read, calls } = setUp();
    await read({ ttlMs: 0 });
    await read({ ttlMs: 0 });
    await read();
    expect(calls()).toBe(3);
  });

  it("gives frozen values", async () => {
    const { read } = setUp();
    const { value } = await read();
    expect(() => Object.assign(value, { n: 9 })).toThrow(TypeError);
  });

  it("shows without a call what is kept and current, or with outdated whatever is kept", async () => {
    const { cache, read, clock, calls } = setUp();
    const peek = (generation: number, outdated = false) => cache.peek(KEY, { generation, outdated });
    expect(await peek(0, true)).toBeNull();
    await read();
    expect([await peek(0), await peek(1), await peek(1, true)]).toEqual([{ n: 1 }, null, { n: 1 }]);
    clock.advance(300_000);
    expect([await peek(0), await peek(0, true)]).toEqual([null, { n: 1 }]);
    await cache.drop("ann", "item-1");
    expect(await peek(0, true)).toBeNull();
    expect(calls()).toBe(1);
  });

  it("shows nothing without a call when it is off", async () => {
    const { cache, read } = setUp({ ttlMs: 0 });
    await read();
    expect(await cache.peek(KEY, { generation: 0, outdated: true })).toBeNull();
  });

  it("remembers no failure", async () => {
    const { read, fail, calls } = setUp();
    await expect(read(fail(down))).rejects.toBe(down);
    expect(await read()).toMatchObject({ value: { n: 1 } });
    expect(calls()).toBe(1);
  });
});

describe("an older answer", () => {
  it("stands in when the aggregator fails, saying why", async () => {
    const { read, fail, clock, start } = setUp();
    await read();
    clock.advance(HOUR);
    expect(await read(fail(down))).toEqual({ value: { n: 1 }, cached: true, storedAt: start, stale: down });
    expect(await read({ generation: 3, ...fail(down) })).toMatchObject({ value: { n: 1 }, stale: down });
  });

  it("stands in for a waiter whose deadline passes", async () => {
    const { read, clock } = setUp();
    await read();
    clock.advance(HOUR);
    const waiter = new AbortController();
    const answer = read({ signal: waiter.signal, load: () => new Promise(() => {}) });
    waiter.abort(new GatewayError("PROVIDER_TIMEOUT", "too late"));
    expect(await answer).toMatchObject({ value: { n: 1 }, stale: { code: "PROVIDER_TIMEOUT" } });
  });

  it("is shown for a day at most", async () => {
    const { read, fail, clock } = setUp();
    await read();
    clock.advance(24 * HOUR - 1);
    expect(await read(fail(down))).toMatchObject({ stale: down });
    clock.advance(1);
    await expect(read(fail(down))).rejects.toBe(down);
  });

  it("is not shown for a failure that ends the access, nor ever after it", async () => {
    const { read, fail, clock } = setUp();
    await read();
    clock.advance(HOUR);
    await expect(read(fail(revoked))).rejects.toBe(revoked);
    await expect(read(fail(down))).rejects.toBe(down);
  });

  it("is never shown for a fault of our own, or to a caller that wants none", async () => {
    const { read, fail, clock } = setUp();
    await read();
    clock.advance(HOUR);
    const fault = new TypeError("a bug");
    await expect(read(fail(fault))).rejects.toBe(fault);
    await expect(read({ staleOn: undefined, ...fail(down) })).rejects.toBe(down);
  });
});

describe("a dropped item", () => {
  it("is a miss in all its products, and never stands in", async () => {
    const { cache, read, fail, clock, calls } = setUp();
    await read();
    await read({}, { ...KEY, product: "INVESTMENTS" });
    await read({}, { ...KEY, item: "item-2" });
    clock.advance(1000);
    await cache.drop("ann", "item-1");
    await expect(read(fail(down))).rejects.toBe(down);
    await expect(read(fail(down), { ...KEY, product: "INVESTMENTS" })).rejects.toBe(down);
    expect(await read({}, { ...KEY, item: "item-2" })).toMatchObject({ cached: true });
    clock.advance(1);
    expect(await read()).toMatchObject({ value: { n: 4 }, cached: false });
    expect(await read()).toMatchObject({ value: { n: 4 }, cached: true });
    expect(calls()).toBe(4);
  });

  it("does not come back by an answer that was under way", async () => {
    const { cache, read, fail, clock } = setUp();
    let arrive = (_: { n: number }) => {};
    const answer = read({
      load: () =>
        new Promise<{ n: number }>((resolve) => {
          arrive = resolve;
        }),
    });
    await new Promise(setImmediate);
    await cache.drop("ann", "item-1");
    arrive({ n: 100 });
    expect(await answer).toMatchObject({ value: { n: 100 } });
    clock.advance(1);
    await expect(read(fail(down))).rejects.toBe(down);
  });
});
