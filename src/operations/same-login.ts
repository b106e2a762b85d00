import type { Account } from "../../schema/account.ts";
import { withDeadline } from "../clock/with-deadline.ts";
import { createLoaders, type Loaders } from "../loaders/loaders.ts";
import type { StoredItem } from "../store/items.ts";
import type { OperationDeps } from "./deps.ts";

/** Linking does not wait longer for the accounts of the item and of those that may be the same login. */
const DEADLINE_MS = 8_000;
/** Of more items at one institution only those linked last are read. */
const MOST_READ = 10;

/**
 * The viewer's other items that look like the same login: of the same institution through the same aggregator, with an account in
 * common. Where the accounts of either cannot be had now, the institution alone decides. The new item's accounts are then cached for
 * those who will look at it. Nothing that fails upstream rejects.
 */
export function sameLogin(deps: OperationDeps, item: StoredItem): Promise<StoredItem[]> {
  return withDeadline(deps.clock, { what: "/accounts/get", ms: DEADLINE_MS }, async (signal) => {
    const loaders = createLoaders(deps, item.viewer, signal);
    const institution = item.description.remoteInstitutionId;
    const all = await loaders.items();
    const linked = all.find(({ id }) => id === item.id) ?? item;
    const candidates = all.filter(
      (other) =>
        other.id !== item.id &&
        other.provider === item.provider &&
        institution !== null &&
        other.description.remoteInstitutionId === institution,
    );
    const read = [linked, ...candidates.slice(-MOST_READ)];
    const accounts = new Map(
      await Promise.all(read.map(async (each) => [each.id, await accountsOf(deps, loaders, each)] as const)),
    );
    const own = accounts.get(linked.id);
    return candidates.filter(({ id }) => {
      const theirs = accounts.get(id);
      return !own || !theirs || own.some((account) => theirs.some((known) => isSame(account, known)));
    });
  });
}

/** Null when they cannot be had: an item is linked all the same. */
async function accountsOf({ log }: OperationDeps, loaders: Loaders, item: StoredItem): Promise<Account[] | null> {
  try {
    return (await loaders.accounts(item)).value;
  } catch (error) {
    log.warn({ err: error, item: item.id }, "the accounts of a linked item could not be compared");
    return null;
  }
}

/** The aggregator's own word that it is one account, else what people tell accounts by. */
function isSame(one: Account, other: Account): boolean {
  if (one.persistentAccountId !== null && other.persistentAccountId !== null) {
    return one.persistentAccountId === other.persistentAccountId;
  }
  const alike = one.name === other.name && one.type === other.type && one.subtype === other.subtype;
  return alike && one.mask !== null && one.mask === other.mask;
}
