import type { Holding } from "../../schema/holding.ts";
import type { InvestmentTransaction } from "../../schema/investment-transaction.ts";
import type { Security } from "../../schema/security.ts";
import { encodeId } from "../ids.ts";
import type { StoredSource } from "../store/report-sources.ts";
import type { ContentHead } from "./content.ts";
import type { ContentHolding, ContentInvestmentTransaction, ContentSecurity } from "./investment-records.ts";

/** Where a record stands in a source: which account, which place in its list. */
interface Place {
  account: number;
  position: number;
}

export function reportHoldingNoun(
  source: StoredSource,
  head: ContentHead,
  { account, position }: Place,
  { security, ...record }: ContentHolding,
): Holding {
  return {
    ...record,
    id: encodeId("ReportHolding", source.id, String(account), String(position)),
    itemId: null,
    reportSecurity: security && reportSecurityNoun(source, account, security),
    provenance: { provider: source.provider, ...head.origin, cached: true },
  };
}

export function reportInvestmentTransactionNoun(
  source: StoredSource,
  head: ContentHead,
  { account, position }: Place,
  { security, cancelPosition, ...record }: ContentInvestmentTransaction,
): InvestmentTransaction {
  const id = (at: number) => encodeId("ReportInvestmentTransaction", source.id, String(account), String(at));
  return {
    ...record,
    accountKey: null,
    id: id(position),
    cancelTransactionId: cancelPosition === null ? null : id(cancelPosition),
    security: security && reportSecurityNoun(source, account, security),
    provenance: { provider: source.provider, ...head.origin, cached: true },
  };
}

/** One id for all of an account's records that name it: the place of the first. */
export function reportSecurityNoun(
  source: StoredSource,
  account: number,
  { first, ...security }: ContentSecurity,
): Security {
  return {
    ...security,
    id: encodeId("ReportSecurity", source.id, String(account), first.kind, String(first.position)),
  };
}
