import type { LiabilitiesData } from "../../adapters/adapter.ts";
import type { Account } from "../../schema/account.ts";
import type { CreditCardLiability, MortgageLiability, StudentLoanLiability } from "../../schema/liability.ts";
import type { Provenance } from "../../schema/provenance.ts";
import { encodeId } from "../ids.ts";
import { accountNouns } from "./account-nouns.ts";

/** A liability of one of its concrete kinds; `kind` tells which. */
export type AnyLiability = CreditCardLiability | MortgageLiability | StudentLoanLiability;

/** An item's liabilities, with the accounts that came in the same answer, by the aggregator's ids. */
export interface LiabilitiesRead {
  liabilities: AnyLiability[];
  accounts: ReadonlyMap<string, Account>;
}

/** A liabilities answer as the schema's nouns. */
export function liabilitiesNouns(data: LiabilitiesData, itemUuid: string, provenance: Provenance): LiabilitiesRead {
  return {
    liabilities: data.liabilities.map(({ key, ...record }) => ({
      ...record,
      id: encodeId("Liability", itemUuid, key),
      itemId: itemUuid,
      provenance,
    })),
    accounts: accountNouns(data.accounts, itemUuid, provenance),
  };
}
