import { describe, expect, it } from "@jest/globals";
import { checkCache } from "../../../../src/cli/doctor/check-cache.ts";
import { describeWithRedis, redisTestUrl } from "../../../support/redis.ts";

describe("the cache", () => {
  it.each<[string, Parameters<typeof checkCache>[0], object]>([
    ["off", { redisUrl: null, cacheTtlS: 0 }, { state: "note", says: expect.stringContaining("off") }],
    ["in memory", { redisUrl: null, cacheTtlS: 300 }, { state: "ok", says: expect.stringContaining("in memory") }],
    [
      "in a Redis that is not there",
      { redisUrl: "redis://:the-password@127.0.0.1:1", cacheTtlS: 300 },
      { state: "fault", says: expect.stringContaining("ECONNREFUSED"), mend: expect.stringContaining("REDIS_URL") },
    ],
  ])("%s", async (_name, config, expected) => {
    const finding = await checkCache(config);
    expect(finding).toMatchObject(expected);
    expect(JSON.stringify(finding)).not.toContain("the-password");
  });
});

describeWithRedis("the cache in Redis", () => {
  it("is there when Redis answers", async () => {
    expect(await checkCache({ redisUrl: redisTestUrl, cacheTtlS: 300 })).toMatchObject({ state: "ok" });
  });
});
