import { GatewayError } from "../errors.ts";
import { findItemById, type StoredItem } from "../store/items.ts";
import type { Store } from "../store/store.ts";
import { openToken } from "../store/tokens.ts";
import type { Vault } from "../vault.ts";

/**
 * Makes a call with the item's access token. Where the aggregator refuses that because it was replaced since the item was read, the call
 * is made once more with the new one.
 * @throws GatewayError as the call does; PROVIDER_UNAVAILABLE while the token is being replaced, which says nothing of the item.
 */
export async function withCurrentToken<T>(
  { store, vault }: { store: Pick<Store, "db">; vault: Vault },
  item: StoredItem,
  call: (token: string) => Promise<T>,
): Promise<T> {
  try {
    return await call(openToken(vault, item));
  } catch (error) {
    if (!(error instanceof GatewayError && error.code === "ITEM_REVOKED")) throw error;
    const now = await findItemById(store.db, item.id);
    if (!now) throw error;
    if (!now.token_sealed.equals(item.token_sealed)) return call(openToken(vault, now));
    if (now.rotation_began_at === null) throw error;
    const message = "The item's access token is just being replaced. Try again in a moment.";
    throw new GatewayError("PROVIDER_UNAVAILABLE", message, { upstream: { provider: item.provider }, cause: error });
  }
}
