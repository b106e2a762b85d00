import type { Unavailable } from "../schema/errors.ts";
import { GatewayError } from "../src/errors.ts";

/** What `unavailable` says, as the error of a single thing that could not be had. */
export function unavailableError({ error, action }: Unavailable): GatewayError {
  const { code, message, retryable, retryAt, provider, causes: _, ...said } = error;
  return new GatewayError(code, message, {
    action,
    retryable,
    ...(retryAt === null ? {} : { retryAt: Date.parse(retryAt) }),
    ...(provider === null ? {} : { upstream: { provider, ...said } }),
  });
}
