import type { Adapter } from "../../adapters/adapter.ts";
import type { Provider } from "../../schema/enums.ts";
import { GatewayError } from "../errors.ts";

/** The adapter of an aggregator. @throws GatewayError PROVIDER_MISCONFIGURED when this gateway has none of it. */
export function adapterOf(adapters: ReadonlyMap<Provider, Adapter>, provider: Provider): Adapter {
  const adapter = adapters.get(provider);
  if (adapter) return adapter;
  throw new GatewayError("PROVIDER_MISCONFIGURED", `${provider} is not configured in this gateway.`);
}
