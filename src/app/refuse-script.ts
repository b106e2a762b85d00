import { ConfigError } from "../config/config-error.ts";
import { ENVIRONMENT } from "../config/environment.ts";
import { PlainError } from "../sandbox/read-plain.ts";

/** Turns a start's failure for a script of the sandbox that cannot be read into a fault of SANDBOX_SCRIPT; others pass through. */
export function refuseScript(error: unknown): never {
  if (!(error instanceof PlainError)) throw error;
  const { wanted } = ENVIRONMENT.SANDBOX_SCRIPT;
  throw new ConfigError([
    { name: "SANDBOX_SCRIPT", found: error.message, wanted: `${wanted} as docs/sandbox.md says` },
  ]);
}
