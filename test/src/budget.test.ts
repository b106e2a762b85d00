import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { type Budget, createBudget, type EndpointLimit } from "../../src/budget.ts";
import { systemClock } from "../../src/clock.ts";
import { createLog } from "../../src/log.ts";
import { describeWithRedis, redisTestUrl } from "../support/redis.ts";
import { until } from "../support/until.ts";

const NOW = Date.UTC(2026, 2, 1, 12, 0, 0);
const log = createLog({ level: "silent" });

function budgetOf(limits: Record<string, EndpointLimit>, redisUrl: string | null = null) {
  return createBudget({ provider: "PLAID", limits, redisUrl, clock: systemClock, log });
}

async function takeTimes(times: number, take: () => Promise<void>): Promise<PromiseSettledResult<void>[]> {
  return Promise.allSettled(Array.from({ length: times }, take));
}

describe("a budget", () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: NOW });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it("lets as many calls through for one item in a minute as are allowed, and says when the next is free", async () => {
    const budget = budgetOf({ "/accounts/get": { perItem: 2, perClient: null } });
    await budget.take("/accounts/get", "item-1");
    jest.setSystemTime(NOW + 20_000);
    await budget.take("/accounts/get", "item-1");
    await expect(budget.take("/accounts/get", "item-1")).rejects.toMatchObject({
      code: "PROVIDER_RATE_LIMITED",
      message: "PLAID allows 2 calls a minute for one item of /accounts/get: the next is free in 40 s.",
      options: { nothingDone: true, retryAt: NOW + 60_000, limit: "2 calls a minute for one item" },
      retryable: true,
    });
    await budget.take("/accounts/get", "item-2");
    jest.setSystemTime(NOW + 60_000);
    await budget.take("/accounts/get", "item-1");
  });

  it("counts all items together for the client", async () => {
    const budget = budgetOf({ "/liabilities/get": { perItem: 15, perClient: 3 } });
    const taken = await Promise.allSettled(["a", "b", "c", "d"].map((item) => budget.take("/liabilities/get", item)));
    expect(taken.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled", "rejected"]);
    expect(taken[3]).toMatchObject({ reason: { options: { limit: "3 calls a minute for the whole client" } } });
  });

  it("takes nothing from the item when the client's limit is reached, and nothing from the client when the item's is", async () => {
    const budget = budgetOf({ "/x": { perItem: 2, perClient: 3 } });
    await takeTimes(5, () => budget.take("/x", "a")); // 2 of the client's 3
    await budget.take("/x", "b");
    await takeTimes(5, () => budget.take("/x", "b")); // the client's 3 are used up: b keeps 1
    jest.setSystemTime(NOW + 59_000);
    await expect(budget.take("/x", "b")).rejects.toMatchObject({ options: { limit: /whole client/ } });
  });

  it("counts a call without item for the client only", async () => {
    const budget = budgetOf({ "/institutions/get_by_id": { perItem: 1, perClient: 2 } });
    const taken = await takeTimes(3, () => budget.take("/institutions/get_by_id", null));
    expect(taken.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
  });

  it("knows no limit for what is not listed, or listed as null", async () => {
    const budget = budgetOf({ "/free": { perItem: null, perClient: null } });
    for (const endpoint of ["/free", "/unlisted"]) {
      const taken = await takeTimes(100, () => budget.take(endpoint, "a"));
      expect(taken.every(({ status }) => status === "fulfilled")).toBe(true);
    }
  });
});

describeWithRedis("a budget over Redis", () => {
  const open: Budget[] = [];
  afterEach(() => Promise.all(open.splice(0).map((budget) => budget.close())));
  const shared = (limits: Record<string, EndpointLimit>, url = redisTestUrl) => {
    const budget = budgetOf(limits, url);
    open.push(budget);
    return budget;
  };

  it("is one for all replicas", async () => {
    const limits = { "/x": { perItem: 1, perClient: null } };
    const [one, other] = [shared(limits), shared(limits)];
    await until(async () => {
      const item = randomUUID();
      await one.take("/x", item);
      const taken = await takeTimes(1, () => other.take("/x", item));
      return taken[0]?.status === "rejected"; // both are connected by now
    });
    const item = randomUUID();
    await other.take("/x", item);
    await expect(one.take("/x", item)).rejects.toMatchObject({ code: "PROVIDER_RATE_LIMITED" });
  });

  it("counts by itself while Redis is not there", async () => {
    const budget = shared({ "/x": { perItem: 2, perClient: 100 } }, "redis://127.0.0.1:1");
    const taken = await takeTimes(3, () => budget.take("/x", "a"));
    expect(taken.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
  });
});
