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

/**
 * Null for accounts of different kinds, which are never the same. A subtype that one side does not tell is no difference, nor is one that
 * has changed of an account known by its id for life.
 */
export function likenessOf<A extends Recognisable>(a: Sighting<A>, b: Sighting<A>): Likeness | null {
  const [one, other] = [a.account, b.account];
  const haveIds = one.persistentAccountId && other.persistentAccountId && a.item.provider === b.item.provider;
  const persistentId = haveIds ? one.persistentAccountId === other.persistentAccountId : null;
  const isOfAKind = !one.subtype || !other.subtype || one.subtype.toLowerCase() === other.subtype.toLowerCase();
  if (one.type !== other.type || !(isOfAKind || persistentId)) return null;
  return {
    persistentId,
    institution: isSameInstitution(a.item, b.item),
    mask: Boolean(one.mask) && one.mask === other.mask,
    currency: one.balances.currency !== null && one.balances.currency === other.balances.currency,
    balance: isSameBalance(one.balances.current, other.balances.current),
    name: shareName([one.name, one.officialName], [other.name, other.officialName]),
  };
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
