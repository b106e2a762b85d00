import { aggregatorOf } from "../../adapters/registry.ts";
import { IMITATED } from "../../src/sandbox/imitated.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";

/** The variables of a gateway that takes the imitated aggregators for real ones, without rate limits. */
export function aggregatorEnv({ endpoints }: Pick<Sandbox, "endpoints">): Record<string, string> {
  const variables = IMITATED.flatMap((provider) => {
    const prefix = aggregatorOf(provider).envPrefix;
    const { baseUrl, clientId, secret } = endpoints[provider];
    return [
      [`${prefix}_BASE_URL`, baseUrl],
      [`${prefix}_CLIENT_ID`, clientId],
      [`${prefix}_SECRET`, secret],
      [`${prefix}_RATE_LIMITS`, "off"],
    ];
  });
  return Object.fromEntries(variables);
}
