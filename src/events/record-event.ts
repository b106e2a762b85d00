import { randomUUID } from "node:crypto";
import type { EventType, Provider } from "../../schema/enums.ts";
import { type Clock, isoNow } from "../clock.ts";
import type { StoredError } from "../errors/stored-error.ts";
import type { Hub } from "../events.ts";
import type { TransactionKey } from "../store/database.ts";
import { appendEvent } from "../store/events.ts";
import type { Tx } from "../store/store.ts";
import type { Vault } from "../vault.ts";
import { eventsTopic } from "./events-topic.ts";

/** What an event is recorded with. */
export interface EventDeps {
  hub: Hub;
  clock: Clock;
  vault: Vault;
}

/** Something that happened to a viewer's item or report; what is absent is not known or not there. */
export interface Happening {
  viewer: string;
  type: EventType;
  /** RFC 3339; now when absent. */
  occurredAt?: string;
  provider?: Provider;
  /** Our uuid. */
  itemId?: string;
  /** Our uuid. */
  reportId?: string;
  error?: StoredError | null;
  newCount?: number | null;
  updatedCount?: number | null;
  removedCount?: number | null;
  remoteAccountIds?: string[];
  /** Transactions removed. */
  transactions?: TransactionKey[];
  /** The webhook that it comes from: its id in the inbox, and its body as received. */
  delivery?: { inboxId: number; body: Buffer };
}

/** Puts an event into its viewer's feed as the transaction's last step, and wakes who watches the feed once it is committed. */
export function recordEvent({ hub, clock, vault }: EventDeps, tx: Tx, happening: Happening): void {
  const { viewer, delivery } = happening;
  const id = randomUUID();
  const occurredAt = happening.occurredAt ?? isoNow(clock);
  tx.beforeCommit(`events of ${viewer}`, async () => {
    await appendEvent(tx.db, {
      viewer,
      id,
      type: happening.type,
      occurred_at: occurredAt,
      provider: happening.provider ?? null,
      item_id: happening.itemId ?? null,
      report_id: happening.reportId ?? null,
      error: happening.error ?? null,
      new_count: happening.newCount ?? null,
      updated_count: happening.updatedCount ?? null,
      removed_count: happening.removedCount ?? null,
      account_ids: happening.remoteAccountIds ?? [],
      transaction_ids: happening.transactions ?? [],
      raw_sealed: delivery ? vault.seal(delivery.body, { viewer, row: id, field: "raw" }) : null,
      inbox_id: delivery?.inboxId ?? null,
    });
    await hub.publish(tx.db, eventsTopic(viewer));
  });
}
