import { errorReader } from "../plaid-format/error-reader.ts";

/** Plaid's errors in ours. A refusal without a code can only mean the credentials: they stand in every call's headers. */
export const readError = errorReader("PLAID", () => "PROVIDER_MISCONFIGURED");
