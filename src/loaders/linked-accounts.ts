import type { Account } from "../../schema/account.ts";
import type { StoredItem } from "../store/items.ts";
import type { ItemOfAccounts, Recognisable } from "./likeness.ts";

/** An account as it is recognised, and itself. */
export interface LinkedAccount extends Recognisable {
  account: Account;
}

/** An item with its accounts, by what they are recognised by. */
export function linkedAccounts(
  { provider, description: { remoteInstitutionId, institutionName } }: StoredItem,
  accounts: readonly Account[],
): ItemOfAccounts<LinkedAccount> {
  return {
    ...{ provider, remoteInstitutionId, institutionName },
    accounts: accounts.map((account) => {
      const { persistentAccountId, type, subtype, mask, name, officialName, lastBalances: balances } = account;
      return { persistentAccountId, type, subtype, mask, name, officialName, balances, account };
    }),
  };
}
