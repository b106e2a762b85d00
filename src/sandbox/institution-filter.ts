import { ApiError } from "./api-error.ts";
import { GIVEN, type Product } from "./products.ts";
import type { WorldInstitution } from "./world/institutions.ts";

/** What a list or a search of institutions may be narrowed by. */
export interface InstitutionWish {
  products?: readonly Product[] | null;
  routing_numbers?: readonly string[] | null;
  oauth?: boolean | null;
}

/**
 * Tells the institutions that have all of it: https://plaid.com/docs/api/institutions/#institutionsget.
 * @throws ApiError INVALID_FIELD when there are routing numbers, and none that can be one.
 */
export function institutionFilter(wish: InstitutionWish): (institution: WorldInstitution) => boolean {
  const given = wish.routing_numbers ?? [];
  const wanted = given.filter(isRoutingNumber);
  if (given.length > 0 && wanted.length === 0) {
    throw new ApiError("INVALID_FIELD", { message: "options.routing_numbers must hold a valid routing number" });
  }
  const products = wish.products ?? [];
  return ({ oauth, routingNumbers }) =>
    (wish.oauth ?? oauth) === oauth &&
    products.every((product) => GIVEN.includes(product)) &&
    wanted.every((number) => routingNumbers.includes(number));
}

/** Nine digits, whose sum by the weights 3, 7 and 1 ends in 0. */
function isRoutingNumber(text: string): boolean {
  const sum = Array.from(text, (digit, at) => Number(digit) * ([3, 7, 1][at % 3] ?? 0)).reduce((a, b) => a + b, 0);
  return /^\d{9}$/.test(text) && sum % 10 === 0;
}
