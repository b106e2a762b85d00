/** The imitated aggregators, by the name that their webhook routes have. */
export type Aggregator = "plaid" | "link-money";

export const AGGREGATORS: readonly Aggregator[] = ["plaid", "link-money"];
