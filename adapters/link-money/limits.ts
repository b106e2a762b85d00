import type { Aggregator } from "../adapter.ts";

/** FinGoal publishes no rate limits. */
export const limits: Aggregator["limits"] = { production: {}, sandbox: {} };
