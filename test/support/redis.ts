import { describe } from "@jest/globals";

/** REDIS_TEST_URL, where it is set. */
export const redisTestUrl = process.env.REDIS_TEST_URL ?? "";

/** `describe`, or its skipping kind where there is no Redis: the report names what was not run. */
export const describeWithRedis = redisTestUrl === "" ? describe.skip : describe;
