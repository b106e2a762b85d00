import { openAdapter } from "../../../adapters/open-adapter.ts";
import { aggregatorOf } from "../../../adapters/registry.ts";
import { systemClock } from "../../clock.ts";
import type { AggregatorConfig, Config } from "../../config.ts";
import { asGatewayError, type GatewayError } from "../../errors.ts";
import { createLog } from "../../log.ts";
import { keepNoItems } from "../../reports/keep-no-items.ts";
import type { Finding } from "./finding.ts";

const ANSWER_MS = 10_000;
/** No aggregator gives such a token, so that asking for its report tells whether the credentials are taken, and nothing else. */
const NO_REPORT = "tributary-doctor";

/** Whether each configured aggregator answers and takes the credentials. */
export async function checkAggregators(config: Pick<Config, "aggregators" | "sandbox">): Promise<Finding[]> {
  if (config.sandbox) {
    return [{ check: "aggregators", state: "ok", says: "The sandbox imitates them; it starts with the gateway." }];
  }
  return Promise.all(config.aggregators.map(checkAggregator));
}

async function checkAggregator(config: AggregatorConfig): Promise<Finding> {
  const aggregator = aggregatorOf(config.provider);
  const prefix = aggregator.envPrefix;
  const adapter = openAdapter(aggregator, {
    baseUrl: config.baseUrl,
    sandbox: config.sandbox,
    credentials: config,
    budget: { take: async () => undefined },
    metrics: { upstreamCall: () => undefined },
    clock: systemClock,
    log: createLog({ level: "silent" }),
  });
  const check = config.slug;
  if (!adapter.readReport) {
    return { check, state: "note", says: "Not tried: it has no call that tells whether the credentials are taken." };
  }
  try {
    const signal = AbortSignal.timeout(ANSWER_MS);
    await adapter.readReport(
      { insights: false, begin: keepNoItems },
      { token: NO_REPORT, budgetKey: NO_REPORT, signal },
    );
    return { check, state: "note", says: "It answers, but for a report that cannot be there." };
  } catch (error) {
    return { check, ...judge(asGatewayError(error), config.baseUrl, prefix) };
  } finally {
    adapter.close();
  }
}

/** What the refusal of an unknown report says of the aggregator. */
function judge(error: GatewayError, baseUrl: string, prefix: string): Omit<Finding, "check"> {
  switch (error.code) {
    case "PROVIDER_MISCONFIGURED":
      return {
        state: "fault",
        says: `${baseUrl} refuses the credentials.`,
        mend: `Check ${prefix}_CLIENT_ID and ${prefix}_SECRET, and that they are of that environment.`,
      };
    case "PROVIDER_UNAVAILABLE":
    case "PROVIDER_TIMEOUT":
      return {
        state: "fault",
        says: `${baseUrl} cannot be reached: ${error.message}`,
        mend: `Check ${prefix}_BASE_URL, and that this machine may reach it.`,
      };
    case "PROVIDER_RATE_LIMITED":
      return {
        state: "note",
        says: `${baseUrl} answers that its rate limit is reached.`,
        mend: "Try again in a minute.",
      };
    default:
      if (error.options.upstream?.errorCode)
        return { state: "ok", says: `${baseUrl} answers and takes the credentials.` };
      return {
        state: "fault",
        says: `${baseUrl} answers, but not as this aggregator does: ${error.message}`,
        mend: `Check ${prefix}_BASE_URL.`,
      };
  }
}
