import type { Action } from "../../schema/enums.ts";
import type { ProviderError } from "../../schema/errors.ts";
import { asGatewayError, GatewayError } from "../errors.ts";

/** An error as it is kept in a row (jsonb) for showing it again: everything that a viewer may see of it. */
export interface StoredError extends Omit<ProviderError, "causes"> {
  action: Action;
  causes: { remoteItemId: string; error: StoredError }[];
}

const NOTHING_SAID = {
  displayMessage: null,
  errorType: null,
  errorCode: null,
  errorCodeReason: null,
  httpStatus: null,
  requestId: null,
  documentationUrl: null,
  suggestedAction: null,
};

/** An error, or anything else thrown, as it is kept. */
export function storedError(thrown: unknown): StoredError {
  const { code, message, action, retryable, options } = asGatewayError(thrown);
  const { provider = null, causes = [], ...said } = options.upstream ?? {};
  return {
    ...{ code, action, retryable },
    message: code === "INTERNAL_SERVER_ERROR" ? asGatewayError(null).message : message, // its own words are for the log
    retryAt: options.retryAt === undefined ? null : new Date(options.retryAt).toISOString(),
    provider,
    ...NOTHING_SAID,
    ...said,
    causes: causes.map(({ remoteItemId, error }) => ({ remoteItemId, error: storedError(error) })),
  };
}

/** A kept error, to be thrown or shown again. */
export function revivedError(stored: StoredError): GatewayError {
  const { code, message, action, retryable, retryAt, provider, causes, ...said } = stored;
  return new GatewayError(code, message, {
    action,
    retryable,
    ...(retryAt !== null && { retryAt: Date.parse(retryAt) }),
    ...(provider !== null && {
      upstream: {
        provider,
        ...said,
        causes: causes.map(({ remoteItemId, error }) => ({ remoteItemId, error: revivedError(error) })),
      },
    }),
  });
}
