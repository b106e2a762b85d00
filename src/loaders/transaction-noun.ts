import type { InvestmentTransactionRecord, TransactionRecord } from "../../adapters/adapter.ts";
import type { InvestmentTransaction } from "../../schema/investment-transaction.ts";
import type { Transaction } from "../../schema/transaction.ts";
import { encodeId } from "../ids.ts";
import type { Found } from "./scan.ts";

/** A transaction of an item as the schema's noun. */
export function transactionNoun(itemId: string, { record, window }: Found<TransactionRecord>): Transaction {
  const { remoteAccountId, remotePendingTransactionId: pendingId, ...shown } = record;
  const id = (date: string, remoteId: string) => encodeId("Transaction", itemId, remoteAccountId, date, remoteId);
  // the aggregators date a pending one by its authorization
  const pendingDate = () =>
    window.records.find(({ remoteId }) => remoteId === pendingId)?.date ?? record.authorizedDate ?? record.date;
  return {
    ...shown,
    id: id(record.date, record.remoteId),
    accountKey: { itemId, remoteId: remoteAccountId },
    pendingTransactionId: pendingId === null ? null : id(pendingDate(), pendingId),
    provenance: window.provenance,
  };
}

/** A trade of an item as the schema's noun. */
export function investmentTransactionNoun(
  itemId: string,
  { record, window }: Found<InvestmentTransactionRecord>,
): InvestmentTransaction {
  const { remoteAccountId, remoteSecurityId, remoteCancelTransactionId: cancelled, ...shown } = record;
  const id = (date: string, remoteId: string) =>
    encodeId("InvestmentTransaction", itemId, remoteAccountId, date, remoteId);
  const security = window.securities.find(({ remoteId }) => remoteId === remoteSecurityId);
  // its date is a part of its id, and known where it was read along
  const other = cancelled === null ? undefined : window.records.find(({ remoteId }) => remoteId === cancelled);
  return {
    ...shown,
    id: id(record.date, record.remoteId),
    accountKey: { itemId, remoteId: remoteAccountId },
    security: security ? { ...security, id: encodeId("Security", itemId, security.remoteId) } : null,
    cancelTransactionId: other ? id(other.date, other.remoteId) : null,
    provenance: window.provenance,
  };
}
