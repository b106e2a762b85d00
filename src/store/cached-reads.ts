import type { Product } from "../../schema/enums.ts";

/** What is cached, and outdated, by itself: a product; investment transactions are read apart from the holdings. */
export type CachedRead = Product | "INVESTMENT_TRANSACTIONS";

/** Every one of them. */
export const CACHED_READS: readonly CachedRead[] = [
  ...(["ACCOUNTS", "BALANCE", "AUTH", "IDENTITY", "TRANSACTIONS", "INVESTMENTS", "INVESTMENT_TRANSACTIONS"] as const),
  ...(["INVESTMENTS_AUTH", "LIABILITIES"] as const),
];
