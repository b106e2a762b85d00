import { GatewayError } from "../../src/errors.ts";
import type { PersonCall } from "../adapter/institutions.ts";
import type { Call } from "../adapter.ts";
import type { Aggregator } from "../aggregator.ts";
import { formatAdapter } from "../plaid-format/format-adapter.ts";
import { reading } from "../plaid-format/reading.ts";
import { createClient } from "./client.ts";
import { readError } from "./errors.ts";
import { limits } from "./limits.ts";
import { normalize } from "./normalize.ts";
import { createWebhooks } from "./webhook.ts";

/**
 * FinGoal's Link Money: a clone of Plaid's API with differences of its own. People link in FinGoal's portal, so there is no
 * public token to exchange: items come by their token.
 */
export const linkMoney: Aggregator = {
  provider: "LINK_MONEY",
  slug: "link-money",
  envPrefix: "LINK_MONEY",
  sandboxHosts: ["linkmoney-dev.fingoal.com"],
  limits,
  wire: () => ({ pathPrefix: "/v1/plaid", headers: {}, requestIdHeader: "plaid-request-id", readError }),
  create({ http, credentials, clock, sandbox }) {
    const client = createClient(http, credentials);
    return {
      ...formatAdapter({ provider: "LINK_MONEY", http, client, normalize, clock }),
      products: ["ACCOUNTS", "AUTH", "BALANCE", "INVESTMENTS", "LIABILITIES", "ASSETS"],
      sandbox,
      readInstitution: async (remoteId, call) =>
        reading("LINK_MONEY", await client.institutionsGetById(remoteId, asPerson(call)), normalize.institution),
      untoldInLists: ["url", "primaryColor", "logo", "status"],
      listInstitutions: async (page, call) =>
        reading("LINK_MONEY", await client.institutionsGet(page, asPerson(call)), normalize.institutions),
      searchInstitutions: async (search, call) =>
        reading("LINK_MONEY", await client.institutionsSearch(search, asPerson(call)), normalize.institutions),
      readCategories: async (call) =>
        reading("LINK_MONEY", await client.categoriesGet(asPerson(call)), normalize.categories),
      webhooks: createWebhooks(client, clock),
    };
  },
};

/** @throws GatewayError PRODUCT_UNSUPPORTED without a token. */
function asPerson({ signal, token }: PersonCall): Call & { token: string } {
  if (token !== null) return { signal, token };
  throw new GatewayError(
    "PRODUCT_UNSUPPORTED",
    "Link Money shows institutions and categories only to people who have linked an item there. Import one first.",
    { upstream: { provider: "LINK_MONEY" } },
  );
}
