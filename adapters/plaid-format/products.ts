import type { Product } from "../../schema/enums.ts";
import { texts } from "../fields.ts";

const PRODUCTS: ReadonlyMap<string, Product> = new Map([
  ["assets", "ASSETS"],
  ["auth", "AUTH"],
  ["balance", "BALANCE"],
  ["identity", "IDENTITY"],
  ["investments", "INVESTMENTS"],
  ["investments_auth", "INVESTMENTS_AUTH"],
  ["liabilities", "LIABILITIES"],
  ["transactions", "TRANSACTIONS"],
]);

/** Plaid's word for a product in ours; OTHER for those without a name here. */
export function productOf(word: string): Product {
  return PRODUCTS.get(word.toLowerCase()) ?? "OTHER";
}

/** A list of Plaid's words, each product once; null when the aggregator gives no list. */
export function productsOf(list: unknown): Product[] | null {
  const words = texts(list);
  return words && [...new Set(words.map(productOf))];
}
