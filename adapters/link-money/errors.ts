import { errorReader } from "../plaid-format/error-reader.ts";

/** Endpoints that carry the client's credentials; all others the user's token. */
const WITH_CREDENTIALS = /^\/(asset_report|webhook__verification_key)/;

/** Link Money's errors in ours: Plaid's codes. A refusal without a code means whatever the call was authorised by. */
export const readError = errorReader("LINK_MONEY", (endpoint) =>
  WITH_CREDENTIALS.test(endpoint) ? "PROVIDER_MISCONFIGURED" : "ITEM_REVOKED",
);
