import type { ItemDescription } from "../store/database.ts";

/**
 * Whether a report may be asked for an item's investments. Plaid tells them only where `investments` was among the products when the
 * item was linked (its reference of /asset_report/create, `add_ons`); an aggregator that lists no products decides for itself.
 */
export function mayTellInvestments({
  products,
  billedProducts,
  consentedProducts,
}: Pick<ItemDescription, "products" | "billedProducts" | "consentedProducts">): boolean {
  const lists = [products, billedProducts, consentedProducts].flatMap((list) => (list ? [list] : []));
  return lists.length === 0 || lists.flat().includes("INVESTMENTS");
}
