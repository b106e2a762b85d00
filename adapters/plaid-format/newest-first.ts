/** Sorts records by day, the newest first; those of one day keep the aggregator's order. */
export function newestFirst<T extends { date: string }>(records: T[]): T[] {
  return records.sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
}
