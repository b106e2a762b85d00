import type { Provider } from "../../schema/enums.ts";
import type { StoredItem } from "../store/items.ts";
import { openToken } from "../store/tokens.ts";
import type { ReadDeps } from "./read-product.ts";

/** A token of the viewer's at the aggregator for what is nobody's own, of a healthy item if there is one; null without items there. */
export function personToken({ vault }: ReadDeps, items: readonly StoredItem[], provider: Provider): string | null {
  const own = items.filter((each) => each.provider === provider);
  const item = own.find(({ health }) => health === "HEALTHY") ?? own[0];
  return item ? openToken(vault, item) : null;
}
