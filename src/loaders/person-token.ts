import type { ItemStatus, Provider } from "../../schema/enums.ts";
import type { StoredItem } from "../store/items.ts";
import { openToken } from "../store/tokens.ts";
import type { ReadDeps } from "./read-product.ts";

/** By which items an aggregator is most likely to take a person's token: a disconnected one's it knows no more. */
const BEST_FIRST: readonly ItemStatus[] = ["HEALTHY", "EXPIRING", "DEGRADED", "ACTION_REQUIRED", "DISCONNECTED"];

/** A token of the viewer's at the aggregator for what is nobody's own, of the soundest item; null without items there. */
export function personToken({ vault }: ReadDeps, items: readonly StoredItem[], provider: Provider): string | null {
  const own = items.filter((each) => each.provider === provider);
  const [item] = own.sort((a, b) => BEST_FIRST.indexOf(a.health) - BEST_FIRST.indexOf(b.health));
  return item ? openToken(vault, item) : null;
}
