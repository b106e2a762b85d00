import { GatewayError } from "../../src/errors.ts";
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
      products: ["ACCOUNTS", "BALANCE", "TRANSACTIONS", "INVESTMENTS", "LIABILITIES", "ASSETS"],
      sandbox,
      async readInstitution(remoteId, { signal, token }) {
        if (token === null) throw noItem();
        const answer = await client.institutionsGetById(remoteId, { signal, token });
        return reading("LINK_MONEY", answer, normalize.institution);
      },
      webhooks: createWebhooks(client, clock),
    };
  },
};

function noItem(): GatewayError {
  return new GatewayError(
    "PRODUCT_UNSUPPORTED",
    "Link Money shows institutions only to people who have linked an item there. Import one first.",
    { upstream: { provider: "LINK_MONEY" } },
  );
}
