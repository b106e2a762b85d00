import type { FieldFunctionOptions, FieldPolicy, Reference, TypePolicies } from "@apollo/client";
import possible from "../generated/possible-types.ts";
import { typesWithoutId } from "../generated/types-without-id.ts";

/** A list as the cache keeps it: what no query selected is not there. */
interface Page {
  edges?: readonly { cursor?: string; node: Reference }[];
  nodes?: readonly Reference[];
  pageInfo?: { endCursor?: string | null; startCursor?: string | null; hasPreviousPage?: boolean };
  unavailable?: readonly Entry[];
}

/** An entry of `unavailable`. */
interface Entry {
  item?: Reference | null;
  provider?: string;
  product?: string;
}

/**
 * A list of this schema: paged forwards, its pages one list in the cache, told apart by `keyArgs` and by the key of a @connection directive.
 * Apollo's own relayStylePagination will not do, since a list here may be selected by `nodes` alone: that would leave empty `edges` for the
 * next query to find. And what was `unavailable` to one page is missing from the whole list, so it is kept with the next.
 */
function list(...keyArgs: string[]): FieldPolicy<Page, Page, Page> {
  return {
    keyArgs: [...keyArgs, "@connection", ["key"]],
    // what was evicted is in the list no more
    read: (page, { canRead }) =>
      page?.edges ? { ...page, edges: page.edges.filter(({ node }) => canRead(node)) } : page,
    merge(before, page, { args }) {
      const kept = before ? keptBefore(before, args?.after) : 0;
      // a first page; what another query selected of the same list stays beside it
      if (!before || kept === 0) return { ...before, ...page };
      return {
        ...before,
        ...page,
        ...(page.edges && { edges: [...(before.edges ?? []).slice(0, kept), ...page.edges] }),
        ...(page.nodes && { nodes: [...(before.nodes ?? []).slice(0, kept), ...page.nodes] }),
        ...(page.pageInfo && { pageInfo: { ...page.pageInfo, ...beginning(before.pageInfo) } }),
        ...(page.unavailable && { unavailable: together(before.unavailable ?? [], page.unavailable) }),
      };
    },
  };
}

/** How many records of the list come before the page that begins after this cursor: 0 for a first page, or one of an unknown place. */
function keptBefore({ edges = [], pageInfo }: Page, after: unknown): number {
  if (typeof after !== "string") return 0;
  if (pageInfo?.endCursor === after) return Number.POSITIVE_INFINITY;
  return edges.findIndex(({ cursor }) => cursor === after) + 1;
}

/** Where the whole list begins, as its first page said. */
function beginning({ startCursor, hasPreviousPage }: NonNullable<Page["pageInfo"]> = {}): Page["pageInfo"] {
  return { startCursor, hasPreviousPage };
}

/** Each trouble once: the newer word on an item's product counts. */
function together(before: readonly Entry[], now: readonly Entry[]): Entry[] {
  const keyOf = ({ item, provider, product }: Entry) => JSON.stringify([item, provider, product]);
  return [...new Map([...before, ...now].map((entry) => [keyOf(entry), entry])).values()];
}

/** A field that takes an id: an object of one of these types that is in the cache already costs no request. */
function byId(...types: readonly string[]): FieldPolicy {
  return {
    read(found: Reference | null | undefined, { args, toReference, canRead }: FieldFunctionOptions) {
      if (found !== undefined) return found;
      return types.map((type) => toReference({ __typename: type, id: args?.id })).find((ref) => canRead(ref));
    },
  };
}

const { Account = [], Node = [] } = possible.possibleTypes;

/** What Apollo Client's cache has to know of the schema, with possibleTypes. Objects that have an `id` are kept by it without a word. */
export const typePolicies: TypePolicies = {
  // Balances, health, provenance and the like belong to one answer: a newer one replaces them whole and is never mixed with the older
  ...Object.fromEntries(typesWithoutId.map((type) => [type, { merge: false }])),
  Query: {
    fields: {
      items: list("filter"),
      accounts: list("filter"),
      holdings: list("filter"),
      liabilities: list("filter"),
      transactions: list("filter"),
      investmentTransactions: list("filter"),
      reports: list("filter"),
      events: list("types"),
      institutions: list("provider", "query", "countryCodes"),
      item: byId("Item"),
      account: byId(...Account),
      report: byId("Report"),
      node: byId(...Node),
    },
  },
  Item: {
    fields: {
      accounts: list("filter"),
      holdings: list("filter"),
      liabilities: list("filter"),
      transactions: list("filter"),
      investmentTransactions: list("filter"),
    },
  },
  Account: {
    fields: {
      // fetched now or known before, there is one balance, and it is the last one that came
      balances: { keyArgs: false, merge: false },
      transactions: list("filter"),
    },
  },
  InvestmentAccount: { fields: { holdings: list("filter"), investmentTransactions: list("filter") } },
  ReportAccount: { fields: { transactions: list(), holdings: list(), investmentTransactions: list() } },
};
