import { type Environment, graphql } from "relay-runtime";
import type { fragments_itemCard$key } from "./__generated__/fragments_itemCard.graphql.ts";
import type { repairItemCheckQuery } from "./__generated__/repairItemCheckQuery.graphql.ts";
import type { repairItemHealthQuery } from "./__generated__/repairItemHealthQuery.graphql.ts";
import type { Product, repairItemMutation } from "./__generated__/repairItemMutation.graphql.ts";
import { itemCard } from "./fragments.ts";
import { mutate } from "./mutate.ts";
import { query } from "./query.ts";
import { readFragment } from "./read-fragment.ts";

const healthDocument = graphql`
  query repairItemHealthQuery($id: ID!) {
    item(id: $id) {
      ...fragments_itemCard
    }
  }
`;

const createLinkToken = graphql`
  mutation repairItemMutation($input: CreateLinkTokenInput!) {
    createLinkToken(input: $input) {
      linkToken
      expiresAt
    }
  }
`;

/** Asks the institution itself. */
const check = graphql`
  query repairItemCheckQuery($id: ID!) {
    item(id: $id) {
      id
      accounts(first: 100) {
        edges {
          node {
            id
            balances(fresh: true) {
              current
              available
              currency
            }
          }
        }
        unavailable {
          ...fragments_missing
        }
      }
    }
  }
`;

/**
 * Has the person mend an item whose action is RELINK, or GRANT_CONSENT to `products`: `openLink` runs the provider's link flow with the
 * token, and resolves when the person has left it. Gives the item's health as it then is.
 */
export async function repairItem(
  environment: Environment,
  id: string,
  openLink: (linkToken: string) => Promise<void>,
  products?: readonly Product[],
) {
  const before = await health(environment, id);
  if (before.action !== "RELINK" && before.action !== "GRANT_CONSENT") return before;

  const input = { itemId: id, products };
  const { data, errors } = await mutate<repairItemMutation>(environment, createLinkToken, { input });
  if (!data.createLinkToken) throw new Error("The link flow could not be opened.", { cause: errors });
  await openLink(data.createLinkToken.linkToken);

  // nothing is exchanged after a repair: a read that succeeds is what shows it
  await query<repairItemCheckQuery>(environment, check, { id }, { afresh: true });
  return health(environment, id);
}

/** The item's health at the gateway now, whatever the store knows. */
async function health(environment: Environment, id: string) {
  const { item } = await query<repairItemHealthQuery>(environment, healthDocument, { id }, { afresh: true });
  if (!item) throw new Error("The item could not be read.");
  return readFragment<fragments_itemCard$key>(environment, itemCard, item).health;
}
