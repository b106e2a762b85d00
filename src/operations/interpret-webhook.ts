import { adapterOf } from "../../adapters/adapter-of.ts";
import type { Product } from "../../schema/enums.ts";
import { isoNow } from "../clock.ts";
import { storedError } from "../errors/stored-error.ts";
import { type Happening, recordEvent } from "../events/record-event.ts";
import type { ItemDescription } from "../store/database.ts";
import { isRecorded } from "../store/events.ts";
import {
  findDelivery,
  listUninterpretedOf,
  lockDelivery,
  markInterpreted,
  type StoredDelivery,
} from "../store/inbox.ts";
import {
  beginAccessEpoch,
  bumpGenerations,
  describeItem,
  itemLock,
  lockItemByRemote,
  noteWebhook,
  type StoredItem,
  setItemHealth,
} from "../store/items.ts";
import { lockName } from "../store/lock-name.ts";
import { findSourceByRemote } from "../store/report-sources.ts";
import type { Tx } from "../store/store.ts";
import type { OperationDeps } from "./deps.ts";
import { effectOf } from "./effect-of.ts";
import { healthAfter } from "./health-after.ts";
import { knownTransactions } from "./known-transactions.ts";

/** Webhooks of one item interpreted in one transaction. */
const MOST_AT_ONCE = 100;
/** An aggregator may tell of an item so long before it is linked here; what was told earlier was of an earlier link. */
export const EARLY_MS = 600_000;

/**
 * Turns a kept webhook into what it stands for: the item's state, what leaves the cache, an event of its viewer; one about a report
 * only has the report looked at. Doing it twice changes nothing. One about an item or report that is not known here stays as it is:
 * whoever makes it known looks for it.
 */
export async function interpretWebhook(deps: OperationDeps, inboxId: number): Promise<void> {
  const delivery = await findDelivery(deps.store.db, inboxId);
  if (!delivery || delivery.interpreted_at !== null) return;
  if (delivery.remote_report_id !== null) await lookAtReport(deps, delivery, delivery.remote_report_id);
  else if (delivery.remote_item_id !== null) await changeItem(deps, delivery, delivery.remote_item_id);
  else await markInterpreted(deps.store.db, inboxId, isoNow(deps.clock)); // about the gateway's own account at the aggregator
}

async function lookAtReport(deps: OperationDeps, { id, provider }: StoredDelivery, remoteId: string): Promise<void> {
  await deps.store.transaction(async (tx) => {
    const delivery = await lockDelivery(tx.db, id);
    const source = await findSourceByRemote(tx.db, provider, remoteId);
    if (!delivery || delivery.interpreted_at !== null || !source) return;
    await deps.jobs.send(tx, "check-report-source", { sourceId: source.id, poll: source.polls });
    const { notice, happening } = read(deps, delivery);
    const { viewer, report_id: reportId } = source;
    // the report's own events follow from the look at it
    if (notice.event) await record(deps, tx, { ...happening, viewer, type: notice.event, reportId });
    await markInterpreted(tx.db, id, isoNow(deps.clock));
  });
}

/** An item's webhooks take effect in the order in which they came: those that still wait before this one go first. */
async function changeItem(deps: OperationDeps, { id, provider }: StoredDelivery, remoteItemId: string): Promise<void> {
  for (let after: number | null = 0; after !== null; ) {
    const from: number = after;
    const { item, batch, reduced, unreadable } = await deps.store.transaction(async (tx) => {
      // an item that is just being linked is there afterwards, or looks in the inbox itself
      await lockName(tx.db, itemLock(provider, remoteItemId));
      let item = await lockItemByRemote(tx.db, provider, remoteItemId);
      let reduced = false;
      let unreadable: unknown = null;
      const batch = item ? await waitingUpTo(deps, tx, item, { inboxId: id, after: from }) : [];
      for (const delivery of batch) {
        const told = readInTurn(deps, delivery);
        if (delivery.id === id && "error" in told) unreadable = told.error;
        if (!item || "error" in told) continue;
        item = await applyToItem(deps, tx, item, delivery, told);
        reduced ||= told.notice.accessReduced || item.health === "DISCONNECTED";
        await markInterpreted(tx.db, delivery.id, isoNow(deps.clock));
      }
      if (item && reduced) await beginAccessEpoch(tx.db, item.id);
      return { item, batch, reduced, unreadable };
    });
    if (item && reduced) await deps.cache.drop(item.viewer, item.id);
    if (unreadable) throw unreadable;
    after = batch.length < MOST_AT_ONCE ? null : (batch.at(-1)?.id ?? null);
  }
}

/** What of a locked item waits for interpretation, up to that delivery, in order. One of an earlier link has no effect any more. */
async function waitingUpTo(
  { clock }: OperationDeps,
  tx: Tx,
  item: StoredItem,
  { inboxId, after }: { inboxId: number; after: number },
): Promise<StoredDelivery[]> {
  const delivery = await lockDelivery(tx.db, inboxId);
  if (!delivery || delivery.interpreted_at !== null) return [];
  const since = new Date(Date.parse(item.linked_at) - EARLY_MS).toISOString();
  if (Date.parse(delivery.received_at) < Date.parse(since)) {
    await markInterpreted(tx.db, inboxId, isoNow(clock));
    return [];
  }
  const which = { provider: item.provider, remoteItemId: item.remote_id, since, after, limit: MOST_AT_ONCE };
  return (await listUninterpretedOf(tx.db, which)).filter((each) => each.id <= inboxId);
}

/** One that cannot be read holds up none that came after it: its own job comes back to it. */
function readInTurn(deps: OperationDeps, delivery: StoredDelivery): Told | { error: unknown } {
  try {
    return read(deps, delivery);
  } catch (error) {
    deps.log.warn({ err: error, inbox: delivery.id }, "a webhook that cannot be read is passed over");
    return { error };
  }
}

/** The item as it then is. */
async function applyToItem(
  deps: OperationDeps,
  tx: Tx,
  item: StoredItem,
  { received_at: at, code }: StoredDelivery,
  { notice, happening }: Told,
): Promise<StoredItem> {
  const type = notice.event ?? "OTHER";
  const error = notice.error && storedError(notice.error);
  const { stale, fresh } = effectOf(type, notice.accessReduced);
  const described: ItemDescription = {
    ...item.description,
    ...(notice.consentExpiresAt !== null && { consentExpiresAt: notice.consentExpiresAt }),
    ...(notice.newWebhookUrl !== null && { webhook: notice.newWebhookUrl }),
    ...(fresh && { freshness: freshened(item.description.freshness, fresh, at, error !== null) }),
  };
  // what has changed the health since the webhook came knows better
  const late = item.health_since !== null && item.health_since > at;
  const health = late ? null : healthAfter(item, type, error);

  await noteWebhook(tx.db, item.id, { at, code });
  await describeItem(tx.db, item.id, described);
  if (health) await setItemHealth(tx.db, item, { status: health.health, error: health.health_error, at });
  await bumpGenerations(tx.db, item.id, stale);
  await record(deps, tx, {
    ...{ ...happening, viewer: item.viewer, type, itemId: item.id, error },
    ...{ newCount: notice.newCount, updatedCount: notice.updatedCount, removedCount: notice.removedCount },
    remoteAccountIds: notice.remoteAccountIds,
    transactions: await knownTransactions(deps, item, notice.remoteTransactionIds),
  });
  return { ...item, ...health, description: described };
}

/** What a delivery tells. */
type Told = ReturnType<typeof read>;

function read(
  { vault, adapters }: OperationDeps,
  { id, provider, jwt_sha256, body_sealed, received_at }: StoredDelivery,
) {
  const body = vault.open(body_sealed, { viewer: "", row: jwt_sha256, field: "body" });
  return {
    notice: adapterOf(adapters, provider).webhooks.parse(body),
    happening: { provider, occurredAt: received_at, delivery: { inboxId: id, body } },
  };
}

/** A replayed webhook makes no second event. */
async function record(
  deps: OperationDeps,
  tx: Tx,
  happening: Happening & { delivery: { inboxId: number } },
): Promise<void> {
  if (!(await isRecorded(tx.db, happening.delivery.inboxId))) recordEvent(deps, tx, happening);
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
