import type { Core, Endpoint, Manner } from "./endpoints.ts";
import { CLIENT_FIELDS, judge, text } from "./judge.ts";
import { linkSessionsAnswer } from "./link-sessions.ts";
import { readLinkTokenRequest } from "./link-token-request.ts";
import { GIVEN } from "./products.ts";

const MINUTE_MS = 60_000;
/** How long a link token is good: 4 hours for a new item, 30 minutes to repair one. */
const LINKING_MS = 240 * MINUTE_MS;
const REPAIRING_MS = 30 * MINUTE_MS;
/** Where a person opens a hosted link flow; the token comes after it. */
export const HOSTED_LINK = "/link/hosted/";

/** What Plaid has for opening its link flow and for replacing what came of it, and Link Money has not. */
export function createLinkEndpoints({ clock, items, links }: Core, manner: Manner): Record<string, Endpoint> {
  const { provider, unknown } = manner;
  return {
    "/link/token/create": (request) => {
      manner.admitClientCall(request);
      const judged = readLinkTokenRequest(request.body, unknown);
      const { access_token, hosted_link, redirect_uri, products } = judged;
      const wanted = [products, judged.required_if_supported_products, judged.optional_products].flatMap(
        (one) => one ?? [],
      );
      const item = access_token === null ? null : items.byToken(provider, access_token);
      const days = judged.transactions?.days_requested;
      const lasts = hosted_link?.url_lifetime_seconds ?? (item ? REPAIRING_MS : LINKING_MS) / 1000;
      const session = links.create({
        expiresAt: clock.now() + lasts * 1000,
        clientName: judged.client_name,
        language: judged.language,
        countryCodes: judged.country_codes,
        products: products ?? [],
        linkedFor: GIVEN.filter((one) => one !== "balance" && wanted.includes(one)),
        webhook: judged.webhook ?? null,
        redirectUri: redirect_uri || null,
        itemId: item?.itemId ?? null,
        hosted: hosted_link !== undefined,
        ...(days !== undefined && { historyDays: days }),
      });
      return {
        link_token: session.token,
        expiration: new Date(session.expiresAt).toISOString(),
        ...(session.hosted && { hosted_link_url: `http://${request.headers.host}${HOSTED_LINK}${session.token}` }),
      };
    },
    "/link/token/get": (request) => {
      manner.admitClientCall(request);
      const { link_token } = judge(request.body, { ...CLIENT_FIELDS, link_token: text }, unknown);
      const session = links.byToken(link_token);
      return {
        link_token,
        created_at: new Date(session.createdAt).toISOString(),
        expiration: new Date(session.expiresAt).toISOString(),
        metadata: {
          initial_products: session.products,
          webhook: session.webhook,
          country_codes: session.countryCodes,
          language: session.language,
          redirect_uri: session.redirectUri,
          client_name: session.clientName,
        },
        ...linkSessionsAnswer(session),
      };
    },
    "/item/access_token/invalidate": (request) => {
      manner.admitItemCall(request);
      const { access_token } = judge(request.body, { ...CLIENT_FIELDS, access_token: text }, unknown);
      return { new_access_token: items.rotateToken(items.byToken(provider, access_token)) };
    },
  };
}
