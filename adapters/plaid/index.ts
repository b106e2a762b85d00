import type { CreatedReport } from "../adapter/reports.ts";
import type { Aggregator } from "../aggregator.ts";
import { text } from "../fields.ts";
import { formatAdapter } from "../plaid-format/format-adapter.ts";
import { reading } from "../plaid-format/reading.ts";
import { reportReading } from "../plaid-format/report-reading.ts";
import { unlessGone } from "../plaid-format/unless-gone.ts";
import { raw, required } from "../records.ts";
import { createClient } from "./client.ts";
import { readError } from "./errors.ts";
import { limits } from "./limits.ts";
import { createdLinkToken, LINK_PRODUCTS, linkTokenRequest, refusedLink } from "./link-token.ts";
import { normalize } from "./normalize.ts";
import { createWebhooks } from "./webhook.ts";
import type { CreditRelayRefreshResponse, ItemPublicTokenExchangeResponse } from "./wire.ts";

/** The version of Plaid's API that the wire types are of. */
const API_VERSION = "2020-09-14";

/** Plaid. Source: https://plaid.com/docs/api/. */
export const plaid: Aggregator = {
  provider: "PLAID",
  slug: "plaid",
  envPrefix: "PLAID",
  sandboxHosts: ["sandbox.plaid.com"],
  limits,
  wire: ({ clientId, secret }) => ({
    pathPrefix: "",
    headers: { "plaid-client-id": clientId, "plaid-secret": secret, "plaid-version": API_VERSION },
    requestIdHeader: "plaid-request-id",
    readError,
  }),
  create({ http, clock, sandbox }) {
    const client = createClient(http, clock);
    return {
      ...formatAdapter({ provider: "PLAID", http, client, normalize, clock }),
      products: [
        ...(["ACCOUNTS", "AUTH", "BALANCE", "IDENTITY", "TRANSACTIONS", "INVESTMENTS", "INVESTMENTS_AUTH"] as const),
        ...(["LIABILITIES", "ASSETS"] as const),
      ],
      sandbox,
      async exchangePublicToken(publicToken, call) {
        const answer = await client.itemPublicTokenExchange(publicToken, call);
        return reading("PLAID", answer, exchanged).data;
      },
      rotateToken: async (call) =>
        reading("PLAID", await client.itemAccessTokenInvalidate(call), ({ new_access_token }) =>
          required(text(new_access_token), new_access_token, "new_access_token", "a string"),
        ).data,
      linkProducts: LINK_PRODUCTS,
      async createLinkToken(request, { signal }) {
        const answer = await client.linkTokenCreate(linkTokenRequest(request), { signal }).catch(refusedLink);
        return reading("PLAID", answer, createdLinkToken).data;
      },
      readInstitution: async (remoteId, { signal }) =>
        reading("PLAID", await client.institutionsGetById(remoteId, { signal }), normalize.institution),
      readOwners: async (call) => reading("PLAID", await client.identityGet(call), normalize.owners),
      readTransfers: async (call) => reading("PLAID", await client.investmentsAuthGet(call), normalize.transfers),
      untoldInLists: ["status"],
      listInstitutions: async (page, { signal }) =>
        reading("PLAID", await client.institutionsGet(page, { signal }), normalize.institutions),
      searchInstitutions: async (search, { signal }) =>
        reading("PLAID", await client.institutionsSearch(search, { signal }), normalize.institutions),
      readCategories: async ({ signal }) =>
        reading("PLAID", await client.categoriesGet({ signal }), normalize.categories),
      createRelay: async (secondaryClientId, call) =>
        reading("PLAID", await client.creditRelayCreate(secondaryClientId, call), ({ relay_token }) =>
          required(text(relay_token), relay_token, "relay_token", "a string"),
        ).data,
      readAuditCopy: ({ begin }, call) =>
        reportReading("PLAID", normalize, begin, (items) => client.auditCopyGet(items, call)),
      readAuditCopyPdf: (call) => client.auditCopyPdfGet(call),
      readRelay: ({ insights, begin }, call) =>
        reportReading("PLAID", normalize, begin, (items) => client.creditRelayGet({ insights, items }, call)),
      readRelayPdf: (call) => client.creditRelayPdfGet(call),
      refreshRelay: async (webhook, call) =>
        reading("PLAID", await client.creditRelayRefresh(webhook, call), refreshedRelay).data,
      removeRelay: (call) => unlessGone(client.creditRelayRemove(call), "GONE"),
      async refreshInvestments(call) {
        await client.investmentsRefresh(call);
      },
      webhooks: createWebhooks(client, clock),
    };
  },
};

function refreshedRelay(body: Record<string, unknown>): CreatedReport {
  const { asset_report_id, relay_token } = raw<CreditRelayRefreshResponse>(body);
  return {
    remoteId: required(text(asset_report_id), asset_report_id, "asset_report_id", "a string"),
    token: required(text(relay_token), relay_token, "relay_token", "a string"),
    requestId: text(body.request_id),
  };
}

function exchanged(body: Record<string, unknown>): { token: string; remoteId: string } {
  const { access_token, item_id } = raw<ItemPublicTokenExchangeResponse>(body);
  return {
    token: required(text(access_token), access_token, "access_token", "a string"),
    remoteId: required(text(item_id), item_id, "item_id", "a string"),
  };
}
