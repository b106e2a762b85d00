/** Opening Plaid's link flow: the request in Plaid's words, and the answer. Source: https://plaid.com/docs/api/link/#linktokencreate. */
import type { Product } from "../../schema/enums.ts";
import { GatewayError } from "../../src/errors.ts";
import type { LinkToken, LinkTokenRequest } from "../adapter/link-token.ts";
import { moment, text, url } from "../fields.ts";
import { raw, required } from "../records.ts";
import { TRANSACTION_HISTORY } from "./transaction-history.ts";
import type { LinkTokenCreateRequest, LinkTokenCreateResponse, Products } from "./wire.ts";

/** Balances and accounts come with every one of them. */
const WORDS: Partial<Record<Product, `${Products}`>> = {
  TRANSACTIONS: "transactions",
  AUTH: "auth",
  IDENTITY: "identity",
  INVESTMENTS: "investments",
  INVESTMENTS_AUTH: "investments_auth",
  LIABILITIES: "liabilities",
  ASSETS: "assets",
};

/** What a link flow can ask consent for. */
export const LINK_PRODUCTS = Object.keys(WORDS) as Product[];

/**
 * The request. Where an item is repaired, a further product is one of `additional_consented_products`, but for assets, which Plaid
 * wants in `products` there too; a webhook would have no effect.
 */
export function linkTokenRequest(request: LinkTokenRequest): LinkTokenCreateRequest {
  const { userId, clientName, language, countryCodes, redirectUri, webhook, token, hosted } = request;
  const words = request.products.flatMap((product) => WORDS[product] ?? []) as Products[];
  const reports = words.filter((word) => word === "assets");
  const others = words.filter((word) => word !== "assets");
  return {
    client_name: clientName,
    language,
    country_codes: [...countryCodes] as LinkTokenCreateRequest["country_codes"],
    user: { client_user_id: userId },
    ...((token === null || request.products.includes("TRANSACTIONS")) && { transactions: TRANSACTION_HISTORY }),
    ...(redirectUri !== null && { redirect_uri: redirectUri }),
    ...(hosted && { hosted_link: redirectUri === null ? {} : { completion_redirect_uri: redirectUri } }),
    ...(token === null
      ? { products: words, ...(webhook !== null && { webhook }) }
      : {
          access_token: token,
          ...(reports.length > 0 && { products: reports }),
          ...(others.length > 0 && { additional_consented_products: others }),
        }),
  };
}

/** A field of the request that Plaid refuses is the front end's: a language or country that Link has not, an address not allowed there. */
export function refusedLink(error: unknown): never {
  const isField = error instanceof GatewayError && error.options.upstream?.errorCode === "INVALID_FIELD";
  throw isField ? new GatewayError("BAD_USER_INPUT", error.message, { ...error.options, cause: error }) : error;
}

/** @throws GatewayError PROVIDER_BAD_RESPONSE without the token, or when it ends. */
export function createdLinkToken(body: Record<string, unknown>): LinkToken {
  const { link_token, expiration, hosted_link_url } = raw<LinkTokenCreateResponse>(body);
  return {
    linkToken: required(text(link_token), link_token, "link_token", "a string"),
    expiresAt: required(moment(expiration), expiration, "expiration", "a moment"),
    hostedLinkUrl: url(hosted_link_url),
  };
}
