import { text } from "../../../adapters/fields.ts";
import type { ErrorAnswer } from "../../../adapters/http.ts";
import { raw } from "../../../adapters/records.ts";
import type { ErrorCode } from "../../../schema/enums.ts";
import { GatewayError } from "../../../src/errors.ts";
import { provider } from "./provider.ts";
import type { AcmeFault } from "./wire.ts";

const CODES: ReadonlyMap<string | null, ErrorCode> = new Map([
  ["knock_again", "ITEM_LOGIN_REQUIRED"],
  ["grant_ended", "ITEM_REVOKED"],
  ["too_fast", "PROVIDER_RATE_LIMITED"],
  ["our_fault", "PROVIDER_UNAVAILABLE"],
  ["bad_key", "PROVIDER_MISCONFIGURED"],
]);

/** Acme's error answers as ours. */
export function readError({ body, endpoint, status, requestId }: ErrorAnswer): GatewayError {
  return faultOf(body?.fault, { endpoint, status, requestId });
}

/** A fault, of an answer or of a login. */
export function faultOf(value: unknown, from: Partial<Omit<ErrorAnswer, "body">> = {}): GatewayError {
  const { endpoint = "", status = null, requestId = null } = from;
  const fault = raw<AcmeFault>(value);
  const errorCode = text(fault.name);
  const code = CODES.get(errorCode) ?? codeOfStatus(status, errorCode !== null);
  return new GatewayError(code, `Acme ${endpoint}: ${errorCode ?? "no fault"}: ${text(fault.words) ?? ""}`, {
    upstream: { provider, errorType: text(fault.family), errorCode, httpStatus: status, requestId },
  });
}

function codeOfStatus(status: number | null, readable: boolean): ErrorCode {
  if (status === 429) return "PROVIDER_RATE_LIMITED";
  if (status !== null && status >= 500) return "PROVIDER_UNAVAILABLE";
  if (status === 401 && !readable) return "PROVIDER_MISCONFIGURED";
  return readable ? "PROVIDER_ERROR" : "PROVIDER_BAD_RESPONSE";
}
