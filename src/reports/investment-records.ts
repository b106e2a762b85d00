import type { ReportInvestments } from "../../adapters/adapter/reports.ts";
import type { HoldingRecord, InvestmentTransactionRecord, SecurityRecord } from "../../adapters/adapter.ts";
import { positionsById } from "./positions-by-id.ts";

/** Where a record of an account's investments stands. */
export interface InvestmentPlace {
  kind: "holdings" | "investmentTransactions";
  /** From 0, the first of its list. */
  position: number;
}

/** A security as kept with each record that names it, so that a page of them is read by itself; `first` is the first of its account's. */
export type ContentSecurity = SecurityRecord & { first: InvestmentPlace };

/** One holding as kept. */
export type ContentHolding = Omit<HoldingRecord, "key"> & { security: ContentSecurity | null };

/** One investment transaction as kept: where the one that it cancels stands in the same list, or null. */
export type ContentInvestmentTransaction = Omit<
  InvestmentTransactionRecord,
  "remoteSecurityId" | "remoteCancelTransactionId"
> & { security: ContentSecurity | null; cancelPosition: number | null };

/** An account's investments as the lists that are kept; empty where nothing was said of them. */
export function investmentRecords(investments: ReportInvestments | null): {
  holdings: ContentHolding[];
  investmentTransactions: ContentInvestmentTransaction[];
} {
  const { holdings = [], securities = [], transactions = [] } = investments ?? {};
  const described = new Map(securities.map((security) => [security.remoteId, security]));
  const kept = new Map<string, ContentSecurity>();
  const securityAt = (remoteId: string | null, first: InvestmentPlace): ContentSecurity | null => {
    const security = described.get(remoteId ?? "");
    if (!security) return null;
    const found = kept.get(security.remoteId) ?? { ...security, first };
    kept.set(security.remoteId, found);
    return found;
  };
  const positions = positionsById(transactions);
  return {
    holdings: holdings.map(({ key: _, ...holding }, position) => ({
      ...holding,
      security: securityAt(holding.remoteSecurityId, { kind: "holdings", position }),
    })),
    investmentTransactions: transactions.map(
      ({ remoteSecurityId, remoteCancelTransactionId, ...transaction }, position) => ({
        ...transaction,
        security: securityAt(remoteSecurityId, { kind: "investmentTransactions", position }),
        cancelPosition: positions.get(remoteCancelTransactionId ?? "") ?? null,
      }),
    ),
  };
}
