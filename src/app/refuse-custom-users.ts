import { ConfigError } from "../config/config-error.ts";
import { ENVIRONMENT } from "../config/environment.ts";
import { CustomUserError } from "../sandbox/custom-users/read-custom-user.ts";

/** Turns a start's failure for a custom user that cannot be read into a fault of SANDBOX_USERS; others pass through. */
export function refuseCustomUsers(error: unknown): never {
  if (!(error instanceof CustomUserError)) throw error;
  const { wanted } = ENVIRONMENT.SANDBOX_USERS;
  throw new ConfigError([
    { name: "SANDBOX_USERS", found: error.message, wanted: `${wanted} of custom users in Plaid's format` },
  ]);
}
