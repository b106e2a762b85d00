import type { Provider } from "../schema/enums.ts";
import type { Aggregator } from "./aggregator.ts";
import { linkMoney } from "./link-money/index.ts";
import { plaid } from "./plaid/index.ts";

/** Every aggregator that this gateway can speak to: a third one is a folder, a line here, and an enum value. */
export const aggregators: readonly Aggregator[] = [plaid, linkMoney];

/** The aggregator of this name. @throws Error when it is not registered: a fault of the code, not of its input. */
export function aggregatorOf(provider: Provider): Aggregator {
  const found = aggregators.find((aggregator) => aggregator.provider === provider);
  if (!found) throw new Error(`${provider} is not in adapters/registry.ts.`);
  return found;
}
