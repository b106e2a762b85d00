import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "@jest/globals";
import { type Cache, type CacheKey, createCache } from "../../../src/cache.ts";
import { type ManualClock, manualClock, systemClock } from "../../../src/clock.ts";
import { GatewayError } from "../../../src/errors.ts";
import { connectRedis } from "../../../src/redis.ts";
import { createVault, type Vault } from "../../../src/vault.ts";
import { silentLog } from "../../support/database.ts";
import { describeWithRedis, redisTestUrl } from "../../support/redis.ts";
import { until } from "../../support/until.ts";

const down = new GatewayError("PROVIDER_UNAVAILABLE", "down");
const vaultOf = (byte: number) => createVault([{ id: "test", key: Buffer.alloc(32, byte) }]);

/** A cache as one process has it, counting the calls that it makes. */
function replica(clock: ManualClock, { redisUrl = redisTestUrl, vault = vaultOf(7) as Vault } = {}) {
  const cache: Cache = createCache({ ttlMs: 1000, deadlineMs: 15_000, redisUrl, vault, clock, log: silentLog });
  let calls = 0;
  return {
    cache,
    calls: () => calls,
    read: (key: CacheKey, generation: number, load: (() => Promise<string>) | null = null) =>
      cache.getOrLoad(key, {
        generation,
        staleOn: () => true,
        signal: new AbortController().signal,
        load:
          load ??
          (async () => {
            calls += 1;
            return `secret-${generation}`;
          }),
      }),
  };
}

describeWithRedis("caches that share a Redis", () => {
  const open: Cache[] = [];
  afterEach(() => Promise.all(open.splice(0).map((cache) => cache.close())));

  /** Two replicas, and a key of their own. */
  async function pair(vault = vaultOf(7)) {
    const clock = manualClock(Date.now());
    const [one, other] = [replica(clock, { vault }), replica(clock, { vault })];
    open.push(one.cache, other.cache);
    const key: CacheKey = { viewer: `ann-${randomUUID()}`, item: "item-1", product: "ACCOUNTS" };
    return { clock, one, other, key };
  }

  /** Reads until both are connected; returns the last generation, which both hold. */
  async function untilShared({ one, other, key }: Awaited<ReturnType<typeof pair>>): Promise<number> {
    let generation = 0;
    await until(async () => {
      generation += 1;
      await one.read(key, generation);
      return (await other.read(key, generation)).cached;
    });
    return generation;
  }

  it("read each other's answers", async () => {
    const caches = await pair();
    const generation = await untilShared(caches);
    const calls = caches.other.calls();
    expect(await caches.other.read(caches.key, generation)).toMatchObject({
      value: `secret-${generation}`,
      cached: true,
    });
    expect(caches.other.calls()).toBe(calls);
    expect(caches.one.calls()).toBe(generation);
  });

  it("drop an item for each other, also as a stand-in", async () => {
    const caches = await pair();
    const { one, other, key, clock } = caches;
    const generation = await untilShared(caches);
    clock.advance(2000);
    expect(await other.read(key, generation, () => Promise.reject(down))).toMatchObject({ stale: down });
    await one.cache.drop(key.viewer, key.item);
    await expect(other.read(key, generation, () => Promise.reject(down))).rejects.toBe(down);
  });

  it("keep nothing readable: values are sealed, names hashed", async () => {
    const caches = await pair();
    await untilShared(caches);
    const redis = connectRedis(redisTestUrl, { clock: systemClock, log: silentLog });
    await until(() => redis.client.isReady);
    const names = await redis.client.keys("tributary:cache:*");
    const values = await redis.client.mGet(names);
    await redis.close();
    expect(names.length).toBeGreaterThan(0);
    expect(names.join()).not.toContain("ann-");
    expect(values.map((value) => Buffer.from(String(value), "base64").toString("latin1")).join()).not.toContain(
      "secret-",
    );
  });

  it("pass over what another key sealed", async () => {
    const caches = await pair();
    const strangers = await pair(vaultOf(8));
    await untilShared(strangers);
    const generation = await untilShared(caches);
    expect(await strangers.other.read(caches.key, generation)).toMatchObject({ cached: false });
  });
});

describe("a cache whose Redis is not there", () => {
  it("works in memory", async () => {
    const { cache, read, calls } = replica(manualClock(0), { redisUrl: "redis://127.0.0.1:1" });
    const key: CacheKey = { viewer: "ann", item: "item-1", product: "ACCOUNTS" };
    expect(await read(key, 0)).toMatchObject({ cached: false });
    expect(await read(key, 0)).toMatchObject({ cached: true });
    await cache.drop("ann", "item-1");
    expect(await read(key, 0)).toMatchObject({ cached: false });
    expect(calls()).toBe(2);
    await cache.close();
  });
});
