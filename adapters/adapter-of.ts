import type { Provider } from "../schema/enums.ts";
import { GatewayError } from "../src/errors.ts";
import type { Adapter } from "./adapter.ts";

/** The adapter of an aggregator. @throws GatewayError PROVIDER_MISCONFIGURED, nothing done, when this gateway has none of it. */
export function adapterOf(adapters: ReadonlyMap<Provider, Adapter>, provider: Provider): Adapter {
  const adapter = adapters.get(provider);
  if (adapter) return adapter;
  throw new GatewayError("PROVIDER_MISCONFIGURED", `${provider} is not configured on this gateway.`, {
    upstream: { provider },
    nothingDone: true,
  });
}
