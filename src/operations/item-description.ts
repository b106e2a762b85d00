import type { ItemRecord } from "../../adapters/adapter.ts";
import type { ItemDescription } from "../store/database.ts";

/** What is kept of an item as its aggregator describes it. */
export function itemDescription(record: ItemRecord, institutionName: string | null): ItemDescription {
  const { remoteInstitutionId, products, availableProducts, billedProducts, consentedProducts } = record;
  const { authMethod, updateType, consentExpiresAt, webhook, freshness } = record;
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
    record: record.record,
  };
}
