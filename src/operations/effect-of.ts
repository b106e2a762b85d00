import type { EventType, ItemStatus, Product } from "../../schema/enums.ts";
import { CACHED_READS, type CachedRead } from "../store/cached-reads.ts";

/** What an event about an item stands for, besides its row in the feed. */
export interface ItemEffect {
  /** The item's health from now on; "BY_ERROR" as `healthAfter` has it. */
  health?: ItemStatus | "BY_ERROR";
  /** Cached answers that are now misses. */
  stale: readonly CachedRead[];
  /** The product that the aggregator has brought up to date, or failed to. */
  fresh?: Product;
}

const NOTHING: ItemEffect = { stale: [] };
// an account's stored balances come with its transactions, holdings and liabilities
const TRANSACTIONS: ItemEffect = { stale: ["ACCOUNTS", "TRANSACTIONS"], fresh: "TRANSACTIONS" };
// a verification shows at the account, and opens its numbers
const VERIFICATION: ItemEffect = { stale: ["ACCOUNTS", "AUTH"] };

/** What an aggregator's webhook changes, by the event that it becomes: the table of docs/events.md. */
const EFFECTS: Partial<Record<EventType, ItemEffect>> = {
  ITEM_ERROR: { stale: [], health: "BY_ERROR" },
  ITEM_REPAIRED: { stale: [], health: "HEALTHY" },
  ITEM_PENDING_EXPIRATION: { stale: [], health: "EXPIRING" },
  ITEM_PERMISSION_REVOKED: { stale: CACHED_READS, health: "DISCONNECTED" },
  TRANSACTIONS_INITIAL_UPDATE: TRANSACTIONS,
  TRANSACTIONS_HISTORICAL_UPDATE: TRANSACTIONS,
  TRANSACTIONS_DEFAULT_UPDATE: TRANSACTIONS,
  TRANSACTIONS_REMOVED: TRANSACTIONS,
  HOLDINGS_UPDATED: { stale: ["ACCOUNTS", "INVESTMENTS"], fresh: "INVESTMENTS" },
  INVESTMENT_TRANSACTIONS_UPDATED: { stale: ["INVESTMENT_TRANSACTIONS"], fresh: "INVESTMENTS" },
  LIABILITIES_UPDATED: { stale: ["ACCOUNTS", "LIABILITIES"], fresh: "LIABILITIES" },
  AUTH_AUTOMATICALLY_VERIFIED: VERIFICATION,
  AUTH_VERIFICATION_EXPIRED: VERIFICATION,
};

/** `accessReduced`: whatever the event, nothing that was read before is current any more. */
export function effectOf(event: EventType, accessReduced = false): ItemEffect {
  const effect = EFFECTS[event] ?? NOTHING;
  return accessReduced ? { ...effect, stale: CACHED_READS } : effect;
}
