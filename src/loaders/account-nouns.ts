import type { AccountRecord } from "../../adapters/adapter.ts";
import type { Account } from "../../schema/account.ts";
import type { Provenance } from "../../schema/provenance.ts";
import { encodeId } from "../ids.ts";

/** The accounts of one answer as the schema's nouns, by the aggregator's id. */
export function accountNouns(
  records: readonly AccountRecord[],
  itemUuid: string,
  provenance: Provenance,
): ReadonlyMap<string, Account> {
  return new Map(
    records.map(({ balances, ...record }) => [
      record.remoteId,
      {
        ...record,
        id: encodeId("Account", itemUuid, record.remoteId),
        itemId: itemUuid,
        lastBalances: { ...balances, provenance },
        provenance,
      },
    ]),
  );
}
