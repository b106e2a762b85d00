import type { Aggregator } from "./adapter.ts";
import { linkMoney } from "./link-money/index.ts";
import { plaid } from "./plaid/index.ts";

/** Every aggregator that this gateway can speak to: a third one is a folder, a line here, and an enum value. */
export const aggregators: readonly Aggregator[] = [plaid, linkMoney];
