import type { AggregatorConfig, AggregatorNames, RateLimits } from "../config.ts";
import { isLoopbackHost } from "../loopback.ts";
import { AGGREGATOR_ENVIRONMENT } from "./environment.ts";
import type { EnvironmentReader } from "./environment-reader.ts";

const TOGETHER = ["BASE_URL", "CLIENT_ID", "SECRET"] as const;

/** What the environment says of one aggregator. */
export interface AggregatorReading {
  names: AggregatorNames;
  /** Whether any of base URL, client id and secret is set. */
  configured: boolean;
  /** Null when not configured, or with faults. */
  config: AggregatorConfig | null;
  /** As set, or what suits a base URL of the aggregator's test environments (`sandbox`) or any other. */
  rateLimits(sandbox: boolean): RateLimits;
}

/** Reads an aggregator's variables; one that is configured by halves is a fault naming what is missing. */
export function readAggregator(reader: EnvironmentReader, names: AggregatorNames): AggregatorReading {
  const prefix = `${names.envPrefix}_`;
  const { BASE_URL, CLIENT_ID, SECRET, RATE_LIMITS } = reader.read(AGGREGATOR_ENVIRONMENT, prefix);
  const set = TOGETHER.filter((name) => reader.isSet(prefix + name));
  const missing = TOGETHER.filter((name) => !set.includes(name)).map((name) => prefix + name);
  if (set.length > 0 && missing.length > 0) {
    reader.faults.push({
      name: missing.join(", "),
      found: `nothing, but ${set.map((name) => prefix + name).join(" and ")}`,
      wanted: "all three, or none",
    });
  }

  function rateLimits(sandbox: boolean): RateLimits {
    const table = sandbox ? "sandbox" : "production";
    return RATE_LIMITS ?? (Object.keys(names.limits[table]).length > 0 ? table : "off");
  }

  function configOf(baseUrl: string, clientId: string, secret: string): AggregatorConfig {
    const { provider, slug, sandboxHosts } = names;
    const { hostname } = new URL(baseUrl);
    const sandbox = isLoopbackHost(hostname) || sandboxHosts.includes(hostname);
    return { provider, slug, baseUrl, sandbox, clientId, secret, rateLimits: rateLimits(sandbox) };
  }

  const whole = BASE_URL !== null && CLIENT_ID !== null && SECRET !== null;
  return {
    names,
    configured: set.length > 0,
    config: whole ? configOf(BASE_URL, CLIENT_ID, SECRET) : null,
    rateLimits,
  };
}
