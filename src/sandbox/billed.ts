import type { Core, Endpoint } from "./endpoints.ts";
import { itemIdsOf } from "./item-ids-of.ts";
import type { Product } from "./products.ts";

/** The product whose use a call is. */
const PRODUCT_OF: Readonly<Record<string, Product>> = {
  "/asset_report/create": "assets",
  "/auth/get": "auth",
  "/identity/get": "identity",
  "/investments/auth/get": "investments_auth",
  "/investments/holdings/get": "investments",
  "/investments/refresh": "investments",
  "/investments/transactions/get": "investments",
  "/liabilities/get": "liabilities",
  "/transactions/get": "transactions",
  "/transactions/refresh": "transactions",
  "/transactions/sync": "transactions",
};

/** Plaid's endpoints, each of which adds the product that it is of to the items that it was answered for. */
export function billed(core: Core, endpoints: Record<string, Endpoint>): Record<string, Endpoint> {
  const entries = Object.entries(endpoints).map(([path, endpoint]): [string, Endpoint] => {
    const product = PRODUCT_OF[path];
    if (!product) return [path, endpoint];
    return [
      path,
      async (request) => {
        const answer = await endpoint(request);
        for (const id of itemIdsOf(core, "PLAID", request.body, request.body.access_token)) {
          const item = core.items.byId(id);
          if (item?.products && !item.products.includes(product)) {
            core.items.change(item, { products: [...item.products, product] });
          }
        }
        return answer;
      },
    ];
  });
  return Object.fromEntries(entries);
}
