import type { Action, ErrorCode, Provider } from "../../schema/enums.ts";
import { asGatewayError, GatewayError } from "../errors.ts";

/** An error as it is kept in a row (jsonb) for showing it again: everything that a viewer may see of it. */
export interface StoredError {
  code: ErrorCode;
  message: string;
  action: Action;
  retryable: boolean;
  retryAt: string | null;
  displayMessage: string | null;
  provider: Provider | null;
  errorType: string | null;
  errorCode: string | null;
  errorCodeReason: string | null;
  httpStatus: number | null;
  requestId: string | null;
  documentationUrl: string | null;
  suggestedAction: string | null;
  causes: { remoteItemId: string; error: StoredError }[];
}

/** An error, or anything else thrown, as it is kept. */
export function storedError(thrown: unknown): StoredError {
  const error = asGatewayError(thrown);
  const { upstream, retryAt } = error.options;
  return {
    code: error.code,
    message: error.message,
    action: error.action,
    retryable: error.retryable,
    retryAt: retryAt === undefined ? null : new Date(retryAt).toISOString(),
    displayMessage: upstream?.displayMessage ?? null,
    provider: upstream?.provider ?? null,
    errorType: upstream?.errorType ?? null,
    errorCode: upstream?.errorCode ?? null,
    errorCodeReason: upstream?.errorCodeReason ?? null,
    httpStatus: upstream?.httpStatus ?? null,
    requestId: upstream?.requestId ?? null,
    documentationUrl: upstream?.documentationUrl ?? null,
    suggestedAction: upstream?.suggestedAction ?? null,
    causes: (upstream?.causes ?? []).map((cause) => ({
      remoteItemId: cause.remoteItemId,
      error: storedError(cause.error),
    })),
  };
}

/** A kept error, to be thrown or shown again. */
export function revivedError(stored: StoredError): GatewayError {
  return new GatewayError(stored.code, stored.message, {
    action: stored.action,
    retryable: stored.retryable,
    ...(stored.retryAt === null ? {} : { retryAt: Date.parse(stored.retryAt) }),
    ...(stored.provider === null
      ? {}
      : {
          upstream: {
            provider: stored.provider,
            displayMessage: stored.displayMessage,
            errorType: stored.errorType,
            errorCode: stored.errorCode,
            errorCodeReason: stored.errorCodeReason,
            httpStatus: stored.httpStatus,
            requestId: stored.requestId,
            documentationUrl: stored.documentationUrl,
            suggestedAction: stored.suggestedAction,
            causes: stored.causes.map((cause) => ({
              remoteItemId: cause.remoteItemId,
              error: revivedError(cause.error),
            })),
          },
        }),
  });
}
