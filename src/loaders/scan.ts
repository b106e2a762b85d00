import type { OfAccount } from "../../adapters/adapter/transactions-page.ts";
import type { Unavailable } from "../../schema/errors.ts";
import type { Provenance } from "../../schema/provenance.ts";
import { addDays } from "../clock/days.ts";
import type { Read } from "./read-product.ts";
import type { Dated, Window } from "./window.ts";

/** Which of an item's transactions a page wants. */
export interface Wanted<R> {
  /** YYYY-MM-DD, both included. */
  startDate: string;
  endDate: string;
  /** The aggregator's ids; all accounts when null. */
  remoteAccountIds: readonly string[] | null;
  /**
   * Where the page begins: on this day, of which only those with a greater remoteId are left. From the newest on when null. `since`: the
   * day on which, or on the one before, an earlier page had to begin windows of its own; null when none had to.
   */
  begin: { day: string; afterId: string; since?: string | null } | null;
  first: number;
  /** Whether the total is asked for. */
  counted: boolean;
  /** What the aggregator is not asked for. */
  matches(record: OfAccount<R>, window: Window<R>): boolean;
}

/** A window with where it came from. */
export type ReadWindow<R> = Window<R> & { provenance: Provenance };

/** A transaction and the window that it stands in. */
export interface Found<R> {
  record: OfAccount<R>;
  window: ReadWindow<R>;
}

/** What a look at an item's transactions gave. */
export interface Scan<R> {
  /** Newest day first, those of a day by remoteId. */
  found: Found<R>[];
  /** The day down to which all are found, and after which more may follow; null when none do. */
  reached: string | null;
  /** How many match by dates and accounts, as they were counted last; null when it is not known. */
  total: number | null;
  unavailable: Unavailable[];
  /** Whether it had to begin windows of its own, in the middle of the list. */
  began?: boolean;
}

/** An item's windows, each by its last day. */
export interface Windows<R> {
  /** Null when it would take a call. */
  peek(end: string): Promise<ReadWindow<R> | null>;
  /** How many there were up to its end when a window was read last, however long ago that is; null when it is not kept. */
  total(end: string): Promise<number | null>;
  read(end: string): Promise<Read<ReadWindow<R>>>;
}

/** At most so many upstream pages are read for one page of a list. */
const MOST_PAGES = 5;

/**
 * Goes through an item's windows from where the page begins, until more is found than the page takes, nothing is left, or five upstream
 * pages were read. Where the windows before it are kept they are followed, from the list's first day or from where an earlier page began
 * its own, so that pages share them; else one begins at the day itself.
 */
export async function scan<R extends Dated>(windows: Windows<R>, wanted: Wanted<R>): Promise<Scan<R>> {
  const { startDate, endDate, begin, first, matches } = wanted;
  const result: Scan<R> = { found: [], reached: null, total: 0, unavailable: [] };
  if (endDate < startDate) return result;
  result.total = begin && (await windows.total(endDate));
  const firstDay = begin && begin.day < endDate ? begin.day : endDate;
  if (firstDay < startDate) return result;

  let kept: string | null = null;
  for (const start of [endDate, ...startsSince(begin?.since)]) {
    if (start >= firstDay && start <= endDate) kept ??= await followed(windows, start, firstDay);
  }
  result.began = kept === null;
  let end = kept ?? firstDay;

  for (let pages = 0; ; ) {
    const { value: window, unavailable } = await windows.read(end);
    result.unavailable.push(...unavailable.filter((each) => !result.unavailable.some((other) => isSame(each, other))));
    if (!window) return { ...result, total: result.total ?? 0 };
    if (end === endDate) result.total = window.total;
    for (const record of window.records) {
      if (isFrom(begin, record) && matches(record, window)) result.found.push({ record, window });
    }
    if (window.from <= startDate) return result;
    if (!window.provenance.cached) pages += window.pages;
    if (result.found.length > first || pages >= MOST_PAGES) return { ...result, reached: window.from };
    end = addDays(window.from, -1);
  }
}

/** Items that stand before the place of the page begin on the day before (`beginOf`). */
function startsSince(since: string | null | undefined): string[] {
  return since ? [since, addDays(since, -1)] : [];
}

/** The last day of the window that has `day`, or begins there, where those from `start` on are kept; null where one is missing. */
async function followed<R>(windows: Windows<R>, start: string, day: string): Promise<string | null> {
  let end = start;
  while (end > day) {
    const known = await windows.peek(end);
    if (!known) return null;
    if (known.from <= day) break;
    end = addDays(known.from, -1);
  }
  return end;
}

function isFrom(begin: Wanted<Dated>["begin"], { date, remoteId }: Dated): boolean {
  return begin === null || date < begin.day || (date === begin.day && remoteId > begin.afterId);
}

function isSame(one: Unavailable, other: Unavailable): boolean {
  return one.error.code === other.error.code && one.error.message === other.error.message;
}
