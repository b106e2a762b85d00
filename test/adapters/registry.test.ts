import { describe, expect, it } from "@jest/globals";
import { aggregators } from "../../adapters/registry.ts";
import { parseConfig } from "../../src/config.ts";
import { fixture } from "../support/fixture.ts";

describe("the aggregators", () => {
  it.each(["provider", "slug", "envPrefix"] as const)("have each a %s of their own", (name) => {
    expect(new Set(aggregators.map((aggregator) => aggregator[name])).size).toBe(aggregators.length);
  });

  it("carry the rate limits that are published", () => {
    const published = fixture("plaid/rate-limits") as Record<string, Record<string, [number | null, number]>>;
    const limits = Object.fromEntries(aggregators.map((aggregator) => [aggregator.provider, aggregator.limits]));
    for (const table of ["production", "sandbox"] as const) {
      const wanted = Object.entries(published[table] ?? {}).map(([endpoint, [perItem, perClient]]) => [
        endpoint,
        { perItem, perClient },
      ]);
      expect(limits.PLAID?.[table]).toEqual(Object.fromEntries(wanted));
      expect(limits.LINK_MONEY?.[table]).toEqual({});
    }
  });

  it.each<[string, string, boolean]>([
    ["PLAID", "https://sandbox.plaid.com", true],
    ["PLAID", "http://127.0.0.1:4101", true],
    ["PLAID", "http://[::1]:4101", true],
    ["PLAID", "https://production.plaid.com", false],
    ["PLAID", "https://sandbox.plaid.com.example.com", false],
    ["LINK_MONEY", "https://linkmoney-dev.fingoal.com", true],
    ["LINK_MONEY", "http://localhost:4102", true],
    ["LINK_MONEY", "https://linkmoney.fingoal.com", false],
  ])("%s at %s: a test environment is %p", (provider, baseUrl, sandbox) => {
    const config = parseConfig(
      {
        AUTH_JWT_SECRET: "x".repeat(32),
        [`${provider}_BASE_URL`]: baseUrl,
        [`${provider}_CLIENT_ID`]: "id",
        [`${provider}_SECRET`]: "secret",
      },
      aggregators,
    );
    expect(config.aggregators).toEqual([expect.objectContaining({ provider, sandbox })]);
  });
});
