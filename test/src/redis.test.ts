import { afterEach, expect, it } from "@jest/globals";
import { type ManualClock, manualClock } from "../../src/clock.ts";
import { connectRedis, type Redis } from "../../src/redis.ts";
import { silentLog } from "../support/database.ts";
import { describeWithRedis, redisTestUrl } from "../support/redis.ts";
import { switchableProxy } from "../support/switchable-proxy.ts";
import { until } from "../support/until.ts";

describeWithRedis("a connection to Redis", () => {
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });

  async function connectThroughProxy(): Promise<{
    redis: Redis;
    clock: ManualClock;
    proxy: Awaited<ReturnType<typeof switchableProxy>>;
  }> {
    const { hostname, port } = new URL(redisTestUrl);
    const proxy = await switchableProxy({ host: hostname, port: Number(port || 6379) });
    const clock = manualClock(0);
    const redis = connectRedis(`redis://127.0.0.1:${proxy.port}`, { clock, log: silentLog });
    ends.push(async () => {
      if (redis.client.isOpen) redis.client.destroy();
      await proxy.cut();
    });
    await until(() => redis.client.isReady);
    return { redis, clock, proxy };
  }

  it("answers", async () => {
    const { redis } = await connectThroughProxy();
    expect(await redis.ask(() => redis.client.ping())).toBe("PONG");
  });

  it("gives up a silent Redis after 250 ms, and then leaves it alone for a second", async () => {
    const { redis, clock, proxy } = await connectThroughProxy();
    proxy.freeze();
    const first = redis.ask(() => redis.client.ping());
    clock.advance(250);
    await expect(first).rejects.toThrow("Redis did not answer within 250 ms.");

    let asked = 0;
    const count = async () => ++asked;
    clock.advance(999);
    await expect(redis.ask(count)).rejects.toThrow("not reachable");
    clock.advance(1);
    expect(await redis.ask(count)).toBe(1);
  });

  it("rejects at once while the connection is lost", async () => {
    const { redis, proxy } = await connectThroughProxy();
    await proxy.cut();
    await until(() => !redis.client.isReady);
    await expect(redis.ask(() => redis.client.ping())).rejects.toThrow("not reachable");
  });

  it("closes in every state", async () => {
    const { redis } = await connectThroughProxy();
    await redis.close();
    await redis.close();
    const absent = connectRedis("redis://127.0.0.1:1", { clock: manualClock(0), log: silentLog });
    await expect(absent.ask(async () => 1)).rejects.toThrow("not reachable");
    await absent.close();
  });
});
