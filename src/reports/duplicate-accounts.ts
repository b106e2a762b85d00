import type { Provider } from "../../schema/enums.ts";
import { compare } from "../decimal.ts";
import type { ContentAccount, ContentItem } from "./content.ts";

/** An item of a report, of whichever source. */
export type ReportedItem<A extends ReportedAccount> = Pick<ContentItem, "remoteInstitutionId" | "institutionName"> & {
  provider: Provider;
  accounts: readonly A[];
};

/** What an account is recognised by. */
export type ReportedAccount = Pick<
  ContentAccount,
  "persistentAccountId" | "type" | "subtype" | "mask" | "name" | "officialName" | "owners"
> & { balances: Pick<ContentAccount["balances"], "current" | "currency"> };

/** An account with its item. */
interface Sighting<A extends ReportedAccount> {
  item: ReportedItem<A>;
  account: A;
}

/**
 * Accounts that are in a report through two items, each with the first such account: the objects given. Two of one item are never
 * the same, and where two could be meant none is: sums skip what is found here, and an account counted twice is noticed sooner
 * than one left out.
 */
export function duplicateAccounts<A extends ReportedAccount>(items: readonly ReportedItem<A>[]): Map<A, A> {
  const firsts = new Map<string, Sighting<A>[]>();
  const duplicates = new Map<A, A>();
  for (const item of items) {
    const matches = item.accounts.map((account) => {
      const near = new Set(keysOf(account).flatMap((key) => firsts.get(key) ?? []));
      return [...near].filter((first) => isSame({ item, account }, first)).map((first) => first.account);
    });
    for (const [index, account] of item.accounts.entries()) {
      const [first, ...more] = matches[index] ?? [];
      const rivals = matches.filter((found) => first && found.includes(first));
      if (first && more.length === 0 && rivals.length === 1) duplicates.set(account, first);
    }
    for (const account of item.accounts) {
      if (duplicates.has(account)) continue;
      const sighting = { item, account };
      for (const key of keysOf(account)) firsts.set(key, [...(firsts.get(key) ?? []), sighting]);
    }
  }
  return duplicates;
}

/** Two sightings of one account have one of these in common. */
function keysOf({ persistentAccountId, type, mask }: ReportedAccount): string[] {
  return [
    ...(persistentAccountId ? [`persistent ${persistentAccountId}`] : []),
    ...(mask ? [`mask ${type} ${mask}`] : []),
  ];
}

/**
 * By the id that a provider gives an account for life; without one by institution, number, kind and currency together with two of:
 * its name, a holder's name, the balance.
 */
function isSame<A extends ReportedAccount>(a: Sighting<A>, b: Sighting<A>): boolean {
  const [one, other] = [a.account, b.account];
  if (one.type !== other.type || one.subtype !== other.subtype) return false;
  if (one.persistentAccountId && other.persistentAccountId && a.item.provider === b.item.provider)
    return one.persistentAccountId === other.persistentAccountId;
  const isAlike =
    isSameInstitution(a.item, b.item) &&
    one.mask !== null &&
    one.mask === other.mask &&
    one.balances.currency !== null &&
    one.balances.currency === other.balances.currency;
  const holders = [holdersOf(one), holdersOf(other)] as const;
  const isShared = intersect(...holders);
  if (!isAlike || (!isShared && holders.every((names) => names.length > 0))) return false;
  const isNamedAlike = intersect(namesOf(one), namesOf(other));
  return [isNamedAlike, isShared, isSameBalance(one, other)].filter(Boolean).length >= 2;
}

type Institution = Pick<ContentItem, "remoteInstitutionId" | "institutionName">;

function isSameInstitution(a: Institution, b: Institution): boolean {
  if (a.remoteInstitutionId !== null && a.remoteInstitutionId === b.remoteInstitutionId) return true;
  return intersect(plainly([a.institutionName]), plainly([b.institutionName]));
}

/** Nothing is what many accounts hold. */
function isSameBalance({ balances: { current: a } }: ReportedAccount, { balances: { current: b } }: ReportedAccount) {
  return a !== null && b !== null && compare(a, b) === 0 && compare(a, "0") !== 0;
}

function namesOf({ name, officialName }: ReportedAccount): string[] {
  return plainly([name, officialName]);
}

function holdersOf({ owners }: ReportedAccount): string[] {
  return plainly((owners ?? []).flatMap(({ names }) => names));
}

/** Without what differs between two writings of a name: case, blanks. */
function plainly(names: readonly (string | null)[]): string[] {
  return names.flatMap((name) => name?.toLowerCase().split(/\s+/).filter(Boolean).join(" ") || []);
}

function intersect(a: readonly string[], b: readonly string[]): boolean {
  return a.some((value) => b.includes(value));
}
