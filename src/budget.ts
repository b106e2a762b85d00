import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis } from "rate-limiter-flexible";
import type { Provider } from "../schema/enums.ts";
import type { Clock } from "./clock.ts";
import { GatewayError } from "./errors.ts";
import type { Log } from "./log.ts";
import { connectRedis, type Redis } from "./redis.ts";

/** Calls a minute of one endpoint: for one item (or report), and for the whole client. Null is no limit. */
export interface EndpointLimit {
  perItem: number | null;
  perClient: number | null;
}

/** What is left of one aggregator's published rate limits. */
export interface Budget {
  /**
   * Takes one call of `endpoint` for the item or report of `budgetKey`, and for the client; null counts for the client only.
   * @throws GatewayError PROVIDER_RATE_LIMITED naming endpoint and limit, with `retryAt`; nothing was taken then.
   */
  take(endpoint: string, budgetKey: string | null): Promise<void>;
  close(): Promise<void>;
}

/** What a budget is made of. */
export interface BudgetOptions {
  provider: Provider;
  /** By Plaid's path of the endpoint; one that is not listed has no limit. */
  limits: Readonly<Record<string, EndpointLimit>>;
  /** Where all replicas count together. While it is unreachable each counts by itself. */
  redisUrl: string | null;
  clock: Clock;
  log: Log;
}

const MINUTE_S = 60;

/** Counts in windows of a minute that the first call opens, by the machine's own time (rate-limiter-flexible takes no clock). */
export function createBudget({ provider, limits, redisUrl, clock, log }: BudgetOptions): Budget {
  const redis = redisUrl === null ? null : connectRedis(redisUrl, { clock, log });
  const meters = new Map(
    Object.entries(limits).map(([endpoint, { perItem, perClient }]) => {
      const prefix = `tributary:budget:${provider}:${endpoint}`;
      return [endpoint, { item: meter(`${prefix}:item`, perItem, redis), client: meter(prefix, perClient, redis) }];
    }),
  );

  function exhausted(endpoint: string, { calls }: Meter, whose: string, waitMs: number): GatewayError {
    const limit = `${calls} calls a minute for ${whose}`;
    const message = `${provider} allows ${limit} of ${endpoint}: the next is free in ${Math.ceil(waitMs / 1000)} s.`;
    const retryAt = clock.now() + waitMs;
    return new GatewayError("PROVIDER_RATE_LIMITED", message, {
      upstream: { provider },
      limit,
      retryAt,
      nothingDone: true,
    });
  }

  return {
    async take(endpoint, budgetKey) {
      const { item = null, client = null } = meters.get(endpoint) ?? {};
      if (item && budgetKey !== null) {
        const waitMs = await item.take(budgetKey);
        if (waitMs > 0) throw exhausted(endpoint, item, "one item", waitMs);
      }
      if (client) {
        const waitMs = await client.take("");
        if (waitMs === 0) return;
        if (budgetKey !== null) await item?.giveBack(budgetKey);
        throw exhausted(endpoint, client, "the whole client", waitMs);
      }
    },
    async close() {
      await redis?.close();
    },
  };
}

interface Meter {
  /** Allowed in a minute. */
  calls: number;
  /** 0 when a call was taken; else nothing was, and it is how long to wait, ms. */
  take(key: string): Promise<number>;
  giveBack(key: string): Promise<void>;
}

function meter(keyPrefix: string, calls: number | null, redis: Redis | null): Meter | null {
  if (calls === null) return null;
  const options = { keyPrefix, points: calls, duration: MINUTE_S };
  const here = new RateLimiterMemory(options);
  const shared = redis && new RateLimiterRedis({ ...options, storeClient: redis.client, useRedisPackage: true });

  /** Together with the other replicas, or alone while Redis does not answer (the connection logs that). */
  async function count<T>(spend: (limiter: RateLimiterAbstract) => Promise<T>): Promise<T> {
    if (!redis || !shared) return await spend(here);
    return await redis.ask(() => spend(shared)).catch(() => spend(here));
  }

  return {
    calls,
    async take(key) {
      const { consumedPoints, msBeforeNext } = await count((limiter) => limiter.penalty(key));
      if (consumedPoints <= calls) return 0;
      await count((limiter) => limiter.reward(key));
      return Math.max(msBeforeNext, 1);
    },
    async giveBack(key) {
      await count((limiter) => limiter.reward(key));
    },
  };
}
