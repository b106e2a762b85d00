import type { LinkToken, LinkTokenRequest } from "../../adapters/adapter/link-token.ts";
import { adapterOf } from "../../adapters/adapter-of.ts";
import type { CreateLinkTokenInput } from "../../schema/inputs.ts";
import { badInput, GatewayError } from "../errors.ts";
import { findItem, type StoredItem } from "../store/items.ts";
import { openToken } from "../store/tokens.ts";
import { checkAddress } from "./check-address.ts";
import type { OperationDeps } from "./deps.ts";
import { followRepair } from "./follow-repair.ts";
import { reachableWebhook } from "./register-webhook.ts";

/** What people read in the link flow where the front end names no application: Plaid's own words for it. */
const NAMELESS = "This Application";
const LONGEST_NAME = 30;
const MOST_COUNTRIES = 20;

/**
 * Opens a link flow for a new item, or to repair the viewer's item `itemId` (a uuid), whose provider then counts; `hosted` asks for its page
 * at the aggregator, too. The signal ends the wait.
 * @throws GatewayError BAD_USER_INPUT, NOT_FOUND, PRODUCT_UNSUPPORTED where people link at the aggregator itself, or why it refused.
 */
export async function createLinkToken(
  deps: OperationDeps,
  viewer: string,
  input: CreateLinkTokenInput & { hosted: boolean },
  signal: AbortSignal,
): Promise<LinkToken> {
  const item = input.itemId ? await findItem(deps.store.db, viewer, input.itemId) : null;
  if (input.itemId && !item) throw new GatewayError("NOT_FOUND", "There is no such item.", { field: "input.itemId" });
  const provider = item?.provider ?? input.provider;
  const adapter = adapterOf(deps.adapters, provider);
  if (!adapter.createLinkToken) {
    throw new GatewayError(
      "PRODUCT_UNSUPPORTED",
      `${provider} has no link tokens: people link, and repair, their logins in its own portal. A new item's token is then taken over by importItem; a repaired item works again by itself.`,
      { field: item ? "input.itemId" : "input.provider", upstream: { provider } },
    );
  }
  const request = requestOf(deps, viewer, input, { item, offered: adapter.linkProducts ?? [] });
  const token = await adapter.createLinkToken(request, { signal });
  if (item) await followRepair(deps, item.id);
  return token;
}

function requestOf(
  deps: OperationDeps,
  viewer: string,
  input: CreateLinkTokenInput & { hosted: boolean },
  { item, offered }: { item: StoredItem | null; offered: readonly LinkTokenRequest["products"][number][] },
): LinkTokenRequest {
  const clientName = input.clientName?.trim() || NAMELESS;
  if (clientName.length > LONGEST_NAME) {
    throw badInput("input.clientName", clientName, `${LONGEST_NAME} characters at most`);
  }
  const language = input.language ?? "en";
  if (!/^[a-z]{2}$/.test(language)) throw badInput("input.language", language, "two small letters, as en (ISO 639-1)");
  const countryCodes = [...new Set(input.countryCodes ?? ["US"])];
  if (countryCodes.length === 0 || countryCodes.length > MOST_COUNTRIES || !countryCodes.every(isCountry)) {
    throw badInput(
      "input.countryCodes",
      countryCodes,
      `1 to ${MOST_COUNTRIES} of two capital letters, as US (ISO 3166-1)`,
    );
  }
  const redirectUri = input.redirectUri ?? null;
  if (redirectUri !== null) checkAddress("input.redirectUri", redirectUri);
  const products = [...new Set(input.products ?? [])];
  const odd = products.find((product) => !offered.includes(product));
  if (odd !== undefined) {
    throw badInput("input.products", odd, `${offered.join(", ")}; accounts and balances come with each`);
  }
  if (!item && products.length === 0) {
    throw badInput("input.products", products, `at least one of ${offered.join(", ")} for a new item`);
  }
  const provider = item?.provider ?? input.provider;
  return {
    // keyed: who has a list of e-mail addresses cannot find out whose it is
    userId: deps.vault.sign(`link flow of ${viewer}`),
    ...{ clientName, language, countryCodes, products, redirectUri },
    webhook: reachableWebhook(deps, provider),
    token: item && openToken(deps.vault, item),
    // what comes of a new item there reaches no front end
    hosted: input.hosted && item !== null,
  };
}

function isCountry(code: string): boolean {
  return /^[A-Z]{2}$/.test(code);
}
