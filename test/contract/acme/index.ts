import type { Aggregator } from "../../../adapters/aggregator.ts";
import { GatewayError } from "../../../src/errors.ts";
import { createClient } from "./client.ts";
import { readError } from "./errors.ts";
import { limits } from "./limits.ts";
import { normalize, reading } from "./normalize.ts";
import { provider } from "./provider.ts";
import { createWebhooks } from "./webhook.ts";

/** A third aggregator, of a format of its own and with little to offer: proof of docs/adding-an-aggregator.md. */
export const acme: Aggregator = {
  provider,
  slug: "acme",
  envPrefix: "ACME",
  sandboxHosts: ["play.acme.example"],
  limits,
  wire: ({ clientId, secret }) => ({
    pathPrefix: "/acme",
    headers: { "x-acme-client": clientId, "x-acme-key": secret },
    requestIdHeader: "x-acme-trace",
    readError,
  }),
  create({ http, credentials, clock, sandbox }) {
    const client = createClient(http);
    return {
      ...{ provider, sandbox, products: ["ACCOUNTS", "BALANCE"] },
      ...{ availability: http.availability, close: http.close },
      readItem: async (call) => reading(await client.loginsShow(call), normalize.item),
      async removeItem(call) {
        try {
          reading(await client.loginsEnd(call), normalize.ended);
        } catch (error) {
          if (!(error instanceof GatewayError && error.code === "ITEM_REVOKED")) throw error;
        }
      },
      updateWebhook: async (url, call) => void (await client.loginsCallback(url, call)),
      readInstitution: async (remoteId, { signal }) =>
        reading(await client.banksShow(remoteId, { signal }), normalize.institution),
      readAccounts: async (call) => reading(await client.potsList(call), normalize.accounts),
      readBalances: async (call) => reading(await client.potsAsk(call), normalize.accounts),
      webhooks: createWebhooks(credentials.secret, clock),
    };
  },
};
