import type { Unavailable } from "../schema/errors.ts";
import { revivedError } from "../src/errors/stored-error.ts";
import type { GatewayError } from "../src/errors.ts";

/** What `unavailable` says, as the error of a single thing that could not be had. */
export function unavailableError({ error, action }: Unavailable): GatewayError {
  return revivedError({ ...error, action, causes: [] });
}
