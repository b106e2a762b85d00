import type { AccountType } from "../../schema/enums.ts";
import { askedDays } from "./asked-days.ts";
import { canHave } from "./can-have.ts";
import type { Loaders, StoredItem } from "./loaders.ts";
import type { SelectedField } from "./plan.ts";

/** A list below accounts, the first window of which those of one item share. */
export interface SharedList {
  field: keyof typeof canHave;
  startDate: string;
  endDate: string;
}

/** Filters by which the list may be of other items. */
const OF_ITEMS = ["itemIds", "accountIds", "providers"];

/** The lists that are asked for from their first record on, if none is to be counted: an item's window does not count an account's. */
export function sharedLists(selected: readonly SelectedField[], now: number): SharedList[] {
  if (selected.some(({ parent, name }) => parent.endsWith("TransactionConnection") && name === "totalCount")) return [];
  return selected.flatMap(({ parent, name, args }): SharedList[] => {
    if (!isShared(name) || !parent.endsWith("Account")) return [];
    const { filter, after } = args();
    const asked: Record<string, unknown> = typeof filter === "object" && filter !== null ? { ...filter } : {};
    const dates = asked as { startDate?: string | null; endDate?: string | null }; // as their scalar gives them
    if (typeof after === "string" || OF_ITEMS.some((one) => Array.isArray(asked[one]))) return [];
    return [{ field: name, ...askedDays(dates, now) }];
  });
}

/** Begins the first windows that several of an item's accounts on the page will share. */
export function beginShared(
  lists: readonly SharedList[],
  loaders: Pick<Loaders, keyof typeof canHave>,
  item: StoredItem,
  onPage: readonly AccountType[],
): void {
  for (const { field, ...days } of lists) {
    if (onPage.filter(canHave[field]).length < 2) continue;
    const newest = { ...days, remoteAccountIds: null, begin: null, first: 0, counted: false, matches: () => true };
    loaders[field](item, newest).catch(() => {}); // told by the lists that join it
  }
}

function isShared(name: string): name is keyof typeof canHave {
  return Object.hasOwn(canHave, name);
}
