import type { Aggregator } from "../aggregator.ts";

/** FinGoal publishes no rate limits. */
export const limits: Aggregator["limits"] = { production: {}, sandbox: {} };
