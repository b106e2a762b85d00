import { GatewayError } from "../../src/errors.ts";
import type { ReadError } from "../http.ts";
import { errorReader } from "../plaid-format/error.ts";

const read = errorReader("PLAID");

/** Plaid's errors in ours. A refusal without a code can only mean the credentials: they stand in every call's headers. */
export const readError: ReadError = (answer) => {
  const error = read(answer);
  const refused = (answer.status === 401 || answer.status === 403) && !error.options.upstream?.errorCode;
  return refused ? new GatewayError("PROVIDER_MISCONFIGURED", error.message, error.options) : error;
};
