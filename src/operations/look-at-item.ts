import type { ItemRecord } from "../../adapters/adapter.ts";
import { adapterOf } from "../../adapters/adapter-of.ts";
import type { EventType, Product } from "../../schema/enums.ts";
import { withDeadline } from "../clock/with-deadline.ts";
import { isoNow } from "../clock.ts";
import { storedError } from "../errors/stored-error.ts";
import { GatewayError } from "../errors.ts";
import { recordEvent } from "../events/record-event.ts";
import { noteFailedRead, noteHealth } from "../loaders/note-health.ts";
import { withCurrentToken } from "../loaders/with-current-token.ts";
import {
  bumpGenerations,
  describeItem,
  findItemById,
  lockItem,
  noteLook,
  type StoredItem,
  setItemHealth,
} from "../store/items.ts";
import type { Tx } from "../store/store.ts";
import type { OperationDeps } from "./deps.ts";
import { effectOf } from "./effect-of.ts";
import { expiresSoon } from "./expires-soon.ts";
import { isSilent } from "./is-silent.ts";
import { itemDescription } from "./item-description.ts";
import { isAfter, newestFreshness } from "./newest-freshness.ts";

const DEADLINE_MS = 15_000;

/** What webhooks would have told of a product that the aggregator has brought up to date. */
const UPDATED: Partial<Record<Product, readonly EventType[]>> = {
  TRANSACTIONS: ["TRANSACTIONS_DEFAULT_UPDATE"],
  INVESTMENTS: ["HOLDINGS_UPDATED", "INVESTMENT_TRANSACTIONS_UPDATED"],
  LIABILITIES: ["LIABILITIES_UPDATED"],
};

/**
 * Asks the aggregator how a silent item stands, so that a lost webhook is not a lost update: what it brought up to date meanwhile
 * leaves the cache, with the event that the webhook would have made, and the item's health, consent and freshness follow. Costs one
 * /item/get; one that is no longer silent, or no longer linked, costs none, unless it is `anyway` to be looked at. An aggregator that
 * does not answer is asked again at the next round.
 */
export async function lookAtItem(deps: OperationDeps, itemId: string, { anyway = false } = {}): Promise<void> {
  const item = await findItemById(deps.store.db, itemId);
  if (!item || !(anyway || isSilent(item, deps.clock.now()))) return;
  await noteLook(deps.store.db, itemId, isoNow(deps.clock));
  const adapter = adapterOf(deps.adapters, item.provider);
  const askedAt = deps.clock.now();
  try {
    const { data, origin } = await withDeadline(deps.clock, { what: "/item/get", ms: DEADLINE_MS }, (signal) =>
      withCurrentToken(deps, item, (token) => adapter.readItem({ token, budgetKey: item.id, signal })),
    );
    await deps.store.transaction(async (tx) => {
      const now = await lockItem(tx.db, item.id);
      if (!now?.token_sealed.equals(item.token_sealed)) return; // removed, or linked anew
      await follow(deps, tx, now, data, { at: origin.fetchedAt, requestId: origin.requestId });
    });
    await noteHealth(deps, item, data.error && storedError(data.error), askedAt);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    await noteFailedRead(deps, item, error, askedAt);
    deps.log.warn({ err: error, item: item.id, provider: item.provider }, "a silent item could not be looked at");
  }
}

async function follow(
  deps: OperationDeps,
  tx: Tx,
  item: StoredItem,
  data: ItemRecord,
  read: { at: string; requestId: string | null },
): Promise<void> {
  const { viewer, provider, id: itemId, description: before } = item;
  const told = itemDescription(data, data.institutionName ?? before.institutionName);
  const freshness = newestFreshness(before.freshness, told.freshness);
  await describeItem(tx.db, itemId, { ...told, freshness }, read);
  for (const { product, lastSuccessfulUpdate } of freshness) {
    const types = UPDATED[product] ?? [];
    const known = before.freshness.find((entry) => entry.product === product);
    if (types.length === 0 || !isAfter(lastSuccessfulUpdate, known?.lastSuccessfulUpdate ?? item.linked_at)) continue;
    for (const type of types) {
      await bumpGenerations(tx.db, itemId, effectOf(type).stale);
      recordEvent(deps, tx, { viewer, type, provider, itemId });
    }
    deps.log.warn({ item: itemId, provider, product, lastSuccessfulUpdate }, "an update came without its webhook");
  }
  // the person has renewed the consent
  if (item.health === "EXPIRING" && isAfter(told.consentExpiresAt, before.consentExpiresAt)) {
    await setItemHealth(tx.db, item, { status: "HEALTHY", error: null, at: isoNow(deps.clock) });
    recordEvent(deps, tx, { viewer, type: "ITEM_REPAIRED", provider, itemId });
  } else if (item.health === "HEALTHY" && expiresSoon(told.consentExpiresAt, deps.clock.now())) {
    await setItemHealth(tx.db, item, { status: "EXPIRING", error: null, at: isoNow(deps.clock) });
    recordEvent(deps, tx, { viewer, type: "ITEM_PENDING_EXPIRATION", provider, itemId });
  }
}
