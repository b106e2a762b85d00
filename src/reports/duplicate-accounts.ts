import { type ItemOfAccounts, likenessOf, type Sighting, shareName } from "../loaders/likeness.ts";
import { findSameAccounts } from "../loaders/same-accounts.ts";
import type { ContentAccount } from "./content.ts";

/** An item of a report, of whichever source. */
export type ReportedItem<A extends ReportedAccount> = ItemOfAccounts<A>;

/** What an account is recognised by. */
export type ReportedAccount = Pick<
  ContentAccount,
  "persistentAccountId" | "type" | "subtype" | "mask" | "name" | "officialName" | "owners"
> & { balances: Pick<ContentAccount["balances"], "current" | "currency"> };

/** Accounts that are in a report through two items, each with the first such account: the objects given. Sums skip what is found here. */
export function duplicateAccounts<A extends ReportedAccount>(items: readonly ReportedItem<A>[]): Map<A, A> {
  return findSameAccounts(items, confidenceOf).duplicates;
}

/**
 * Certain or nothing: by the id that a provider gives an account for life; without one by institution, number, kind and currency together
 * with two of: its name, a holder's name, the balance. What other people hold is surely another account.
 */
function confidenceOf<A extends ReportedAccount>(a: Sighting<A>, b: Sighting<A>): number | null {
  const likeness = likenessOf(a, b);
  if (!likeness) return null;
  const { persistentId, institution, mask, currency, balance, name } = likeness;
  if (persistentId !== null) return persistentId ? 1 : null;
  const holders = [holdersOf(a.account), holdersOf(b.account)] as const;
  const holder = shareName(...holders);
  if (!holder && holders.every((names) => names.length > 0)) return null;
  return institution && mask && currency && [name, holder, balance].filter(Boolean).length >= 2 ? 1 : 0;
}

function holdersOf({ owners }: ReportedAccount): string[] {
  return (owners ?? []).flatMap(({ names }) => names.filter((name) => name.trim() !== ""));
}
