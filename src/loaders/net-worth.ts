import type { Account } from "../../schema/account.ts";
import type { Unavailable } from "../../schema/errors.ts";
import type { CurrencyTotal, NetWorth } from "../../schema/net-worth.ts";
import { add, type DecimalText, subtract } from "../decimal.ts";
import type { AccountMatches } from "./match-accounts.ts";

/**
 * Sums all accounts by currency, each account once: of its links the first that has a balance. The balance is the current one; what is
 * owed on cards and loans, and on margin, is a liability.
 * @param accounts In the order of linking.
 */
export function netWorth(
  accounts: readonly Account[],
  { duplicates }: Pick<AccountMatches, "duplicates">,
  unavailable: Unavailable[],
): NetWorth {
  const links = Map.groupBy(accounts, ({ id }) => duplicates.get(id) ?? id);
  const counted: Account[] = [];
  const withoutBalance: Account[] = [];
  const duplicatesSkipped: Account[] = [];
  for (const [first, ...others] of links.values()) {
    if (!first) continue;
    const known = [first, ...others].find(({ lastBalances }) => lastBalances.current !== null);
    if (known) counted.push(known);
    else withoutBalance.push(first);
    duplicatesSkipped.push(...[first, ...others].filter((link) => link !== (known ?? first)));
  }
  const fetched = counted.map(({ lastBalances }) => lastBalances.provenance.fetchedAt);
  return {
    totals: totalsOf(counted),
    accountsCounted: counted.length,
    duplicatesSkipped,
    withoutBalance,
    asOf: fetched.reduce<string | null>((oldest, at) => (oldest === null || at < oldest ? at : oldest), null),
    unavailable,
  };
}

function totalsOf(accounts: readonly Account[]): CurrencyTotal[] {
  const byCurrency = Map.groupBy(
    accounts,
    ({ lastBalances: { currency, currencyOfficial } }) => `${currency ?? ""} ${currencyOfficial}`,
  );
  const totals = [...byCurrency.values()].map((of): CurrencyTotal => {
    const { currency = null, currencyOfficial = null } = of[0]?.lastBalances ?? {};
    const assets = sum(of.flatMap(({ type, lastBalances }) => (isDebt(type) ? [] : [lastBalances.current ?? "0"])));
    const liabilities = sum(
      of.flatMap(({ type, lastBalances: { current, marginLoan } }) => [
        isDebt(type) ? (current ?? "0") : "0",
        marginLoan ?? "0",
      ]),
    );
    return { currency, currencyOfficial, assets, liabilities, net: subtract(assets, liabilities) };
  });
  return totals.sort(({ currency: a }, { currency: b }) => {
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return a < b ? -1 : Number(a > b);
  });
}

function isDebt(type: Account["type"]): boolean {
  return type === "CREDIT" || type === "LOAN";
}

function sum(amounts: readonly DecimalText[]): DecimalText {
  return amounts.reduce(add, "0");
}
