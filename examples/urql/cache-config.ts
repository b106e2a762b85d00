import { stringifyVariables } from "@urql/core";
import type { Cache, CacheExchangeOpts, ResolveInfo, Resolver } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import { introspection } from "../generated/introspection.ts";
import possible from "../generated/possible-types.ts";
import { typesWithoutId } from "../generated/types-without-id.ts";

const pages = relayPagination();

/**
 * A list of this schema, its pages one list. Besides what relayPagination does, it keeps what was `unavailable` to any of the pages, and
 * leaves `edges` or `nodes` that no query selected to be asked for, where relayPagination makes them empty. A list that is paged is to
 * be selected by `edges` and `pageInfo` in every query: pages without them have no place among the others.
 */
const list: Resolver = (parent, args, cache, info) => {
  const whole = pages(parent, args, cache, info);
  if (typeof whole !== "object" || whole === null) return whole;
  const cached = pagesOf(args, cache, info);
  const isKnown = (field: string) => cached.some((page) => cache.resolve(page, field) !== undefined);
  const { edges, nodes, ...rest } = whole as Record<string, unknown>;
  return {
    ...rest,
    ...(isKnown("edges") && { edges }),
    ...(isKnown("nodes") && { nodes }),
    ...(isKnown("unavailable") && { unavailable: unavailable(cached, cache) }),
  } as typeof whole;
};

/** The keys of the list's pages in the cache. */
function pagesOf(args: Record<string, unknown>, cache: Cache, { parentKey, fieldName }: ResolveInfo): string[] {
  const listOf = ({ first: _, after: __, ...which }: Record<string, unknown>) => stringifyVariables(which);
  return cache
    .inspectFields(parentKey)
    .filter((field) => field.fieldName === fieldName && listOf(field.arguments ?? {}) === listOf(args))
    .map(({ fieldKey }) => cache.resolve(parentKey, fieldKey))
    .filter((page) => typeof page === "string");
}

/** Each trouble once: the newer word on an item's product counts. */
function unavailable(cached: readonly string[], cache: Cache): string[] {
  const entries = cached.flatMap((page) => (cache.resolve(page, "unavailable") ?? []) as string[]);
  const keyOf = (entry: string) =>
    JSON.stringify(["item", "provider", "product"].map((field) => cache.resolve(entry, field)));
  return [...new Map(entries.map((entry) => [keyOf(entry), entry])).values()];
}

/** A field that takes an id: an object of one of these types that is in the cache already costs no request. */
function byId(...types: readonly string[]): Resolver {
  return (_parent, args, cache, { parentKey, fieldName }) => {
    const id = String(args.id);
    const known = types.find((type) => cache.resolve(`${type}:${id}`, "id") === id);
    return known ? { __typename: known, id } : cache.resolve(parentKey, fieldName, { id });
  };
}

const { Account = [], Node = [] } = possible.possibleTypes;
const ofAccount = { transactions: list };

/** What urql's graphcache has to know of the schema. Objects that have an `id` are kept by it without a word. */
export const cacheConfig: CacheExchangeOpts = {
  schema: introspection,
  // the others belong to the object that they came with
  keys: Object.fromEntries(typesWithoutId.map((type) => [type, () => null])),
  resolvers: {
    Query: {
      items: list,
      accounts: list,
      holdings: list,
      liabilities: list,
      transactions: list,
      investmentTransactions: list,
      reports: list,
      events: list,
      institutions: list,
      item: byId("Item"),
      account: byId(...Account),
      report: byId("Report"),
      node: byId(...Node),
    },
    Item: { accounts: list, holdings: list, liabilities: list, transactions: list, investmentTransactions: list },
    ...Object.fromEntries(Account.map((type) => [type, ofAccount])),
    InvestmentAccount: { ...ofAccount, holdings: list, investmentTransactions: list },
    ReportAccount: { transactions: list, holdings: list, investmentTransactions: list },
  },
};
