import type { ProviderError } from "../../schema/errors.ts";
import { GatewayError } from "../errors.ts";
import { type StoredError, storedError } from "./stored-error.ts";

/** The schema's `ProviderError` of an error as thrown, or as stored; the items of its causes are known by remote id only. */
export function providerError(error: GatewayError | StoredError): ProviderError {
  const { action: _, causes, ...shown } = error instanceof GatewayError ? storedError(error) : error;
  return {
    ...shown,
    causes: causes.map((cause) => ({
      itemUuid: null,
      remoteItemId: cause.remoteItemId,
      error: providerError(cause.error),
    })),
  };
}
