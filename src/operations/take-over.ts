import type { Adapter, ItemRecord, Reading } from "../../adapters/adapter.ts";
import type { ItemStatus, Provider } from "../../schema/enums.ts";
import { withDeadline } from "../clock/with-deadline.ts";
import { isoNow } from "../clock.ts";
import { storedError } from "../errors/stored-error.ts";
import { GatewayError } from "../errors.ts";
import { recordEvent } from "../events/record-event.ts";
import { standingHealth } from "../loaders/standing-health.ts";
import { WRITE_DEADLINE_MS } from "../reports/schedule.ts";
import { CACHED_READS } from "../store/cached-reads.ts";
import type { ItemDescription } from "../store/database.ts";
import { newestUninterpretedOf } from "../store/inbox.ts";
import { confirmRemoval, findOtherRemoval } from "../store/item-removals.ts";
import {
  bumpGenerations,
  insertItem,
  itemLock,
  listItems,
  lockItemByRemote,
  type NewItem,
  relinkItem,
  type StoredItem,
} from "../store/items.ts";
import { lockName } from "../store/lock-name.ts";
import type { Tx } from "../store/store.ts";
import { openToken, sealToken } from "../store/tokens.ts";
import type { OperationDeps } from "./deps.ts";
import { expiresSoon } from "./expires-soon.ts";
import { EARLY_MS } from "./interpret-webhook.ts";
import { itemDescription } from "./item-description.ts";
import { isAfter, newestFreshness } from "./newest-freshness.ts";
import { sendRegistration } from "./register-webhook.ts";
import { sameLogin } from "./same-login.ts";

/** An item just linked, and those that look like the same login linked before. */
export interface LinkedItem {
  item: StoredItem;
  duplicates: StoredItem[];
}

/** Whose item is taken over, by which token. */
interface Taking {
  viewer: string;
  /** The uuid that the item gets when it is new. */
  id: string;
  token: string;
  /** Of the input: where the token came from. */
  field: string;
}

/**
 * Links the item of an access token to the viewer, or links it anew.
 * @throws GatewayError BAD_USER_INPUT for a token the aggregator does not know, CONFLICT when another viewer has linked the item,
 * it is just being removed, or its token was replaced meanwhile.
 */
export async function takeOver(deps: OperationDeps, adapter: Adapter, taking: Taking): Promise<LinkedItem> {
  const { viewer, id, token, field } = taking;
  const before = await listItems(deps.store.db, viewer);
  const { reading, institutionName } = await describedItem(deps, adapter, taking);
  const { provider } = adapter;
  const { remoteId, error } = reading.data;

  const { item, known } = await deps.store.transaction(async (tx) => {
    await lockName(tx.db, itemLock(provider, remoteId));
    if (await findOtherRemoval(tx.db, { id, provider, remoteId })) {
      throw new GatewayError("CONFLICT", "This item is just being removed at its provider. Try again in a moment.", {
        field,
      });
    }
    const known = await lockItemByRemote(tx.db, provider, remoteId);
    if (known && known.viewer !== viewer) {
      throw new GatewayError("CONFLICT", "This item is linked by another viewer. It must be removed there first.", {
        field,
      });
    }
    if (known && isReplaced(deps, known, before, token)) {
      const message =
        "The item's access token was replaced while this one was looked at. Try again, if it is still in force.";
      throw new GatewayError("CONFLICT", message, { field });
    }
    const itemId = known?.id ?? id;
    const readAt = reading.origin.fetchedAt;
    const described = itemDescription(reading.data, institutionName);
    const row: NewItem = {
      id: itemId,
      viewer,
      provider,
      remote_id: remoteId,
      token_sealed: sealToken(deps.vault, { viewer, id: itemId }, token),
      linked_at: known?.linked_at ?? isoNow(deps.clock),
      description: described,
      described_at: readAt,
      described_request_id: reading.origin.requestId,
      health: error ? standingHealth(error.code) : soundHealth(deps, described.consentExpiresAt),
      health_since: readAt,
      health_error: error && storedError(error),
      last_webhook_at: reading.data.lastWebhookAt,
      last_webhook_code: reading.data.lastWebhookCode,
      generations: known?.generations ?? {},
      access_epoch: known ? known.access_epoch + 1 : 0, // what was consented to may be less than before
      ...(known && newerOf(known, readAt, described)),
      ...(known && !isAfter(reading.data.lastWebhookAt, known.last_webhook_at) && lastWebhookOf(known)),
    };
    await confirmRemoval(tx.db, id); // it is linked: its token waits no longer
    recordEvent(deps, tx, { viewer, type: "ITEM_LINKED", provider, itemId });
    await lookInInbox(deps, tx, provider, remoteId);
    const linked = known ? await relinkItem(tx.db, row) : await insertItem(tx.db, row);
    await sendRegistration(deps, tx, linked);
    if (known) await bumpGenerations(tx.db, itemId, CACHED_READS);
    return { item: linked, known };
  });
  if (known) await deps.cache.drop(viewer, item.id);
  return { item, duplicates: await sameLogin(deps, item) };
}

/** Whether the item has got another token than `token` since `before`: what was read with this one no longer proves that it is in force. */
function isReplaced(
  { vault }: OperationDeps,
  known: StoredItem,
  before: readonly StoredItem[],
  token: string,
): boolean {
  const then = before.find(({ id }) => id === known.id);
  // sealed anew it differs, whatever is in it; one that cannot be opened any more is there to be replaced
  if (!then || then.token_sealed.equals(known.token_sealed)) return false;
  const now = openToken(vault, known);
  return openToken(vault, then) !== now && now !== token;
}

function soundHealth({ clock }: OperationDeps, consentExpiresAt: string | null): ItemStatus {
  return expiresSoon(consentExpiresAt, clock.now()) ? "EXPIRING" : "HEALTHY";
}

/** What webhooks have told of a linked item since it was read. */
function newerOf(known: StoredItem, readAt: string, described: ItemDescription): Partial<NewItem> {
  const { health, health_since, health_error, last_webhook_at, description } = known;
  const freshness = newestFreshness(description.freshness, described.freshness);
  const heard = isAfter(last_webhook_at, readAt);
  return {
    ...(isAfter(health_since, readAt) && { health, health_since, health_error }),
    description: { ...described, freshness, ...(heard && { consentExpiresAt: description.consentExpiresAt }) },
  };
}

/** The aggregator may have forgotten it, or never counted it. */
function lastWebhookOf({ last_webhook_at, last_webhook_code }: StoredItem): Partial<NewItem> {
  return { last_webhook_at, last_webhook_code };
}

/** The job of the latest takes those before it along. */
async function lookInInbox(deps: OperationDeps, tx: Tx, provider: Provider, remoteItemId: string): Promise<void> {
  const since = new Date(deps.clock.now() - EARLY_MS).toISOString();
  const inboxId = await newestUninterpretedOf(tx.db, { provider, remoteItemId, since });
  if (inboxId !== null) await deps.jobs.send(tx, "interpret-webhook", { inboxId });
}

function describedItem(
  deps: OperationDeps,
  adapter: Adapter,
  { id, token, field }: Taking,
): Promise<{ reading: Reading<ItemRecord>; institutionName: string | null }> {
  return withDeadline(deps.clock, { what: "/item/get", ms: WRITE_DEADLINE_MS }, async (signal) => {
    const call = { token, budgetKey: id, signal };
    const reading = await adapter.readItem(call).catch((error) => refuseToken(error, field));
    const { institutionName } = reading.data;
    return {
      reading,
      institutionName: institutionName ?? (await institutionNameOf(deps, adapter, reading, token, signal)),
    };
  });
}

/** The name shows an item without a call later on; an institution that cannot be read now must not keep it from being linked. */
async function institutionNameOf(
  deps: OperationDeps,
  adapter: Adapter,
  reading: Reading<ItemRecord>,
  token: string,
  signal: AbortSignal,
): Promise<string | null> {
  const remoteId = reading.data.remoteInstitutionId;
  if (remoteId === null) return null;
  try {
    return (await adapter.readInstitution(remoteId, { token, signal })).data.name;
  } catch (error) {
    deps.log.warn(
      { err: error, provider: adapter.provider, remoteId },
      "an item is linked without its institution's name",
    );
    return null;
  }
}

/** A token that the aggregator does not know is the caller's to mend. */
export function refuseToken(error: unknown, field: string): never {
  if (error instanceof GatewayError && error.code === "ITEM_REVOKED") {
    throw new GatewayError(
      "BAD_USER_INPUT",
      `${field}: the aggregator does not know this token; wanted one that is in force.`,
      { ...error.options, field, action: "NONE", cause: error },
    );
  }
  throw error;
}
