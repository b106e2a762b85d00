import type { Item, ItemGetResponse, ItemStatusLastWebhook, ItemStatusTransactions } from "plaid";
import type { Provider } from "../../schema/enums.ts";
import type { ProductFreshness } from "../../schema/item.ts";
import type { ItemRecord } from "../adapter.ts";
import { moment, text } from "../fields.ts";
import { isObject, raw, required } from "../records.ts";
import { redactWords } from "../redact.ts";
import { describedError } from "./error-reader.ts";
import { productOf, productsOf } from "./products.ts";

/** The answer of /item/get. @throws GatewayError PROVIDER_BAD_RESPONSE without item_id. */
export function normalizeItem(body: Record<string, unknown>, provider: Provider): ItemRecord {
  const answer = raw<ItemGetResponse>(body);
  const item = raw<Item>(answer.item);
  const status = raw<{ last_webhook: ItemStatusLastWebhook }>(answer.status);
  const lastWebhook = raw<ItemStatusLastWebhook>(status.last_webhook);
  return {
    remoteId: required(text(item.item_id), item.item_id, "item.item_id", "a string"),
    institutionName: text(item.institution_name),
    remoteInstitutionId: text(item.institution_id),
    products: productsOf(item.products),
    availableProducts: productsOf(item.available_products),
    billedProducts: productsOf(item.billed_products),
    consentedProducts: productsOf(item.consented_products),
    authMethod: text(item.auth_method),
    updateType: text(item.update_type),
    consentExpiresAt: moment(item.consent_expiration_time),
    webhook: text(item.webhook),
    lastWebhookAt: moment(lastWebhook.sent_at),
    lastWebhookCode: text(lastWebhook.code_sent),
    freshness: freshnessOf(answer.status),
    error: isObject(item.error) ? describedError(provider, item.error) : null,
    // an item's error may quote access tokens
    record: redactWords({ item: answer.item, status: answer.status ?? null }, []),
  };
}

/** What the status says of each product: every entry that has an update in it. */
function freshnessOf(status: unknown): ProductFreshness[] {
  if (!isObject(status)) return [];
  return Object.entries(status).flatMap(([word, value]) => {
    const updates = raw<ItemStatusTransactions>(value);
    const lastSuccessfulUpdate = moment(updates.last_successful_update);
    const lastFailedUpdate = moment(updates.last_failed_update);
    const known = lastSuccessfulUpdate !== null || lastFailedUpdate !== null;
    return known ? [{ product: productOf(word), lastSuccessfulUpdate, lastFailedUpdate }] : [];
  });
}
