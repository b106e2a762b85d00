import { GatewayError } from "../../src/errors.ts";
import type { ReadError } from "../http.ts";
import { errorReader } from "../plaid-format/error.ts";

const read = errorReader("LINK_MONEY");

/** Endpoints that carry the client's credentials; all others the user's token. */
const WITH_CREDENTIALS = /^\/(asset_report|webhook__verification_key)/;

/** Link Money's errors in ours: Plaid's codes. A refusal without a code means whatever the call was authorised by. */
export const readError: ReadError = (answer) => {
  const error = read(answer);
  const refused = (answer.status === 401 || answer.status === 403) && !error.options.upstream?.errorCode;
  if (!refused) return error;
  const code = WITH_CREDENTIALS.test(answer.endpoint) ? "PROVIDER_MISCONFIGURED" : "ITEM_REVOKED";
  return new GatewayError(code, error.message, error.options);
};
