import type { Account } from "../../schema/account.ts";
import type { AccountMatch } from "../../schema/account-match.ts";
import type { StoredItem } from "../store/items.ts";
import { accountConfidence } from "./account-confidence.ts";
import { type Likeness, likenessOf, type Sighting } from "./likeness.ts";
import { type LinkedAccount, linkedAccounts } from "./linked-accounts.ts";
import { findSameAccounts } from "./same-accounts.ts";

/** Which of a viewer's accounts are links of the same one. */
export interface AccountMatches {
  /** Ids of accounts that surely are another link of an account, each with the id of its first link. */
  duplicates: ReadonlyMap<string, string>;
  /** Every other link of an account, by the account's id, the surest first. */
  matches: ReadonlyMap<string, AccountMatch[]>;
}

/** What is said of things in common, the strongest first; only accounts of one type are compared. */
const REASONS: readonly [keyof Likeness | null, string][] = [
  ["persistentId", "persistentAccountId"],
  ["institution", "institution"],
  ["mask", "mask"],
  [null, "type"],
  ["currency", "currency"],
  ["balance", "balance"],
  ["name", "name"],
];

/** Finds the links of one account among the accounts of these items, of whichever aggregators, in the order of linking. */
export function matchAccounts(items: readonly StoredItem[], accounts: readonly Account[]): AccountMatches {
  const byItem = Map.groupBy(accounts, ({ itemId }) => itemId);
  const linked = items.map((item) => linkedAccounts(item, byItem.get(item.id) ?? []));
  const found = findSameAccounts(linked, accountConfidence);
  const matches = new Map<string, AccountMatch[]>();
  for (const { pair, confidence } of found.matches) {
    const reasons = reasonsOf(...pair);
    for (const [{ account: one }, { account: other }] of [pair, pair.toReversed()] as (typeof pair)[]) {
      matches.set(one.account.id, [
        ...(matches.get(one.account.id) ?? []),
        { account: other.account, confidence, reasons },
      ]);
    }
  }
  for (const of of matches.values()) of.sort((a, b) => b.confidence - a.confidence);
  return {
    duplicates: new Map([...found.duplicates].map(([{ account }, first]) => [account.id, first.account.id])),
    matches,
  };
}

/** What the two themselves have in common: links that are sure by a third one may be unlike each other. */
function reasonsOf(a: Sighting<LinkedAccount>, b: Sighting<LinkedAccount>): string[] {
  const likeness = likenessOf(a, b);
  return REASONS.flatMap(([key, reason]) => (likeness && (key === null || likeness[key] === true) ? reason : []));
}
