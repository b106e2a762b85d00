import type { Client } from "@urql/core";
import {
  CreateLinkTokenDocument,
  ItemCheckDocument,
  ItemHealthDocument,
  type Product,
} from "../generated/operations.ts";

/**
 * Has the person mend an item whose action is RELINK, or GRANT_CONSENT to `products`: `openLink` runs the provider's link flow with the
 * token, and resolves when the person has left it. Gives the item's health as it then is.
 */
export async function repairItem(
  client: Client,
  id: string,
  openLink: (linkToken: string) => Promise<void>,
  products?: Product[],
) {
  const before = await health(client, id);
  if (before.action !== "RELINK" && before.action !== "GRANT_CONSENT") return before;

  const { data, error } = await client.mutation(CreateLinkTokenDocument, { input: { itemId: id, products } });
  if (!data?.createLinkToken) throw error;
  await openLink(data.createLinkToken.linkToken);

  // nothing is exchanged after a repair: a read that succeeds is what shows it
  await client.query(ItemCheckDocument, { id }, { requestPolicy: "network-only" });
  return health(client, id);
}

/** The item's health at the gateway now, whatever the cache knows. */
async function health(client: Client, id: string) {
  const { data, error } = await client.query(ItemHealthDocument, { id }, { requestPolicy: "network-only" });
  if (!data?.item) throw error;
  return data.item.health;
}
