import type { Adapter } from "../../adapters/adapter.ts";
import { openAdapter } from "../../adapters/open-adapter.ts";
import { aggregatorOf } from "../../adapters/registry.ts";
import type { Provider } from "../../schema/enums.ts";
import { type Budget, createBudget } from "../budget.ts";
import type { Clock } from "../clock.ts";
import type { AggregatorConfig, Config } from "../config.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { IMITATED } from "../sandbox/imitated.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";

/** The configured aggregators, each with its rate budget. */
export interface OpenAdapters {
  adapters: ReadonlyMap<Provider, Adapter>;
  /** Ends idle connections. */
  close(): Promise<void>;
}

/** Opens every aggregator that is configured, or imitated by `sandbox`; no connection is made yet. */
export function openAdapters(
  config: Config,
  sandbox: Sandbox | null,
  deps: { clock: Clock; log: Log; metrics: Metrics },
): OpenAdapters {
  const adapters = new Map<Provider, Adapter>();
  const budgets: Budget[] = [];
  for (const configured of [...config.aggregators, ...imitated(config, sandbox)]) {
    const { provider, baseUrl, rateLimits, sandbox: isSandbox } = configured;
    const aggregator = aggregatorOf(provider);
    const limits = rateLimits === "off" ? {} : aggregator.limits[rateLimits];
    const budget = createBudget({ provider, limits, redisUrl: config.redisUrl, clock: deps.clock, log: deps.log });
    budgets.push(budget);
    adapters.set(
      provider,
      openAdapter(aggregator, { ...deps, baseUrl, sandbox: isSandbox, budget, credentials: configured }),
    );
  }
  return {
    adapters,
    async close() {
      for (const adapter of adapters.values()) adapter.close();
      await Promise.all(budgets.map((budget) => budget.close()));
    },
  };
}

/** Our imitations, configured as the real ones are. */
function imitated(config: Config, sandbox: Sandbox | null): Omit<AggregatorConfig, "slug">[] {
  if (!sandbox || !config.sandbox) return [];
  const { rateLimits } = config.sandbox;
  return IMITATED.map((provider) => ({
    provider,
    ...sandbox.endpoints[provider],
    sandbox: true,
    rateLimits: rateLimits[provider] ?? "off",
  }));
}
