import type { Action, ItemStatus } from "../../schema/enums.ts";
import type { Item } from "../../schema/item.ts";
import { providerError } from "../errors/provider-error.ts";
import { encodeId } from "../ids.ts";
import type { StoredItem } from "../store/items.ts";

/** What the front end should do about a health of which the aggregator gave no error. */
const ACTIONS: Record<ItemStatus, Action> = {
  HEALTHY: "NONE",
  EXPIRING: "RELINK",
  ACTION_REQUIRED: "RELINK",
  DEGRADED: "RETRY_LATER",
  DISCONNECTED: "RELINK",
};

/** A stored item as the schema's noun: costs no call. */
export function itemNoun(row: StoredItem): Item {
  const { record: _, ...described } = row.description;
  return {
    ...described,
    id: encodeId("Item", row.id),
    provider: row.provider,
    remoteId: row.remote_id,
    health: {
      status: row.health,
      action: row.health_error?.action ?? ACTIONS[row.health],
      since: row.health_since,
      error: row.health_error && providerError(row.health_error),
    },
    lastWebhookAt: row.last_webhook_at,
    lastWebhookCode: row.last_webhook_code,
    linkedAt: row.linked_at,
    provenance: {
      provider: row.provider,
      endpoint: "/item/get",
      requestId: row.described_request_id,
      fetchedAt: row.described_at,
      cached: true,
    },
  };
}
