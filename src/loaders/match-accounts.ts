import type { Account } from "../../schema/account.ts";
import type { AccountMatch } from "../../schema/account-match.ts";
import type { StoredItem } from "../store/items.ts";
import { findSameAccounts, type Likeness, likenessOf, type Recognisable, type Sureness } from "./same-accounts.ts";

/** How sure a match is, and by what. */
interface Evidence extends Sureness {
  reasons: string[];
}

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
  const found = findSameAccounts(
    items.map(({ id, provider, description: { remoteInstitutionId, institutionName } }) => ({
      ...{ provider, remoteInstitutionId, institutionName },
      accounts: (byItem.get(id) ?? []).map(recognisable),
    })),
    (a, b) => evidenceOf(likenessOf(a, b)),
  );
  return {
    duplicates: new Map([...found.duplicates].map(([{ link }, first]) => [link.id, first.link.id])),
    matches: new Map(
      [...found.matches].map(([{ link }, others]) => [
        link.id,
        others
          .map(({ account, sureness }) => ({ account: account.link, ...sureness }))
          .sort((a, b) => b.confidence - a.confidence),
      ]),
    ),
  };
}

interface Link extends Recognisable {
  link: Account;
}

function recognisable(link: Account): Link {
  const { persistentAccountId, type, subtype, mask, name, officialName, lastBalances: balances } = link;
  return { persistentAccountId, type, subtype, mask, name, officialName, balances, link };
}

/**
 * The id that a provider gives an account for life decides. Without one it takes institution, number, kind and currency, which two
 * accounts of a household seldom share, and the balance; the name alone, which many accounts have, leaves a doubt.
 */
function evidenceOf(likeness: Likeness | null): Evidence | null {
  const confidence = likeness && confidenceOf(likeness);
  if (!confidence) return null;
  const common = REASONS.filter(([key]) => key === null || likeness[key] === true);
  return { confidence, reasons: common.map(([, reason]) => reason) };
}

function confidenceOf({ persistentId, institution, mask, currency, balance, name }: Likeness): number | null {
  if (persistentId !== null) return persistentId ? 1 : null;
  if (!institution || !mask || !currency) return null;
  if (balance) return name ? 0.98 : 0.95;
  return name ? 0.7 : null;
}
