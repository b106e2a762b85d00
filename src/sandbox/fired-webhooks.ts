import { ApiError } from "./api-error.ts";
import type { Core } from "./endpoints.ts";
import { defaultUpdate, errorInWebhook, hasData, type ItemWebhook, syncUpdates, UPDATED } from "./item-webhooks.ts";
import type { ItemRecord } from "./items.ts";
import { createChance } from "./world/chance.ts";
import type { World } from "./world/world.ts";

/** The webhooks that Plaid's /sandbox/item/fire_webhook knows. */
export const FIRED = [
  "DEFAULT_UPDATE",
  "NEW_ACCOUNTS_AVAILABLE",
  "SMS_MICRODEPOSITS_VERIFICATION",
  "AUTHORIZATION_GRANTED",
  "USER_PERMISSION_REVOKED",
  "USER_ACCOUNT_REVOKED",
  "PENDING_DISCONNECT",
  "RECURRING_TRANSACTIONS_UPDATE",
  "LOGIN_REPAIRED",
  "SYNC_UPDATES_AVAILABLE",
  "PRODUCT_READY",
  "ERROR",
] as const;
export type Fired = (typeof FIRED)[number];

const WEEK_MS = 7 * 86_400_000;

/**
 * What is sent when a client has Plaid's sandbox send a webhook about an item: nothing has become of the item, for it is a trial.
 * @throws ApiError SANDBOX_PRODUCT_NOT_ENABLED, or INVALID_FIELD for a type that has no updates.
 */
export function firedWebhook(
  code: Fired,
  type: string,
  item: ItemRecord,
  { clock, items, reports }: Pick<Core, "clock" | "items" | "reports">,
): object {
  const world = items.world(item);
  const ofItem = (more: object = {}) => ({ webhook_type: "ITEM", webhook_code: code, item_id: item.itemId, ...more });
  const about = (webhook: ItemWebhook) => ({ ...webhook, item_id: item.itemId });
  const ofReport = (more: object) => {
    const asset_report_id = reports.latestOf(item)?.id ?? createChance(item.seed, item.itemId, "no report").uuid();
    return { webhook_type: "ASSETS", webhook_code: code, asset_report_id, ...more };
  };

  switch (code) {
    case "DEFAULT_UPDATE": {
      const updated = UPDATED.find((one) => one === type);
      if (!updated) {
        const message = `webhook_type must be one of ${UPDATED.join(", ")}`;
        throw new ApiError("INVALID_FIELD", { message });
      }
      if (!hasData(updated, world)) throw notEnabled(updated);
      return about(defaultUpdate(updated, world));
    }
    case "SYNC_UPDATES_AVAILABLE":
      if (!hasData("TRANSACTIONS", world)) throw notEnabled("TRANSACTIONS");
      return about(syncUpdates());
    case "RECURRING_TRANSACTIONS_UPDATE": {
      const account_ids = idsOf(world, ({ plan }) => plan.type === "depository" || plan.type === "credit");
      if (account_ids.length === 0) throw notEnabled("TRANSACTIONS");
      return { webhook_type: "TRANSACTIONS", webhook_code: code, item_id: item.itemId, account_ids };
    }
    case "SMS_MICRODEPOSITS_VERIFICATION": {
      const [account_id] = idsOf(world, ({ plan }) => plan.type === "depository");
      if (account_id === undefined) throw notEnabled("AUTH");
      return {
        webhook_type: "AUTH",
        webhook_code: code,
        item_id: item.itemId,
        account_id,
        status: "MANUALLY_VERIFIED",
      };
    }
    case "PENDING_DISCONNECT": {
      const disconnect_time = new Date(clock.now() + WEEK_MS).toISOString();
      return ofItem({ reason: "INSTITUTION_MIGRATION", disconnect_time });
    }
    case "USER_ACCOUNT_REVOKED":
      return ofItem({ account_id: idsOf(world)[0] });
    case "USER_PERMISSION_REVOKED":
      return ofItem({ error: errorInWebhook("USER_PERMISSION_REVOKED") });
    case "NEW_ACCOUNTS_AVAILABLE":
      return ofItem({ error: null });
    case "LOGIN_REPAIRED":
      return ofItem();
    case "PRODUCT_READY":
      return ofReport({ report_type: "FULL" });
    case "ERROR":
      return ofReport({ error: errorInWebhook("ASSET_REPORT_GENERATION_FAILED") });
    case "AUTHORIZATION_GRANTED":
      // in Plaid's list, but what it is of is published nowhere
      throw notEnabled("AUTHORIZATION");
  }
}

/** Nothing of that kind is on the item. */
function notEnabled(product: string): ApiError {
  const message = `the ${product.toLowerCase()} product is not enabled on this item`;
  return new ApiError("SANDBOX_PRODUCT_NOT_ENABLED", { message });
}

function idsOf({ accounts }: World, isOf: (account: World["accounts"][number]) => boolean = () => true): string[] {
  return accounts.filter(isOf).map(({ id }) => id);
}
