import type { HoldingsData } from "../../adapters/adapter.ts";
import type { Account } from "../../schema/account.ts";
import type { Holding } from "../../schema/holding.ts";
import type { Provenance } from "../../schema/provenance.ts";
import type { Security } from "../../schema/security.ts";
import { encodeId } from "../ids.ts";
import { accountNouns } from "./account-nouns.ts";

/** An item's holdings, with the accounts and securities that came in the same answer, by the aggregator's ids. */
export interface HoldingsRead {
  holdings: Holding[];
  accounts: ReadonlyMap<string, Account>;
  securities: ReadonlyMap<string, Security>;
}

/** A holdings answer as the schema's nouns. */
export function holdingsNouns(data: HoldingsData, itemUuid: string, provenance: Provenance): HoldingsRead {
  return {
    holdings: data.holdings.map(({ key, ...record }) => ({
      ...record,
      id: encodeId("Holding", itemUuid, key),
      itemId: itemUuid,
      reportSecurity: null,
      provenance,
    })),
    accounts: accountNouns(data.accounts, itemUuid, provenance),
    securities: new Map(
      data.securities.map((record) => [
        record.remoteId,
        { ...record, id: encodeId("Security", itemUuid, record.remoteId) },
      ]),
    ),
  };
}
