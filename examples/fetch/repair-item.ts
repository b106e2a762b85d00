import {
  CreateLinkTokenDocument,
  ItemCheckDocument,
  ItemHealthDocument,
  type Product,
} from "../generated/operations.ts";
import type { Client } from "./client.ts";

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

  const { data, errors } = await client.mutate(CreateLinkTokenDocument, { input: { itemId: id, products } });
  if (!data?.createLinkToken) throw new Error("The link flow could not be opened.", { cause: errors });
  await openLink(data.createLinkToken.linkToken);

  // nothing is exchanged after a repair: a read that succeeds is what shows it
  await client.query(ItemCheckDocument, { id });
  return health(client, id);
}

async function health(client: Client, id: string) {
  const { data, errors } = await client.query(ItemHealthDocument, { id });
  if (!data?.item) throw new Error("The item could not be read.", { cause: errors });
  return data.item.health;
}
