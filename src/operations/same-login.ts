import { withDeadline } from "../clock/with-deadline.ts";
import { accountConfidence } from "../loaders/account-confidence.ts";
import type { ItemOfAccounts } from "../loaders/likeness.ts";
import { type LinkedAccount, linkedAccounts } from "../loaders/linked-accounts.ts";
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
      return !own || !theirs || shareAccount(own, theirs);
    });
  });
}

type ComparedItem = ItemOfAccounts<LinkedAccount>;

/** Null when they cannot be had: an item is linked all the same. */
async function accountsOf({ log }: OperationDeps, loaders: Loaders, item: StoredItem): Promise<ComparedItem | null> {
  try {
    const { value } = await loaders.accounts(item);
    return value && linkedAccounts(item, value);
  } catch (error) {
    log.warn({ err: error, item: item.id }, "the accounts of a linked item could not be compared");
    return null;
  }
}

/** Whether they have an account in common, however doubtfully: a person is asked before anything comes of it. */
function shareAccount(one: ComparedItem, other: ComparedItem): boolean {
  return one.accounts.some((account) =>
    other.accounts.some((known) => accountConfidence({ item: one, account }, { item: other, account: known })),
  );
}
