import type { ErrorCode, ItemStatus } from "../../schema/enums.ts";

const BY_ERROR: Partial<Record<ErrorCode, ItemStatus>> = {
  ITEM_LOGIN_REQUIRED: "ACTION_REQUIRED",
  ITEM_CONSENT_REQUIRED: "ACTION_REQUIRED",
  ITEM_REVOKED: "DISCONNECTED",
};

/** What an item is while its aggregator says that it has this error: what no row names passes by itself. */
export function standingHealth(code: ErrorCode): ItemStatus {
  return BY_ERROR[code] ?? "DEGRADED";
}
