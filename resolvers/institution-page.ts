import type { GraphQLResolveInfo } from "graphql";
import type { Provider } from "../schema/enums.ts";
import { type InstitutionConnection, MAX_PAGE_SIZE } from "../schema/pagination.ts";
import type { Context } from "../src/context.ts";
import { badInput } from "../src/errors.ts";
import { decodeCursor, encodeCursor } from "../src/ids.ts";
import type { InstitutionQuery } from "../src/loaders/institution-lists.ts";
import { connection } from "./paginate.ts";
import { selectedFields } from "./selected-fields.ts";

/** The arguments of `institutions`. */
interface InstitutionArgs {
  provider: Provider;
  query: string | null | undefined;
  countryCodes: readonly string[] | null | undefined;
  first: number | null | undefined;
  after: string | null | undefined;
}

const LIST = "institutions";
const DEFAULT_SIZE = 20;
/** The most where each is read by itself. */
const MOST_SINGLY = 50;
const LONGEST_QUERY = 100;
const MOST_COUNTRIES = 50;
/** Longer than any aggregator's list. */
const LAST_PLACE = 1_000_000;

/**
 * One page of an aggregator's institutions.
 * @throws GatewayError BAD_USER_INPUT for an argument, or why the list cannot be had.
 */
export async function institutionPage(
  context: Context,
  info: GraphQLResolveInfo,
  args: InstitutionArgs,
): Promise<InstitutionConnection> {
  const selected = new Set<string>();
  for (const { parent, name } of selectedFields(info)) if (parent === "Institution") selected.add(name);
  const { loaders } = context;
  const first = args.first ?? DEFAULT_SIZE;
  const singly = loaders.untoldInLists(args.provider).find((field) => selected.has(field));
  const most = singly ? MOST_SINGLY : MAX_PAGE_SIZE;
  const why = singly ? ` with ${singly}, which ${args.provider} tells of one institution at a time` : "";
  if (first < 1 || first > most) throw badInput("first", first, `1 to ${most}${why}`);

  const query = queryOf(
    args,
    ["url", "primaryColor", "logo"].some((field) => selected.has(field)),
  );
  const key = [LIST, query.provider, query.query ?? "", query.countryCodes.join()];
  const start = startOf(args.after, key);
  const none = query.countryCodes.length === 0; // an empty list matches nothing
  const page = none ? { institutions: [], total: 0, more: false } : await loaders.institutions(query, { start, first });
  return connection(
    page.institutions.map(({ place, institution }) => ({ node: institution, group: "", key: "", ordinal: place })),
    {
      hasPrevious: start > 0,
      hasNext: page.more,
      total: page.total,
      unavailable: [],
      cursorOf: ({ ordinal }) => encodeCursor(...key, String(ordinal)),
    },
  );
}

function queryOf({ provider, query, countryCodes }: InstitutionArgs, details: boolean): InstitutionQuery {
  const words = query?.trim().replace(/\s+/g, " ") || null;
  if (words && words.length > LONGEST_QUERY) throw badInput("query", words, `${LONGEST_QUERY} characters at most`);
  const codes = [...new Set(countryCodes ?? ["US"])].sort();
  if (codes.length > MOST_COUNTRIES) throw badInput("countryCodes", codes, `${MOST_COUNTRIES} countries at most`);
  const odd = codes.find((code) => !/^[A-Z]{2}$/.test(code));
  if (odd !== undefined) throw badInput("countryCodes", odd, "two capital letters, as US (ISO 3166-1)");
  return { provider, query: words, countryCodes: codes, details };
}

/** The place of the page's first record. */
function startOf(after: string | null | undefined, key: readonly string[]): number {
  if (after === undefined || after === null) return 0;
  const parts = decodeCursor(after, key.length + 1);
  const place = Number(parts?.at(-1));
  const isOurs = parts && key.every((part, index) => parts[index] === part);
  if (!isOurs || !Number.isInteger(place) || place < 0 || place > LAST_PLACE) {
    throw badInput("after", after, "a cursor of this list, with the same provider, query and countries");
  }
  return place + 1;
}
