import type { Connection, PageArgs } from "../schema/pagination.ts";
import { addDays, isDay } from "../src/clock/days.ts";
import { badInput } from "../src/errors.ts";
import { decodeCursor, encodeCursor } from "../src/ids.ts";
import type { StoredItem } from "../src/loaders/loaders.ts";
import type { Found, Scan, Wanted } from "../src/loaders/scan.ts";
import type { Dated } from "../src/loaders/window.ts";
import { groupOf } from "./items.ts";
import { connection, pageSize } from "./paginate.ts";

/**
 * A place among transactions: newest day first, those of a day by their item (`groupOf`), those of an item by remoteId. A cursor is such a
 * place, not a record, so that what comes, goes or posts between two pages makes them lose or repeat nothing.
 */
export interface Place {
  day: string;
  group: string;
  remoteId: string;
  /** The day on which an earlier page had to begin windows of its own (`Wanted.begin`). */
  since: string | null;
}

/** Stands after every item: the place after all of a day. */
const AFTER_ALL = "~";

/** The place that a page begins after; null for the first. @throws GatewayError BAD_USER_INPUT for a cursor of another list. */
export function placeAfter(list: string, { after }: PageArgs): Place | null {
  if (after === undefined || after === null) return null;
  const [name, day = "", group = "", remoteId = "", since = null] =
    decodeCursor(after, 4) ?? decodeCursor(after, 5) ?? [];
  if (name !== list || !isDay(day) || (since !== null && !isDay(since))) {
    throw badInput("after", after, "a cursor of this list");
  }
  return { day, group, remoteId, since };
}

/** Where the page begins in the order of one item. */
export function beginOf(place: Place | null, item: StoredItem): Wanted<unknown>["begin"] {
  if (!place) return null;
  const group = groupOf(item);
  const { since } = place;
  if (group < place.group) return { day: addDays(place.day, -1), afterId: "", since };
  return { day: place.day, afterId: group === place.group ? place.remoteId : "", since };
}

/** What was found of one item. */
export interface ItemScan<R> {
  item: StoredItem;
  scan: Scan<R>;
}

/** One page of what was found of several items. Where some was searched less far than the page reaches, the page ends there, and its cursor says so. */
export function newestPage<R extends Dated, N extends Dated>(
  list: string,
  page: PageArgs,
  scans: readonly ItemScan<R>[],
  { counted, noun }: { counted: boolean; noun: (itemId: string, found: Found<R>) => N },
): Connection<N, number | null> {
  const first = pageSize(page);
  const place = placeAfter(list, page);
  const since = (scans.some(({ scan }) => scan.began) ? place?.day : place?.since) ?? null;
  const cursor = (...parts: string[]) => encodeCursor(list, ...parts, ...(since === null ? [] : [since]));
  const days = scans.flatMap(({ scan }) => scan.reached ?? []);
  const limit = days.sort().at(-1) ?? null;
  const all = scans
    .flatMap(({ item, scan }) => scan.found.map((found) => ({ item, found, group: groupOf(item) })))
    .filter(({ found }) => limit === null || found.record.date >= limit)
    .sort(
      (one, other) =>
        compare(other.found.record.date, one.found.record.date) ||
        compare(one.group, other.group) ||
        compare(one.found.record.remoteId, other.found.record.remoteId),
    );
  const slice = all.slice(0, first).map(({ item, found, group }, ordinal) => {
    return { node: noun(item.id, found), group, key: found.record.remoteId, ordinal };
  });
  const given = connection<N, number | null>(slice, {
    hasPrevious: place !== null,
    hasNext: limit !== null || all.length > first,
    total: counted || scans.length === 0 ? sum(scans.map(({ scan }) => scan.total)) : null,
    unavailable: scans.flatMap(({ scan }) => scan.unavailable),
    cursorOf: ({ node, group }) => cursor(node.date, group, node.remoteId),
  });
  if (limit === null || slice.length === first) return given;
  return { ...given, pageInfo: { ...given.pageInfo, endCursor: cursor(limit, AFTER_ALL, "") } };
}

function sum(counts: readonly (number | null)[]): number | null {
  return counts.reduce((total, count) => (total === null || count === null ? null : total + count), 0);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
