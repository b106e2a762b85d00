import { addDays, dayOf } from "../clock/days.ts";
import { HISTORY_DAYS } from "../loaders/asked-days.ts";
import { peekProduct } from "../loaders/read-product.ts";
import { transactionRead, windowOf } from "../loaders/window-reader.ts";
import type { TransactionKey } from "../store/database.ts";
import type { StoredItem } from "../store/items.ts";
import type { OperationDeps } from "./deps.ts";

/**
 * Account and date of these transactions, as the cache still has them in the lists without dates that began today or yesterday: a
 * client can only hold what was read. Those that it does not have are left out: without account and date there is no id.
 */
export async function knownTransactions(
  deps: Pick<OperationDeps, "cache" | "clock">,
  item: StoredItem,
  remoteIds: readonly string[],
): Promise<TransactionKey[]> {
  const wanted = new Set(remoteIds);
  const found = new Map<string, TransactionKey>();
  const today = dayOf(deps.clock.now());
  for (const day of [today, addDays(today, -1)]) {
    const startDate = addDays(day, -HISTORY_DAYS);
    for (let end = day; wanted.size > found.size; ) {
      const read = windowOf(transactionRead, { startDate, remoteAccountIds: null }, end);
      const window = await peekProduct(deps, read, item, { outdated: true });
      for (const { remoteAccountId, date, remoteId } of window?.records ?? []) {
        if (wanted.has(remoteId)) found.set(remoteId, [remoteAccountId, date, remoteId]);
      }
      if (!window || window.from <= startDate) break;
      end = addDays(window.from, -1);
    }
  }
  return [...found.values()];
}
