import type {
  CategoryRecord,
  InstitutionDetail,
  InstitutionList,
  PersonCall,
} from "../../adapters/adapter/institutions.ts";
import type { Adapter, Reading } from "../../adapters/adapter.ts";
import { adapterOf } from "../../adapters/adapter-of.ts";
import type { Provider } from "../../schema/enums.ts";
import type { Institution } from "../../schema/institution.ts";
import { GatewayError } from "../errors.ts";
import type { StoredItem } from "../store/items.ts";
import { institutionNoun } from "./institution-noun.ts";
import { personToken } from "./person-token.ts";
import type { ReadDeps } from "./read-product.ts";

/** Which institutions are listed. */
export interface InstitutionQuery {
  provider: Provider;
  /** Words of the name; null for all. */
  query: string | null;
  /** Upper case, sorted, at least one. */
  countryCodes: readonly string[];
  /** Whether addresses, colours and logos are wanted. */
  details: boolean;
}

/** A part of a list of institutions. */
export interface InstitutionPage {
  /** Each with its place in the whole list, from 0. */
  institutions: { place: number; institution: Institution }[];
  /** How many the whole list has; null where that is not told. */
  total: number | null;
  more: boolean;
}

/** What aggregators list to everybody: kept in the cache that all viewers share. */
export interface InstitutionLists {
  /** Up to `first` institutions from `start` on. @throws GatewayError when they cannot be had. */
  institutions(query: InstitutionQuery, page: { start: number; first: number }): Promise<InstitutionPage>;
  /** What lists of this aggregator leave out, and is read one institution at a time. */
  untoldInLists(provider: Provider): readonly InstitutionDetail[];
  /** @throws GatewayError when they cannot be had. */
  categories(provider: Provider): Promise<CategoryRecord[]>;
}

/** Lists change by a bank here and there in a week. */
const LIST_MS = 12 * 3_600_000;
/** So many institutions are read at once: the most that aggregators give, or fewer where each has a picture. */
const WINDOW = { plain: 500, detailed: 100 };
/** The most that a search finds, by the aggregators' documents. */
const MOST_FOUND = 10;

/** The lists of one request. Where the aggregator wants a person's token, it is one of the viewer's there. */
export function createInstitutionLists(
  deps: ReadDeps,
  { items, signal }: { items: () => Promise<StoredItem[]>; signal: AbortSignal },
): InstitutionLists {
  /** One upstream answer, through the cache. */
  async function shared<T>(
    provider: Provider,
    what: { args: unknown[]; ttlMs?: number },
    read: (adapter: Adapter, call: PersonCall) => Promise<Reading<T>> | undefined,
  ): Promise<{ reading: Reading<T>; cached: boolean }> {
    const adapter = adapterOf(deps.adapters, provider);
    const { value, cached, stale } = await deps.cache.getOrLoad<Reading<T>>(
      { viewer: "", item: "", product: "OTHER", args: JSON.stringify([provider, ...what.args]) },
      {
        generation: 0,
        ...(what.ttlMs !== undefined && { ttlMs: what.ttlMs }),
        staleOn: () => true,
        signal,
        async load(flightSignal) {
          const reading = read(adapter, { token: personToken(deps, await items(), provider), signal: flightSignal });
          if (!reading) throw notListed(provider, String(what.args[0]));
          return reading;
        },
      },
    );
    if (stale) deps.log.warn({ provider, code: stale.code }, "an older answer stands in for a list of everybody's");
    if (!cached && value.leftOut.length > 0) {
      deps.log.warn({ provider, leftOut: value.leftOut }, "a list of everybody's lacks records");
    }
    return { reading: value, cached };
  }

  /** The institutions of one answer by their places in the whole list, which it begins at `offset`. */
  function placed(
    { provider }: InstitutionQuery,
    { reading, cached }: { reading: Reading<InstitutionList>; cached: boolean },
    offset: number,
  ) {
    const provenance = { provider, ...reading.origin, cached };
    const untold = deps.adapters.get(provider)?.untoldInLists ?? [];
    return reading.data.institutions.map(({ place, institution }) => ({
      place: offset + place,
      institution: { ...institutionNoun(institution, provenance), untold },
    }));
  }

  async function search(query: InstitutionQuery, text: string) {
    const { provider, countryCodes, details } = query;
    const args = ["institutions/search", text.toLowerCase(), countryCodes, details];
    const found = await shared(provider, { args }, (adapter, call) =>
      adapter.searchInstitutions?.({ query: text, countryCodes, details }, call),
    );
    const institutions = placed(query, found, 0);
    const total = institutions.length < MOST_FOUND ? institutions.length : null;
    return { institutions, total, end: institutions.length };
  }

  async function list(query: InstitutionQuery, start: number, first: number) {
    const { provider, countryCodes, details } = query;
    const count = details ? WINDOW.detailed : WINDOW.plain;
    const from = Math.floor(start / count);
    const windows = Array.from(
      { length: Math.floor((start + first - 1) / count) - from + 1 },
      (_, i) => (from + i) * count,
    );
    const answers = await Promise.all(
      windows.map((offset) =>
        shared(
          provider,
          { args: ["institutions/list", countryCodes, details, offset], ttlMs: LIST_MS },
          (adapter, call) => adapter.listInstitutions?.({ countryCodes, details, count, offset }, call),
        ),
      ),
    );
    const institutions = answers.flatMap((answer, index) => placed(query, answer, windows[index] ?? 0));
    const total = answers[0]?.reading.data.total ?? null;
    const known = (institutions.at(-1)?.place ?? start - 1) + 1;
    // where no total is told, an answer that is not full was the last
    const isFull = institutions.length > 0 && known % count === 0;
    return { institutions, total, end: total ?? (isFull ? Number.POSITIVE_INFINITY : known) };
  }

  return {
    async institutions(query, { start, first }) {
      const { institutions, total, end } =
        query.query === null ? await list(query, start, first) : await search(query, query.query);
      return {
        institutions: institutions.filter(({ place }) => place >= start && place < start + first),
        total,
        more: start + first < end,
      };
    },
    untoldInLists: (provider) => deps.adapters.get(provider)?.untoldInLists ?? [],
    async categories(provider) {
      const { reading } = await shared(provider, { args: ["categories"], ttlMs: LIST_MS }, (adapter, call) =>
        adapter.readCategories?.(call),
      );
      return reading.data;
    },
  };
}

function notListed(provider: Provider, what: string): GatewayError {
  return new GatewayError("PRODUCT_UNSUPPORTED", `${provider} lists no ${what} through this gateway.`, {
    upstream: { provider },
  });
}
