import { randomUUID } from "node:crypto";
import type { Adapter, ItemRecord, Reading } from "../../adapters/adapter.ts";
import type { Provider } from "../../schema/enums.ts";
import { isoNow } from "../clock.ts";
import { storedError } from "../errors/stored-error.ts";
import { GatewayError } from "../errors.ts";
import { WRITE_DEADLINE_MS } from "../reports/schedule.ts";
import { withDeadline } from "../reports/with-deadline.ts";
import type { ItemDescription } from "../store/database.ts";
import { findItemByRemote, insertItem, listItems, type NewItem, relinkItem, type StoredItem } from "../store/items.ts";
import { lockName } from "../store/lock-name.ts";
import type { OperationDeps } from "./deps.ts";

/** An item just linked, and those that look like the same login linked before. */
export interface LinkedItem {
  item: StoredItem;
  duplicates: StoredItem[];
}

/**
 * Exchanges the link flow's public token and takes the item over.
 * @throws GatewayError PRODUCT_UNSUPPORTED when the aggregator has no link flow, BAD_USER_INPUT for a token it does not know.
 */
export async function linkItem(
  deps: OperationDeps,
  viewer: string,
  input: { provider: Provider; publicToken: string },
): Promise<LinkedItem> {
  const adapter = configuredAdapter(deps, input.provider);
  const exchange = adapter.exchangePublicToken?.bind(adapter);
  if (!exchange) {
    throw new GatewayError(
      "PRODUCT_UNSUPPORTED",
      `${input.provider} has no public tokens: its people link in its own portal. Use importItem.`,
      { field: "input.provider" },
    );
  }
  const { token } = await withDeadline(
    deps.clock,
    { what: "/item/public_token/exchange", ms: WRITE_DEADLINE_MS },
    (signal) => exchange(input.publicToken, { signal }).catch((error) => refuseToken(error, "input.publicToken")),
  );
  return takeOver(deps, adapter, viewer, token, "input.publicToken");
}

/**
 * Takes over an item by its access token.
 * @throws GatewayError BAD_USER_INPUT for a token the aggregator does not know, CONFLICT when another viewer has linked the item.
 */
export function importItem(
  deps: OperationDeps,
  viewer: string,
  input: { provider: Provider; accessToken: string },
): Promise<LinkedItem> {
  const adapter = configuredAdapter(deps, input.provider);
  return takeOver(deps, adapter, viewer, input.accessToken, "input.accessToken");
}

/** The adapter of a configured aggregator. @throws GatewayError BAD_USER_INPUT for one that is not. */
export function configuredAdapter(deps: Pick<OperationDeps, "adapters">, provider: Provider): Adapter {
  const adapter = deps.adapters.get(provider);
  if (adapter) return adapter;
  const wanted = [...deps.adapters.keys()].join(" or ");
  throw new GatewayError(
    "BAD_USER_INPUT",
    `input.provider: ${provider} is not configured on this gateway; wanted ${wanted}.`,
    { field: "input.provider", limit: wanted },
  );
}

async function takeOver(
  deps: OperationDeps,
  adapter: Adapter,
  viewer: string,
  token: string,
  field: string,
): Promise<LinkedItem> {
  const id = randomUUID();
  const { reading, institutionName } = await withDeadline(
    deps.clock,
    { what: "/item/get", ms: WRITE_DEADLINE_MS },
    async (signal) => {
      const reading = await adapter
        .readItem({ token, budgetKey: id, signal })
        .catch((error) => refuseToken(error, field));
      return {
        reading,
        institutionName:
          reading.data.institutionName ?? (await institutionNameOf(deps, adapter, reading, token, signal)),
      };
    },
  );
  const description = describe(reading, institutionName);

  const item = await deps.store.transaction(async (tx) => {
    await lockName(tx.db, `item ${adapter.provider} ${reading.data.remoteId}`);
    const known = await findItemByRemote(tx.db, adapter.provider, reading.data.remoteId);
    if (known && known.viewer !== viewer) {
      throw new GatewayError("CONFLICT", "This item is linked by another viewer. It must be removed there first.", {
        field,
      });
    }
    const itemId = known?.id ?? id;
    const row: NewItem = {
      id: itemId,
      viewer,
      provider: adapter.provider,
      remote_id: reading.data.remoteId,
      token_sealed: deps.vault.seal(token, { viewer, row: itemId, field: "token" }),
      linked_at: known?.linked_at ?? isoNow(deps.clock),
      description,
      described_at: reading.origin.fetchedAt,
      described_request_id: reading.origin.requestId,
      health: reading.data.error ? "ACTION_REQUIRED" : "HEALTHY",
      health_since: isoNow(deps.clock),
      health_error: reading.data.error && storedError(reading.data.error),
      last_webhook_at: reading.data.lastWebhookAt,
      last_webhook_code: reading.data.lastWebhookCode,
      generations: known?.generations ?? {},
    };
    return known ? relinkItem(tx.db, row) : insertItem(tx.db, row);
  });
  await deps.cache.drop(viewer, item.id);
  return { item, duplicates: await sameInstitution(deps, item) };
}

/** Items of the same institution at the same aggregator: what looks like the same login without a call. */
async function sameInstitution(deps: OperationDeps, item: StoredItem): Promise<StoredItem[]> {
  const institution = item.description.remoteInstitutionId;
  if (institution === null) return [];
  const items = await listItems(deps.store.db, item.viewer);
  return items.filter(
    (other) =>
      other.id !== item.id && other.provider === item.provider && other.description.remoteInstitutionId === institution,
  );
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

function describe(reading: Reading<ItemRecord>, institutionName: string | null): ItemDescription {
  const { remoteInstitutionId, products, availableProducts, billedProducts, consentedProducts } = reading.data;
  const { authMethod, updateType, consentExpiresAt, webhook, freshness, record } = reading.data;
  return {
    institutionName,
    remoteInstitutionId,
    products,
    availableProducts,
    billedProducts,
    consentedProducts,
    authMethod,
    updateType,
    consentExpiresAt,
    webhook,
    freshness,
    record,
  };
}

/** A token that the aggregator does not know is the caller's to mend. */
function refuseToken(error: unknown, field: string): never {
  if (error instanceof GatewayError && error.code === "ITEM_REVOKED") {
    throw new GatewayError(
      "BAD_USER_INPUT",
      `${field}: the aggregator does not know this token; wanted one that is in force.`,
      { ...error.options, field, action: "NONE", cause: error },
    );
  }
  throw error;
}
