import type { Provider } from "../../schema/enums.ts";
import { type StoredError, storedError } from "../../src/errors/stored-error.ts";
import { GatewayError } from "../../src/errors.ts";
import type { LeftOut, Reading } from "../adapter.ts";
import type { HttpAnswer } from "../http.ts";
import { isObject } from "../records.ts";
import { describedError } from "./error-reader.ts";
import type { Normalize } from "./normalizers.ts";

/**
 * What an answer gave, by a pure `normalize` that may leave records out.
 * @throws GatewayError PROVIDER_BAD_RESPONSE, naming endpoint and request, when the answer lacks what it must have.
 */
export function reading<T>(provider: Provider, { body, origin }: HttpAnswer, normalize: Normalize<T>): Reading<T> {
  const leftOut: LeftOut[] = [];
  try {
    return { data: normalize(body, leftOut), origin, leftOut, itemError: itemErrorOf(provider, body.item) };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    throw new GatewayError(error.code, `${provider} ${origin.endpoint}: ${error.message}`, {
      upstream: { provider, requestId: origin.requestId },
    });
  }
}

/** Most answers about an item describe the item too: https://plaid.com/docs/api/items/#item-get-response-item-error. */
function itemErrorOf(provider: Provider, item: unknown): StoredError | null {
  return isObject(item) && isObject(item.error) ? storedError(describedError(provider, item.error)) : null;
}
