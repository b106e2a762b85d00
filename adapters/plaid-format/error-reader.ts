import type { Cause, PlaidError } from "plaid";
import type { ErrorCode, Provider } from "../../schema/enums.ts";
import { GatewayError, type UpstreamDetails } from "../../src/errors.ts";
import { int, text, url } from "../fields.ts";
import type { ErrorAnswer, ReadError } from "../http.ts";
import { isObject, raw } from "../records.ts";
import { redactWords } from "../redact.ts";
import { errorCodeOf } from "./error-codes.ts";

/** Where an error was found. */
interface Found {
  endpoint: string | null;
  httpStatus: number | null;
  requestId: string | null;
}

const IN_A_RECORD: Found = { endpoint: null, httpStatus: null, requestId: null };

/**
 * Reads the error answers of an aggregator that speaks Plaid's format. `refusedAs` says what a 401 or 403 without a code of
 * its own means, which is a matter of what the endpoint's calls are authorised by.
 */
export function errorReader(provider: Provider, refusedAs: (endpoint: string) => ErrorCode): ReadError {
  return ({ body, endpoint, status, requestId }: ErrorAnswer) => {
    const error = toGatewayError(provider, body, { endpoint, httpStatus: status, requestId });
    const refused = (status === 401 || status === 403) && !error.options.upstream?.errorCode;
    return refused ? new GatewayError(refusedAs(endpoint), error.message, error.options) : error;
  };
}

/** An error that stands in a record (an item's). */
export function describedError(provider: Provider, value: Record<string, unknown>): GatewayError {
  return toGatewayError(provider, redactWords(value, []), IN_A_RECORD);
}

/** One of an error's causes, or a warning's: the item at fault beside its error, by either name, or in one object with it. */
export function causeOf(
  provider: Provider,
  value: Record<string, unknown>,
): { remoteItemId: string | null; error: GatewayError } {
  const { item_id, error, error_link_money } = raw<Cause & { error: PlaidError; error_link_money: PlaidError }>(value);
  const found = [error, error_link_money].find(isObject) ?? value;
  return { remoteItemId: text(item_id), error: describedError(provider, found) };
}

function toGatewayError(provider: Provider, value: unknown, found: Found): GatewayError {
  const error = raw<PlaidError>(value);
  const errorType = text(error.error_type);
  const errorCode = text(error.error_code);
  const upstream: UpstreamDetails = {
    provider,
    errorType,
    errorCode,
    errorCodeReason: text(error.error_code_reason),
    displayMessage: text(error.display_message),
    httpStatus: found.httpStatus ?? int(error.status),
    requestId: text(error.request_id) ?? found.requestId,
    documentationUrl: url(error.documentation_url),
    suggestedAction: text(error.suggested_action),
    causes: causesOf(provider, error.causes),
  };
  const code = errorCodeOf(errorType, errorCode) ?? codeOfStatus(found.httpStatus, errorCode !== null);
  const where = found.endpoint === null ? provider : `${provider} ${found.endpoint}`;
  const said =
    errorCode === null
      ? `answered ${found.httpStatus} without an error that can be read`
      : `${errorType ?? ""} ${errorCode}`;
  const words = text(error.error_message);
  return new GatewayError(code, `${where}: ${said.trim()}${words ? `: ${words}` : "."}`, { upstream });
}

function codeOfStatus(status: number | null, readable: boolean): ErrorCode {
  if (status === 429) return "PROVIDER_RATE_LIMITED";
  if (status !== null && status >= 500) return "PROVIDER_UNAVAILABLE";
  return readable ? "PROVIDER_ERROR" : "PROVIDER_BAD_RESPONSE";
}

/** Causes have no causes of their own. */
function causesOf(provider: Provider, list: unknown): { remoteItemId: string; error: GatewayError }[] {
  if (!Array.isArray(list)) return [];
  return list.filter(isObject).flatMap((value) => {
    const { remoteItemId, error } = causeOf(provider, { ...value, causes: null });
    return remoteItemId === null ? [] : [{ remoteItemId, error }];
  });
}
