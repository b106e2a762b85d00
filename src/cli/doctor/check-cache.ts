import { createClient } from "@keyv/redis";
import type { Config } from "../../config.ts";
import { type Finding, wordsOf } from "./finding.ts";

const ANSWER_MS = 3_000;

/** Whether Redis answers, where one is configured. */
export async function checkCache({ redisUrl, cacheTtlS }: Pick<Config, "redisUrl" | "cacheTtlS">): Promise<Finding> {
  if (cacheTtlS === 0)
    return { check: "cache", state: "note", says: "The cache is off (CACHE_TTL_S=0): every read goes upstream." };
  if (redisUrl === null) return { check: "cache", state: "ok", says: "Kept in memory, by this process alone." };
  const client = createClient({
    url: redisUrl,
    disableOfflineQueue: true,
    socket: { connectTimeout: ANSWER_MS, reconnectStrategy: false },
  });
  client.on("error", () => undefined); // the command that it breaks tells of it
  const timer = setTimeout(() => client.destroy(), ANSWER_MS);
  try {
    await client.connect();
    await client.ping();
    return { check: "cache", state: "ok", says: "Redis answers." };
  } catch (error) {
    return {
      check: "cache",
      state: "fault",
      says: `Redis cannot be used: ${wordsOf(error)}.`,
      mend: "Check that it runs, and REDIS_URL; without it, unset REDIS_URL and the cache is in memory.",
    };
  } finally {
    clearTimeout(timer);
    if (client.isOpen) client.destroy();
  }
}
