import { randomUUID } from "node:crypto";
import type { ItemDescription } from "../../src/store/database.ts";
import type { NewItem } from "../../src/store/items.ts";

/** A healthy item of viewer "ann" at Plaid, linked on 1 March 2026. */
export function itemRow(change: Partial<NewItem> = {}): NewItem {
  const id = randomUUID();
  return {
    id,
    viewer: "ann",
    provider: "PLAID",
    remote_id: `remote-${id}`,
    token_sealed: Buffer.from("sealed"),
    linked_at: "2026-03-01T00:00:00.000Z",
    description: itemDescription(),
    described_at: "2026-03-01T00:00:00.000Z",
    described_request_id: "request-1",
    health: "HEALTHY",
    health_since: "2026-03-01T00:00:00.000Z",
    health_error: null,
    last_webhook_at: null,
    last_webhook_code: null,
    generations: {},
    looked_at: null,
    access_epoch: 0,
    rotation_began_at: null,
    account_types: null,
    ...change,
  };
}

/** What an aggregator may say of an item. */
export function itemDescription(change: Partial<ItemDescription> = {}): ItemDescription {
  return {
    institutionName: "First Platypus Bank",
    remoteInstitutionId: "ins_109508",
    products: ["ASSETS"],
    availableProducts: null,
    billedProducts: null,
    consentedProducts: null,
    authMethod: null,
    updateType: null,
    consentExpiresAt: null,
    webhook: null,
    freshness: [],
    record: { item_id: "x" },
    ...change,
  };
}
