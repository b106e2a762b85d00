/** What happened, oldest first; bounded. */
export interface Journal<T> {
  /** Notes it; what becomes of it later may be written into it. */
  add(entry: T): void;
  /** Copies of the latest 10,000. */
  list(): T[];
  clear(): void;
}

const MOST_KEPT = 10_000;

export function createJournal<T extends object>(): Journal<T> {
  let entries: T[] = [];
  return {
    add(entry) {
      entries.push(entry);
      if (entries.length > 2 * MOST_KEPT) entries = entries.slice(-MOST_KEPT);
    },
    list: () => entries.slice(-MOST_KEPT).map((entry) => ({ ...entry })),
    clear() {
      entries = [];
    },
  };
}
