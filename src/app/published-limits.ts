import { aggregatorOf } from "../../adapters/registry.ts";
import type { RateLimits as Column } from "../config.ts";
import { IMITATED } from "../sandbox/imitated.ts";
import type { SandboxOptions } from "../sandbox/sandbox.ts";

/** The limits that the imitated aggregators hold their clients to: those that the real ones publish, or none. */
export function publishedLimits(column: Column): SandboxOptions["limits"] {
  if (column === "off") return {};
  return Object.fromEntries(IMITATED.map((provider) => [provider, aggregatorOf(provider).limits[column]]));
}
