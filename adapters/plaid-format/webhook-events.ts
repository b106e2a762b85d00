import type { EventType } from "../../schema/enums.ts";

/**
 * What each webhook of the format tells, by its webhook_type and webhook_code; null where that shows elsewhere: a report's own
 * events follow from the look at the report. Sources: https://plaid.com/docs/api/webhooks/ and, for all but those marked, the
 * webhooks of FinGoal's Plaid guide, whose names are the same.
 */
export const WEBHOOK_EVENTS: Readonly<Record<string, Readonly<Record<string, EventType | null>>>> = {
  ITEM: {
    ERROR: "ITEM_ERROR",
    PENDING_EXPIRATION: "ITEM_PENDING_EXPIRATION",
    USER_PERMISSION_REVOKED: "ITEM_PERMISSION_REVOKED",
    WEBHOOK_UPDATE_ACKNOWLEDGED: "ITEM_WEBHOOK_UPDATED",
    // so the guide has it; Plaid has it under TRANSACTIONS
    TRANSACTIONS_REMOVED: "TRANSACTIONS_REMOVED",
    // Plaid's alone
    LOGIN_REPAIRED: "ITEM_REPAIRED",
    NEW_ACCOUNTS_AVAILABLE: "ITEM_NEW_ACCOUNTS",
    PENDING_DISCONNECT: "ITEM_PENDING_EXPIRATION",
    USER_ACCOUNT_REVOKED: "OTHER",
  },
  TRANSACTIONS: {
    INITIAL_UPDATE: "TRANSACTIONS_INITIAL_UPDATE",
    HISTORICAL_UPDATE: "TRANSACTIONS_HISTORICAL_UPDATE",
    DEFAULT_UPDATE: "TRANSACTIONS_DEFAULT_UPDATE",
    TRANSACTIONS_REMOVED: "TRANSACTIONS_REMOVED",
    // Plaid's alone
    SYNC_UPDATES_AVAILABLE: "TRANSACTIONS_DEFAULT_UPDATE",
  },
  HOLDINGS: { DEFAULT_UPDATE: "HOLDINGS_UPDATED" },
  INVESTMENTS_TRANSACTIONS: {
    DEFAULT_UPDATE: "INVESTMENT_TRANSACTIONS_UPDATED",
    // Plaid's alone
    HISTORICAL_UPDATE: "INVESTMENT_TRANSACTIONS_UPDATED",
  },
  LIABILITIES: { DEFAULT_UPDATE: "LIABILITIES_UPDATED" },
  AUTH: {
    AUTOMATICALLY_VERIFIED: "AUTH_AUTOMATICALLY_VERIFIED",
    VERIFICATION_EXPIRED: "AUTH_VERIFICATION_EXPIRED",
  },
  ASSETS: { PRODUCT_READY: null, ERROR: null },
};

/** What a webhook tells; OTHER for one that has no name here. */
export function webhookEvent(type: string, code: string): EventType | null {
  const codes = Object.hasOwn(WEBHOOK_EVENTS, type) ? WEBHOOK_EVENTS[type] : undefined;
  const event = codes && Object.hasOwn(codes, code) ? codes[code] : undefined;
  return event === undefined ? "OTHER" : event;
}

/** Whether it tells that the person took back a part of the access, at the bank: what was read before may not be shown any more. */
export function reducesAccess(type: string, code: string): boolean {
  return type === "ITEM" && code === "USER_ACCOUNT_REVOKED";
}
