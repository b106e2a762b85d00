import type { Scan, Wanted } from "./scan.ts";

/**
 * Scans by accounts of which some may not be the item's any more, never were, or are of another kind: the aggregator then refuses the rest as
 * well. Those that the item has are looked for once more; the others match nothing.
 * @param accountIds The aggregator's ids of the item's accounts that can have any; null when they cannot be had.
 */
export async function scanAccounts<R>(
  scan: (wanted: Wanted<R>) => Promise<Scan<R>>,
  wanted: Wanted<R>,
  accountIds: () => Promise<ReadonlySet<string> | null>,
): Promise<Scan<R>> {
  const answer = await scan(wanted);
  const asked = wanted.remoteAccountIds;
  if (asked === null || !answer.unavailable.some(({ error }) => error.code === "NOT_FOUND")) return answer;
  const known = await accountIds();
  const left = asked.filter((id) => known?.has(id) ?? true);
  if (left.length === asked.length) return answer;
  return left.length === 0 ? NOTHING : scan({ ...wanted, remoteAccountIds: left });
}

const NOTHING: Scan<never> = { found: [], reached: null, total: 0, unavailable: [] };
