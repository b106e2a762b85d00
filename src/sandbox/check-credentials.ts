import { ApiError } from "./api-error.ts";
import type { ApiRequest, Core } from "./endpoints.ts";

/**
 * Takes the client's credentials from the headers PLAID-CLIENT-ID and PLAID-SECRET or from the body.
 * @throws ApiError MISSING_FIELDS or INVALID_API_KEYS.
 */
export function checkCredentials({ headers, body }: ApiRequest, core: Core, secretField = "secret"): void {
  const clientId = headers["plaid-client-id"] ?? body.client_id;
  const secret = headers["plaid-secret"] ?? body[secretField];
  const missing = [...(clientId === undefined ? ["client_id"] : []), ...(secret === undefined ? [secretField] : [])];
  if (missing.length > 0) {
    const message = `the following required fields are missing: ${missing.join(", ")}`;
    throw new ApiError("MISSING_FIELDS", { message });
  }
  if (clientId !== core.clientId || secret !== core.secret) throw new ApiError("INVALID_API_KEYS");
}
