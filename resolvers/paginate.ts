import type { Unavailable } from "../schema/errors.ts";
import { type Connection, DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, type PageArgs } from "../schema/pagination.ts";
import { badInput } from "../src/errors.ts";
import { decodeCursor, encodeCursor } from "../src/ids.ts";

/** A record and its place in the whole list. */
export interface Placed<T> {
  node: T;
  /** Sorts the record's item among the items: linked_at and uuid. */
  group: string;
  /** Tells the record from the others of its group. */
  key: string;
  /** Its place in its group, from 0. */
  ordinal: number;
}

/** `first` as asked. @throws GatewayError BAD_USER_INPUT outside 1 to 500. */
export function pageSize(page: PageArgs): number {
  const first = page.first ?? DEFAULT_PAGE_SIZE;
  if (first < 1 || first > MAX_PAGE_SIZE) throw badInput("first", first, `1 to ${MAX_PAGE_SIZE}`);
  return first;
}

/**
 * One page of the list of that name, which is sorted by group and ordinal. A cursor names the record after which the page begins; where that
 * record is gone, the page begins at what would follow it.
 * @throws GatewayError BAD_USER_INPUT for `first` outside 1 to 500 or a cursor that is not of this list.
 */
export function paginate<T>(
  list: string,
  placed: readonly Placed<T>[],
  page: PageArgs,
  unavailable: Unavailable[] = [],
): Connection<T> {
  const first = pageSize(page);
  const start = page.after === undefined || page.after === null ? 0 : startAfter(list, placed, page.after);
  return connection(placed.slice(start, start + first), {
    hasPrevious: start > 0,
    hasNext: start + first < placed.length,
    total: placed.length,
    unavailable,
    cursorOf: ({ group, key, ordinal }) => encodeCursor(list, group, key, String(ordinal)),
  });
}

/** A connection of one page's records. */
export function connection<T, Total extends number | null = number>(
  slice: readonly Placed<T>[],
  options: {
    hasPrevious: boolean;
    hasNext: boolean;
    total: Total;
    unavailable: Unavailable[];
    cursorOf: (placed: Placed<T>) => string;
  },
): Connection<T, Total> {
  const edges = slice.map((placed) => ({ node: placed.node, cursor: options.cursorOf(placed) }));
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: options.hasNext,
      hasPreviousPage: options.hasPrevious,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: options.total,
    unavailable: options.unavailable,
  };
}

/** The place that a cursor names, and in which list; null when it is not one of `paginate`. */
export function placeOf(cursor: string): (Omit<Placed<never>, "node"> & { list: string }) | null {
  const [list, group, key, ordinalText] = decodeCursor(cursor, 4) ?? [];
  const ordinal = Number(ordinalText);
  if (list === undefined || group === undefined || key === undefined || !Number.isInteger(ordinal)) return null;
  return { list, group, key, ordinal };
}

function startAfter<T>(list: string, placed: readonly Placed<T>[], after: string): number {
  const place = placeOf(after);
  if (place?.list !== list) throw badInput("after", after, "a cursor of this list");
  const { group, key, ordinal } = place;
  const there = placed.findIndex((record) => record.group === group && record.key === key);
  if (there >= 0) return there + 1;
  const next = placed.findIndex(
    (record) => record.group > group || (record.group === group && record.ordinal >= ordinal),
  );
  return next >= 0 ? next : placed.length;
}
