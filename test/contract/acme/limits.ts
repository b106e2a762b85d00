import type { Aggregator } from "../../../adapters/aggregator.ts";

export const limits: Aggregator["limits"] = {
  production: { "/pots/ask": { perItem: 5, perClient: null } },
  sandbox: {},
};
