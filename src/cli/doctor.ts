import { aggregators } from "../../adapters/registry.ts";
import { ConfigError } from "../config/config-error.ts";
import type { Env } from "../config/environment-reader.ts";
import { type Config, parseConfig } from "../config.ts";
import { scrubText } from "../log/scrub-text.ts";
import { checkAggregators } from "./doctor/check-aggregators.ts";
import { checkCache } from "./doctor/check-cache.ts";
import { checkDatabase } from "./doctor/check-database.ts";
import { checkWebhooks } from "./doctor/check-webhooks.ts";
import type { Finding } from "./doctor/finding.ts";

/**
 * `tributary doctor`: tries what a start needs and says, a line each, what was found and what to mend. Changes nothing.
 * Resolves to the exit code: 1 when there is a fault.
 */
export async function doctor(env: Env, print: (line: string) => void = console.log): Promise<number> {
  const findings = await examine(env);
  for (const { state, check, says, mend } of findings) {
    print(scrubText(`${state.padEnd(5)} ${check.padEnd(11)} ${says}${mend ? ` ${mend}` : ""}`));
  }
  const faults = findings.filter(({ state }) => state === "fault").length;
  print(faults === 0 ? "Nothing to mend." : `${faults} to mend.`);
  return faults === 0 ? 0 : 1;
}

async function examine(env: Env): Promise<Finding[]> {
  let config: Config;
  try {
    config = parseConfig(env, aggregators);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.faults.map(({ name, found, wanted }) => {
      return { check: "config", state: "fault", says: `${name}: found ${found}.`, mend: `Wanted: ${wanted}.` };
    });
  }
  const checks = await Promise.all([
    checkDatabase(config),
    checkCache(config),
    checkAggregators(config),
    checkWebhooks(config),
  ]);
  const sandbox = config.sandbox ? ", with the sandbox" : "";
  return [{ check: "config", state: "ok", says: `Whole, for ${config.nodeEnv}${sandbox}.` }, ...checks.flat()];
}
