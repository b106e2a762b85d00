import { GatewayError } from "../src/errors.ts";

/** Below a list nothing upstream makes an error: what could not be had is null. A fault of the gateway is still thrown. */
export function nullForUpstream(error: unknown): null {
  if (error instanceof GatewayError && error.code !== "INTERNAL_SERVER_ERROR") return null;
  throw error;
}
