import type { ReadWindow, Wanted, Windows } from "./scan.ts";
import type { Dated } from "./window.ts";

/** What accounts are read from. */
interface Sources<R> {
  /** Windows of these accounts alone. */
  own: Windows<R>;
  /** Windows of all the item's accounts. */
  ofItem: Windows<R>;
  /** How many lists of accounts are asked for just now. */
  askers(): Promise<number>;
}

/**
 * Windows of some accounts, the first of which is cut from the item's where that saves calls: it is kept, or several lists of accounts are
 * asked for at once. How many there are of an account it tells only where it goes down to the first day: where that is asked for, too, no
 * other is taken. All the later ones are the accounts' own.
 */
export function sharedWindows<R extends Dated>({ own, ofItem, askers }: Sources<R>, wanted: AskedFor): Windows<R> {
  const { startDate, endDate, remoteAccountIds, counted } = wanted;
  const ofAccounts = (window: ReadWindow<R>): ReadWindow<R> => {
    const records = window.records.filter((record) => remoteAccountIds.includes(record.remoteAccountId));
    return { ...window, records, total: window.from <= startDate ? records.length : null };
  };
  async function kept(end: string): Promise<ReadWindow<R> | null> {
    const window = end === endDate ? await ofItem.peek(end) : null;
    return window && (window.from <= startDate || !counted) ? ofAccounts(window) : null;
  }
  return {
    peek: async (end) => (await own.peek(end)) ?? kept(end),
    total: async (end) => (await own.total(end)) ?? (await kept(end))?.total ?? null,
    async read(end) {
      if (end !== endDate || (await own.peek(end))) return own.read(end);
      const several = (await askers()) > 1;
      if (!(await kept(end)) && (counted || !several)) return own.read(end);
      const { value, unavailable } = await ofItem.read(end);
      return { value: value && ofAccounts(value), unavailable };
    },
  };
}

type AskedFor = Pick<Wanted<never>, "startDate" | "endDate" | "counted"> & { remoteAccountIds: readonly string[] };
