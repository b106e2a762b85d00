import type { SandboxConfig } from "../config.ts";
import type { ENVIRONMENT } from "./environment.ts";
import type { EnvironmentReader, Values } from "./environment-reader.ts";
import type { AggregatorReading } from "./read-aggregator.ts";

/** On when asked for, or when nothing is configured outside production; something has to stand behind the gateway. */
export function readSandbox(
  { faults }: EnvironmentReader,
  values: Values<typeof ENVIRONMENT>,
  readings: AggregatorReading[],
): SandboxConfig | null {
  const production = values.NODE_ENV === "production";
  const configured = readings.filter((reading) => reading.configured).map(({ names }) => names.envPrefix);
  const on = values.SANDBOX ?? (configured.length === 0 && !production);
  if (on && production) faults.push({ name: "SANDBOX", found: "on", wanted: "off: production refuses the sandbox" });
  else if (on && configured.length > 0) {
    faults.push({
      name: "SANDBOX",
      found: `on, together with the credentials of ${configured.join(" and ")}`,
      wanted: "off, or no credentials",
    });
  }
  if (!on && configured.length === 0) {
    faults.push({
      name: readings.map(({ names }) => `${names.envPrefix}_BASE_URL`).join(" or "),
      found: "no aggregator",
      wanted: production ? "one: production refuses the sandbox" : "one, or SANDBOX=on",
    });
  }
  if (!on) return null;
  return {
    ports: { PLAID: values.SANDBOX_PLAID_PORT, LINK_MONEY: values.SANDBOX_LINK_MONEY_PORT },
    seed: values.SANDBOX_SEED,
    usersFolder: values.SANDBOX_USERS,
    reportMs: values.SANDBOX_REPORT_MS,
    heldTo: values.SANDBOX_RATE_LIMITS,
    scriptFile: values.SANDBOX_SCRIPT,
    rateLimits: Object.fromEntries(readings.map(({ names, rateLimits }) => [names.provider, rateLimits(true)])),
  };
}
