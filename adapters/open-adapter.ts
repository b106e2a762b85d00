import type { Adapter } from "./adapter.ts";
import type { Aggregator, Credentials } from "./aggregator.ts";
import { createHttp, type HttpOptions } from "./http.ts";

/** What an aggregator needs to be spoken to. */
export interface OpenAdapterOptions extends Omit<HttpOptions, "provider" | "wire" | "secrets"> {
  credentials: Credentials;
  /** Whether `baseUrl` is a test environment, or our imitation. */
  sandbox: boolean;
}

/** The aggregator at `baseUrl`, ready to be called: no connection is made before the first call. */
export function openAdapter(aggregator: Aggregator, options: OpenAdapterOptions): Adapter {
  const { credentials, clock, sandbox } = options;
  const http = createHttp({
    ...options,
    provider: aggregator.provider,
    wire: aggregator.wire(credentials),
    secrets: [credentials.clientId, credentials.secret],
  });
  return aggregator.create({ http, credentials, clock, sandbox });
}
