import { Configuration, PlaidApi } from "plaid";
import type { SandboxEndpoint } from "../../src/sandbox/sandbox.ts";
import type { SdkTypes } from "./sdk-types.ts";

/**
 * Plaid's own client, pointed at the sandbox. Each of its calls fails where an answer, or an error's, is not what the SDK declares;
 * `options.headers` stand in for the right credentials.
 */
export function sdkClient(
  { baseUrl, clientId, secret }: SandboxEndpoint,
  types: SdkTypes,
  options: { headers?: Record<string, string> } = {},
): PlaidApi {
  const headers = options.headers ?? { "PLAID-CLIENT-ID": clientId, "PLAID-SECRET": secret };
  const client = new PlaidApi(new Configuration({ basePath: baseUrl, baseOptions: { headers } }));
  return new Proxy(client, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== "function" || typeof name !== "string") return method;
      return async (...sent: unknown[]) => {
        const answer = await method.apply(target, sent).catch((failure: { response?: { data?: unknown } }) => {
          const error = failure.response?.data;
          if (error !== undefined) demandNone(`${name}'s error`, types.faultsOf("PlaidError", error));
          throw failure;
        });
        demandNone(name, types.answerFaults(name, answer.data));
        return answer;
      };
    },
  });
}

function demandNone(what: string, faults: string[]): void {
  if (faults.length > 0) throw new Error(`${what} is not as the SDK declares it:\n${faults.join("\n")}`);
}
