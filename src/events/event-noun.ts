import type { Event } from "../../schema/event.ts";
import { providerError } from "../errors/provider-error.ts";
import { encodeId } from "../ids.ts";
import type { StoredEvent } from "../store/events.ts";

/** A stored event as the schema's noun. `cursor` is its place in the feed, `readBody` opens the webhook it came from. */
export function eventNoun(row: StoredEvent, { cursor, readBody }: Pick<Event, "cursor" | "readBody">): Event {
  const { item_id: itemUuid } = row;
  const below = (type: "Account" | "Transaction", keys: readonly string[][]) =>
    itemUuid === null ? [] : keys.map((key) => encodeId(type, itemUuid, ...key));
  return {
    itemUuid,
    reportUuid: row.report_id,
    readBody,
    id: encodeId("Event", row.id),
    cursor,
    type: row.type,
    occurredAt: row.occurred_at,
    provider: row.provider,
    itemId: itemUuid === null ? null : encodeId("Item", itemUuid),
    error: row.error && providerError(row.error),
    newCount: row.new_count,
    updatedCount: row.updated_count,
    removedCount: row.removed_count,
    accountIds: below(
      "Account",
      row.account_ids.map((remoteId) => [remoteId]),
    ),
    transactionIds: below(
      "Transaction",
      row.transaction_ids.filter((key) => Array.isArray(key)), // an event of before has bare ids, which find nothing
    ),
  };
}
