import type { Item, ItemStatusNullable, ItemWithConsentFields, PlaidErrorType, Products } from "plaid";
import type { Clock } from "../../clock.ts";
import { ApiError } from "../api-error.ts";
import { consentEnd } from "../consent-end.ts";
import type { ItemRecord } from "../items.ts";
import type { Plain } from "../plain.ts";
import { institutionOf } from "../world/institutions.ts";
import type { AccountPlan, UserPlan } from "../world/plan.ts";

const PRODUCTS_BY_TYPE: Readonly<Record<AccountPlan["type"], readonly `${Products}`[]>> = {
  depository: ["auth", "identity", "transactions"],
  credit: ["identity", "liabilities", "transactions"],
  loan: ["identity", "liabilities"],
  investment: ["identity", "investments", "investments_auth"],
  other: ["identity", "transactions"],
};

const UPDATE_EVERY_MS = 6 * 3_600_000;

/** The item as every answer has it. */
export function itemAnswer(item: ItemRecord, plan: UserPlan): Plain<Item> {
  const possible = [
    ...new Set(["assets" as const, ...plan.accounts.flatMap((account) => PRODUCTS_BY_TYPE[account.type])]),
  ].sort();
  const end = consentEnd(item, plan);
  const products = item.products?.toSorted() ?? possible;
  return {
    available_products: ["balance" as const, ...possible].filter((one) => !products.includes(one)).sort(),
    billed_products: products,
    consent_expiration_time: end === null ? null : new Date(end).toISOString(),
    consented_products: [...new Set([...possible, ...products])].sort(),
    error: plan.error ? errorOf(plan.error) : null,
    institution_id: plan.institutionId,
    institution_name: institutionOf(plan.institutionId)?.name ?? null,
    auth_method: products.includes("auth") ? "INSTANT_AUTH" : null,
    item_id: item.itemId,
    products,
    update_type: "background",
    webhook: item.webhook,
  };
}

/** The item as /item/get has it. */
export function itemWithConsentAnswer(item: ItemRecord, plan: UserPlan): Plain<ItemWithConsentFields> {
  return { ...itemAnswer(item, plan), created_at: new Date(item.linkedAt).toISOString() };
}

/** When the item's products were brought up to date: every six hours, but not where something is wrong with it. */
export function itemStatusAnswer(item: ItemRecord, plan: UserPlan, clock: Clock): Plain<ItemStatusNullable> {
  const now = clock.now();
  const latest = Math.max(item.linkedAt, now - (now % UPDATE_EVERY_MS));
  const at = (ms: number) => new Date(ms).toISOString();
  const update = plan.error
    ? { last_successful_update: at(item.linkedAt), last_failed_update: at(latest) }
    : { last_successful_update: at(latest), last_failed_update: null };
  const has = (...types: AccountPlan["type"][]) => plan.accounts.some((account) => types.includes(account.type));
  return {
    investments: has("investment") ? update : null,
    transactions: has("depository", "credit", "loan") ? update : null,
    last_webhook: item.lastWebhook && { sent_at: at(item.lastWebhook.sentAt), code_sent: item.lastWebhook.code },
  };
}

/** An item tells what is wrong with itself; that its bank is down is told by each call. */
function errorOf(code: string): Plain<Item>["error"] {
  const { causes: _none, error_type, ...error } = new ApiError(code).toWire();
  if (error_type === "INSTITUTION_ERROR") return null;
  return { ...error, error_type: error_type as `${PlaidErrorType}` };
}
