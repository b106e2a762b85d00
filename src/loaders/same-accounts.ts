import type { ItemOfAccounts, Recognisable, Sighting } from "./likeness.ts";

/** How sure it is that two accounts are the same: 0, nothing says so, to 1; null when they are surely two. */
export type Judge<A extends Recognisable> = (a: Sighting<A>, b: Sighting<A>) => number | null;

/** What was found among the accounts of several items. */
export interface SameAccounts<A extends Recognisable> {
  /** Those that surely are another link of an account, each with the first link of it. */
  duplicates: Map<A, A>;
  /** Links of one account, sure or not: each two of them once. */
  matches: Match<A>[];
}

/** Two links of one account. */
export interface Match<A extends Recognisable> {
  pair: [Sighting<A>, Sighting<A>];
  confidence: number;
}

/** From this confidence on two links count as one account. */
const SURE = 0.9;

/**
 * Accounts that several items have, by what `judge` makes of two of them: the objects given. One that is surely a link of an account is
 * one of all the links of it, unless it is surely none of one of them. Two of one item are never the same, and where two could be meant,
 * none is: an account counted twice is noticed sooner than one left out.
 */
export function findSameAccounts<A extends Recognisable>(
  items: readonly ItemOfAccounts<A>[],
  judge: Judge<A>,
): SameAccounts<A> {
  const seen = new Map<string, Sighting<A>[]>();
  /** The links of one account, by the first of them. */
  const links = new Map<A, Sighting<A>[]>();
  const duplicates = new Map<A, A>();
  const matches: Match<A>[] = [];

  /** What earlier items have that this one is most likely: several when they are equally likely. */
  function likeliest(sighting: Sighting<A>): Candidate<A>[] {
    const near = new Set(keysOf(sighting.account).flatMap((key) => seen.get(key) ?? []));
    const best = new Map<A, Candidate<A>>();
    for (const earlier of near) {
      const confidence = judge(sighting, earlier) ?? 0;
      const first = duplicates.get(earlier.account) ?? earlier.account;
      if (confidence > (best.get(first)?.confidence ?? 0)) best.set(first, { first, link: earlier, confidence });
    }
    const possible = [...best.values()].filter(({ first }) =>
      links.get(first)?.every((link) => judge(sighting, link) !== null),
    );
    const most = Math.max(...possible.map(({ confidence }) => confidence));
    return possible.filter(({ confidence }) => confidence === most);
  }

  for (const item of items) {
    const candidates = item.accounts.map((account) => likeliest({ item, account }));
    for (const [index, account] of item.accounts.entries()) {
      const [found, ...more] = candidates[index] ?? [];
      if (!found || more.length > 0 || !isAlone(found, candidates)) continue;
      const { first, link, confidence } = found;
      const sighting = { item, account };
      if (confidence < SURE) {
        matches.push({ pair: [link, sighting], confidence });
        continue;
      }
      const others = links.get(first) ?? [];
      for (const other of others) {
        const own = judge(other, sighting) ?? 0;
        matches.push({ pair: [other, sighting], confidence: own < SURE ? confidence : own });
      }
      links.set(first, [...others, sighting]);
      duplicates.set(account, first);
    }
    for (const account of item.accounts) {
      const sighting = { item, account };
      if (!duplicates.has(account)) links.set(account, [sighting]);
      for (const key of keysOf(account)) seen.set(key, [...(seen.get(key) ?? []), sighting]);
    }
  }
  return { duplicates, matches };
}

/** The account that another may be, by its first link, and which of its links is most like it. */
interface Candidate<A extends Recognisable> {
  first: A;
  link: Sighting<A>;
  confidence: number;
}

/** Whether no other account of the item is as likely the one found. */
function isAlone<A extends Recognisable>(
  { first, confidence }: Candidate<A>,
  candidates: readonly Candidate<A>[][],
): boolean {
  const claims = candidates.flat().filter((one) => one.first === first && one.confidence >= confidence);
  return claims.length === 1;
}

/** Two sightings of one account have one of these in common. */
function keysOf({ persistentAccountId, type, mask }: Recognisable): string[] {
  return [
    ...(persistentAccountId ? [`persistent ${persistentAccountId}`] : []),
    ...(mask ? [`mask ${type} ${mask}`] : []),
  ];
}
