import { describe, expect, it } from "@jest/globals";
import type { Action, ItemStatus } from "../../../schema/enums.ts";
import { providerError } from "../../../src/errors/provider-error.ts";
import { storedError } from "../../../src/errors/stored-error.ts";
import { GatewayError } from "../../../src/errors.ts";
import { encodeId } from "../../../src/ids.ts";
import { itemNoun } from "../../../src/loaders/item-noun.ts";
import type { StoredItem } from "../../../src/store/items.ts";
import { itemRow } from "../../support/rows.ts";

const stored = (change: Partial<StoredItem>) => itemRow(change) as StoredItem;

const relink = new GatewayError("ITEM_LOGIN_REQUIRED", "The login has changed.", {
  upstream: {
    provider: "PLAID",
    errorType: "ITEM_ERROR",
    errorCode: "ITEM_LOGIN_REQUIRED",
    causes: [{ remoteItemId: "remote-1", error: new GatewayError("PROVIDER_ERROR", "inner", { retryAt: 0 }) }],
  },
});

describe("an item's noun", () => {
  it("is what is stored of it, with the moment it was described", () => {
    const row = stored({ last_webhook_code: "DEFAULT_UPDATE" });
    expect(itemNoun(row)).toMatchObject({
      id: encodeId("Item", row.id),
      remoteId: row.remote_id,
      institutionName: "First Platypus Bank",
      lastWebhookCode: "DEFAULT_UPDATE",
      health: { status: "HEALTHY", action: "NONE", error: null },
      provenance: { endpoint: "/item/get", requestId: "request-1", fetchedAt: row.described_at, cached: true },
    });
    expect(itemNoun(row)).not.toHaveProperty("record");
    expect(JSON.stringify(itemNoun(row))).not.toContain("sealed");
  });

  it.each<[ItemStatus, Action]>([
    ["HEALTHY", "NONE"],
    ["EXPIRING", "RELINK"],
    ["ACTION_REQUIRED", "RELINK"],
    ["DEGRADED", "RETRY_LATER"],
    ["DISCONNECTED", "RELINK"],
  ])("that is %s without an error wants %s", (health, action) => {
    expect(itemNoun(stored({ health })).health.action).toBe(action);
  });

  it("wants what its error wants", () => {
    const error = storedError(new GatewayError("ITEM_CONSENT_REQUIRED", "no consent"));
    const { health } = itemNoun(stored({ health: "ACTION_REQUIRED", health_error: error }));
    expect(health).toMatchObject({ action: "GRANT_CONSENT", error: { code: "ITEM_CONSENT_REQUIRED" } });
  });
});

describe("a provider error", () => {
  it("is the same whether thrown or stored, with its causes", () => {
    expect(providerError(relink)).toEqual(providerError(storedError(relink)));
    expect(providerError(relink)).toMatchObject({
      code: "ITEM_LOGIN_REQUIRED",
      errorType: "ITEM_ERROR",
      httpStatus: null,
      retryable: false,
      retryAt: null,
      causes: [{ itemUuid: null, remoteItemId: "remote-1", error: { retryAt: "1970-01-01T00:00:00.000Z" } }],
    });
    expect(providerError(storedError(relink))).not.toHaveProperty("action");
  });
});
