import type { Provider } from "../../schema/enums.ts";
import { badInput, GatewayError } from "../../src/errors.ts";
import type { WebhookNotice } from "../adapter/webhooks.ts";
import { int, moment, text, texts, url } from "../fields.ts";
import { parseJson } from "../json.ts";
import { isObject } from "../records.ts";
import { describedError } from "./error-reader.ts";
import { reducesAccess, webhookEvent } from "./webhook-events.ts";

/** Ids that one notice carries at most; a webhook with more still has its counts, and what it makes stale. */
const MOST_IDS = 10_000;

/** Reads the bodies of an aggregator's webhooks. The reader throws GatewayError BAD_USER_INPUT for one without type and code. */
export function webhookNotice(provider: Provider): (body: Buffer) => WebhookNotice {
  return (bytes) => {
    const reading = parseJson(bytes.toString("utf8"));
    if (reading.body === null) throw badInput("body", reading.problem, "a JSON object");
    const { body } = reading;
    const type = text(body.webhook_type);
    const code = text(body.webhook_code);
    if (type === null) throw badInput("body.webhook_type", typeof body.webhook_type, "a string");
    if (code === null) throw badInput("body.webhook_code", typeof body.webhook_code, "a string");
    return {
      ...{ type, code, event: webhookEvent(type, code), accessReduced: reducesAccess(type, code) },
      remoteItemId: text(body.item_id),
      remoteReportId: text(body.asset_report_id),
      error: errorOf(provider, { type, code, body }),
      ...countsOf(body),
      remoteAccountIds: accountIdsOf(body),
      remoteTransactionIds: texts(body.removed_transactions)?.slice(0, MOST_IDS) ?? [],
      consentExpiresAt: moment(body.consent_expiration_time),
      newWebhookUrl: url(body.new_webhook_url),
    };
  };
}

type Body = Record<string, unknown>;

/** What a webhook says is wrong; where it says so by its code alone, in words of ours. */
function errorOf(provider: Provider, { type, code, body }: { type: string; code: string; body: Body }) {
  const errors = [body.error, body.error_link_money, body.error_plaid].filter(isObject);
  const error = errors.find(({ error_code }) => text(error_code) !== null);
  if (error) return describedError(provider, error);
  if (type !== "ITEM") return null;
  const upstream = { provider, errorType: "ITEM_ERROR", errorCode: code };
  if (code === "USER_PERMISSION_REVOKED") {
    return new GatewayError("ITEM_REVOKED", `${provider}: the person ended the access to this item.`, { upstream });
  }
  return code === "ERROR"
    ? new GatewayError("PROVIDER_ERROR", `${provider}: the item has an error that was not described.`, { upstream })
    : null;
}

function countsOf(body: Body): Pick<WebhookNotice, "newCount" | "updatedCount" | "removedCount"> {
  return {
    newCount: first(int, body.new_transactions, body.new_holdings, body.new_investments_transactions),
    updatedCount: int(body.updated_holdings),
    // one aggregator's spelling, and the other's
    removedCount:
      first(int, body.canceled_investments_transactions, body.cancelled_investments_transactions) ??
      texts(body.removed_transactions)?.length ??
      null,
  };
}

function first<T>(read: (value: unknown) => T | null, ...values: unknown[]): T | null {
  return values.map(read).find((value) => value !== null) ?? null;
}

/** Accounts verified, or with new or changed liabilities: the latter are the keys of an object, or a list. */
function accountIdsOf(body: Body): string[] {
  const changed = body.account_ids_with_updated_liabilities;
  const ids = [
    ...[text(body.account_id)].filter((id) => id !== null),
    ...(texts(body.account_ids_with_new_liabilities) ?? []),
    ...(texts(changed) ?? (isObject(changed) ? Object.keys(changed) : [])),
  ];
  return [...new Set(ids)].slice(0, MOST_IDS);
}
