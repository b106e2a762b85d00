import type { WebhookNotice } from "../../adapters/adapter.ts";
import { adapterOf } from "../../adapters/adapter-of.ts";
import type { Product } from "../../schema/enums.ts";
import { isoNow } from "../clock.ts";
import { storedError } from "../errors/stored-error.ts";
import { recordEvent } from "../events/record-event.ts";
import type { ItemDescription } from "../store/database.ts";
import { lockDelivery, markInterpreted, type StoredDelivery } from "../store/inbox.ts";
import {
  bumpGenerations,
  describeItem,
  lockItemByRemote,
  noteWebhook,
  type StoredItem,
  setItemHealth,
} from "../store/items.ts";
import { findSourceByRemote } from "../store/report-sources.ts";
import type { Tx } from "../store/store.ts";
import type { OperationDeps } from "./deps.ts";
import { effectOf, healthAfter } from "./item-effects.ts";

/**
 * Turns a kept webhook into what it stands for: the item's state, what leaves the cache, an event of its viewer; one about a report
 * only has the report looked at. Doing it twice changes nothing. One about an item or report that is not known here stays as it is:
 * whoever makes it known looks for it.
 */
export async function interpretWebhook(deps: OperationDeps, inboxId: number): Promise<void> {
  const revoked = await deps.store.transaction(async (tx) => {
    const delivery = await lockDelivery(tx.db, inboxId);
    if (!delivery || delivery.interpreted_at !== null) return null;
    const body = deps.vault.open(delivery.body_sealed, { viewer: "", row: delivery.jwt_sha256, field: "body" });
    const notice = adapterOf(deps.adapters, delivery.provider).webhooks.parse(body);
    const about = await interpret(deps, tx, delivery, { notice, body });
    if (about === "unknown") return null;
    await markInterpreted(tx.db, inboxId, isoNow(deps.clock));
    return about;
  });
  if (revoked) await deps.cache.drop(revoked.viewer, revoked.id);
}

/** The item whose access it ended; null for one of no such effect. */
async function interpret(
  deps: OperationDeps,
  tx: Tx,
  delivery: StoredDelivery,
  { notice, body }: { notice: WebhookNotice; body: Buffer },
): Promise<StoredItem | null | "unknown"> {
  const { provider, received_at: occurredAt } = delivery;
  const { event } = notice;
  if (notice.remoteReportId !== null) {
    const source = await findSourceByRemote(tx.db, provider, notice.remoteReportId);
    if (!source) return "unknown";
    await deps.jobs.send(tx, "check-report-source", { sourceId: source.id, poll: source.polls });
    if (event) {
      recordEvent(deps, tx, {
        ...{ viewer: source.viewer, type: event, occurredAt, provider, raw: body },
        reportId: source.report_id,
      });
    }
    return null;
  }
  if (notice.remoteItemId === null) return null; // about this gateway's account at the aggregator: the inbox keeps it
  const item = await lockItemByRemote(tx.db, provider, notice.remoteItemId);
  if (!item) return "unknown";
  return changeItem(deps, tx, item, { notice, occurredAt, body });
}

async function changeItem(
  deps: OperationDeps,
  tx: Tx,
  item: StoredItem,
  { notice, occurredAt, body }: { notice: WebhookNotice; occurredAt: string; body: Buffer },
): Promise<StoredItem | null> {
  const type = notice.event ?? "OTHER";
  const error = notice.error && storedError(notice.error);
  const { stale, fresh } = effectOf(type);
  await noteWebhook(tx.db, item.id, { at: occurredAt, code: notice.code });
  const health = healthAfter(item, type, error);
  if (health) await setItemHealth(tx.db, item, { status: health.health, error: health.health_error, at: occurredAt });
  const described = {
    ...item.description,
    ...(notice.consentExpiresAt !== null && { consentExpiresAt: notice.consentExpiresAt }),
    ...(notice.newWebhookUrl !== null && { webhook: notice.newWebhookUrl }),
    ...(fresh && { freshness: freshened(item.description.freshness, fresh, occurredAt, error !== null) }),
  };
  await describeItem(tx.db, item.id, described);
  if (stale !== "ALL") await bumpGenerations(tx.db, item.id, stale);
  recordEvent(deps, tx, {
    ...{ viewer: item.viewer, type, occurredAt, provider: item.provider, itemId: item.id, error, raw: body },
    ...{ newCount: notice.newCount, updatedCount: notice.updatedCount, removedCount: notice.removedCount },
    ...{ remoteAccountIds: notice.remoteAccountIds, remoteTransactionIds: notice.remoteTransactionIds },
  });
  return stale === "ALL" ? item : null;
}

type Freshness = ItemDescription["freshness"];

/** A product's freshness after an update that came, or failed, then; one that comes late takes nothing back. */
export function freshened(freshness: Freshness, product: Product, at: string, failed: boolean): Freshness {
  const now = freshness.find((entry) => entry.product === product);
  const field = failed ? "lastFailedUpdate" : "lastSuccessfulUpdate";
  const entry = now ?? { product, lastSuccessfulUpdate: null, lastFailedUpdate: null };
  const later = entry[field] === null || Date.parse(entry[field]) < Date.parse(at);
  const next = later ? { ...entry, [field]: at } : entry;
  return now ? freshness.map((other) => (other === now ? next : other)) : [...freshness, next];
}
