import type { AccountType, Provider } from "../../schema/enums.ts";
import { compare, type DecimalText } from "../decimal.ts";

/** What an account is recognised by. */
export interface Recognisable {
  persistentAccountId: string | null;
  type: AccountType;
  subtype: string | null;
  mask: string | null;
  name: string;
  officialName: string | null;
  balances: { current: DecimalText | null; currency: string | null };
}

/** An item with its accounts. */
export interface ItemOfAccounts<A extends Recognisable> {
  provider: Provider;
  remoteInstitutionId: string | null;
  institutionName: string | null;
  accounts: readonly A[];
}

/** An account with its item. */
export interface Sighting<A extends Recognisable> {
  item: ItemOfAccounts<A>;
  account: A;
}

/** What two accounts of one kind, of two items, have in common. */
export interface Likeness {
  /** Whether one provider gave both the same id for life; null when it did not give both one. */
  persistentId: boolean | null;
  institution: boolean;
  mask: boolean;
  currency: boolean;
  /** Nothing is what many accounts hold: two empty ones do not have their balance in common. */
  balance: boolean;
  name: boolean;
}

/** How sure it is that two are the same account. */
export interface Sureness {
  /** 0 to 1. */
  confidence: number;
}

/** What was found among the accounts of several items. */
export interface SameAccounts<A, S extends Sureness> {
  /** Those that surely are another link of an account, each with the first link of it. */
  duplicates: Map<A, A>;
  /** Every other link of an account, sure or not. */
  matches: Map<A, { account: A; sureness: S }[]>;
}

/** From this confidence on two links count as one account. */
const SURE = 0.9;

/** Null for accounts of different kinds, which are never the same. */
export function likenessOf<A extends Recognisable>(a: Sighting<A>, b: Sighting<A>): Likeness | null {
  const [one, other] = [a.account, b.account];
  if (one.type !== other.type || one.subtype !== other.subtype) return null;
  const haveIds = one.persistentAccountId && other.persistentAccountId && a.item.provider === b.item.provider;
  return {
    persistentId: haveIds ? one.persistentAccountId === other.persistentAccountId : null,
    institution: isSameInstitution(a.item, b.item),
    mask: one.mask !== null && one.mask === other.mask,
    currency: one.balances.currency !== null && one.balances.currency === other.balances.currency,
    balance: isSameBalance(one.balances.current, other.balances.current),
    name: shareName([one.name, one.officialName], [other.name, other.officialName]),
  };
}

/**
 * Accounts that several items have, by what `judge` makes of two of them: the objects given. Two of one item are never the same, and
 * where two could be meant, none is: an account counted twice is noticed sooner than one left out.
 */
export function findSameAccounts<A extends Recognisable, S extends Sureness>(
  items: readonly ItemOfAccounts<A>[],
  judge: (a: Sighting<A>, b: Sighting<A>) => S | null,
): SameAccounts<A, S> {
  const seen = new Map<string, Sighting<A>[]>();
  /** Links of one account, by the first of them. */
  const links = new Map<A, Sighting<A>[]>();
  const duplicates = new Map<A, A>();
  const matches = new Map<A, { account: A; sureness: S }[]>();
  const match = (one: A, other: A, sureness: S) => {
    matches.set(one, [...(matches.get(one) ?? []), { account: other, sureness }]);
    matches.set(other, [...(matches.get(other) ?? []), { account: one, sureness }]);
  };

  for (const item of items) {
    const candidates = item.accounts.map((account) => likeliest({ item, account }, seen, judge));
    for (const [index, account] of item.accounts.entries()) {
      const [found, ...more] = candidates[index] ?? [];
      if (!found || more.length > 0 || !isAlone(found, candidates)) continue;
      const first = found.sighting;
      if (found.sureness.confidence < SURE) {
        match(first.account, account, found.sureness);
        continue;
      }
      const others = links.get(first.account) ?? [first];
      for (const other of others) match(other.account, account, judge(other, { item, account }) ?? found.sureness);
      links.set(first.account, [...others, { item, account }]);
      duplicates.set(account, first.account);
    }
    for (const account of item.accounts) {
      if (duplicates.has(account)) continue;
      const sighting = { item, account };
      for (const key of keysOf(account)) seen.set(key, [...(seen.get(key) ?? []), sighting]);
    }
  }
  return { duplicates, matches };
}

interface Candidate<A extends Recognisable, S> {
  sighting: Sighting<A>;
  sureness: S;
}

/** The accounts of earlier items that this one is most likely: several when they are equally likely. */
function likeliest<A extends Recognisable, S extends Sureness>(
  sighting: Sighting<A>,
  seen: ReadonlyMap<string, Sighting<A>[]>,
  judge: (a: Sighting<A>, b: Sighting<A>) => S | null,
): Candidate<A, S>[] {
  const near = new Set(keysOf(sighting.account).flatMap((key) => seen.get(key) ?? []));
  const found = [...near].flatMap((earlier) => {
    const sureness = judge(sighting, earlier);
    return sureness ? [{ sighting: earlier, sureness }] : [];
  });
  const most = Math.max(...found.map(({ sureness }) => sureness.confidence));
  return found.filter(({ sureness }) => sureness.confidence === most);
}

/** Whether no other account of the item is as likely the one found. */
function isAlone<A extends Recognisable, S extends Sureness>(
  { sighting, sureness }: Candidate<A, S>,
  candidates: readonly Candidate<A, S>[][],
): boolean {
  const claims = candidates
    .flat()
    .filter((one) => one.sighting.account === sighting.account && one.sureness.confidence >= sureness.confidence);
  return claims.length === 1;
}

/** Two sightings of one account have one of these in common. */
function keysOf({ persistentAccountId, type, mask }: Recognisable): string[] {
  return [
    ...(persistentAccountId ? [`persistent ${persistentAccountId}`] : []),
    ...(mask ? [`mask ${type} ${mask}`] : []),
  ];
}

type Institution = Pick<ItemOfAccounts<never>, "remoteInstitutionId" | "institutionName">;

function isSameInstitution(a: Institution, b: Institution): boolean {
  if (a.remoteInstitutionId !== null && a.remoteInstitutionId === b.remoteInstitutionId) return true;
  return shareName([a.institutionName], [b.institutionName]);
}

function isSameBalance(a: DecimalText | null, b: DecimalText | null): boolean {
  return a !== null && b !== null && compare(a, b) === 0 && compare(a, "0") !== 0;
}

/** Whether two have a name in common, without what differs between two writings of it: case, blanks. */
export function shareName(names: readonly (string | null)[], others: readonly (string | null)[]): boolean {
  const known = new Set(plainly(others));
  return plainly(names).some((name) => known.has(name));
}

function plainly(names: readonly (string | null)[]): string[] {
  return names.flatMap((name) => name?.toLowerCase().split(/\s+/).filter(Boolean).join(" ") || []);
}
