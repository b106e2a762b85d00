import type { Product, Provider } from "../../schema/enums.ts";
import type { Unavailable } from "../../schema/errors.ts";
import type { GatewayError } from "../errors.ts";
import { providerError } from "./provider-error.ts";

/** What could not be had: of which item (our uuid) and product. */
export interface Missing {
  itemUuid: string | null;
  provider: Provider;
  product: Product;
}

/** The schema's `Unavailable` of an error. */
export function unavailable(error: GatewayError, missing: Missing): Unavailable {
  return { ...missing, error: providerError(error), action: error.action };
}
