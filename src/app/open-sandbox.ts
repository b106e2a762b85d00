import type { Clock } from "../clock.ts";
import { ConfigError, type ConfigFault } from "../config/config-error.ts";
import { ENVIRONMENT } from "../config/environment.ts";
import type { SandboxConfig } from "../config.ts";
import type { Log } from "../log.ts";
import { CustomUserError } from "../sandbox/custom-users/read-custom-user.ts";
import { IMITATED } from "../sandbox/imitated.ts";
import { PlainError } from "../sandbox/read-plain.ts";
import { type Sandbox, startSandbox } from "../sandbox/sandbox.ts";
import { StateError } from "../sandbox/state.ts";
import { publishedLimits } from "./published-limits.ts";

/**
 * Starts the imitated aggregators as they are configured, with their state kept in `stateFile`.
 * @throws ConfigError for a custom user, a script or a state that cannot be read, and for a port that is taken.
 */
export async function openSandbox(
  config: SandboxConfig,
  options: { stateFile: string; clock: Clock; log: Log },
): Promise<Sandbox> {
  try {
    return await startSandbox({ ...config, limits: publishedLimits(config.heldTo), ...options });
  } catch (error) {
    const fault = faultOf(error, config);
    throw fault ? new ConfigError([fault]) : error;
  }
}

/** The variable behind a failed start; null for what no variable mends. */
function faultOf(error: unknown, { ports }: SandboxConfig): ConfigFault | null {
  if (error instanceof CustomUserError) {
    const wanted = `${ENVIRONMENT.SANDBOX_USERS.wanted} of custom users in Plaid's format`;
    return { name: "SANDBOX_USERS", found: error.message, wanted };
  }
  if (error instanceof PlainError) {
    const wanted = `${ENVIRONMENT.SANDBOX_SCRIPT.wanted} as docs/sandbox.md says`;
    return { name: "SANDBOX_SCRIPT", found: error.message, wanted };
  }
  if (error instanceof StateError) {
    const wanted = "a state of the sandbox's own: move that file away to let the sandbox begin anew";
    return { name: "DATA_DIR", found: error.found, wanted };
  }
  const { code, port } = Object(error) as { code?: unknown; port?: unknown };
  if (code !== "EADDRINUSE") return null;
  const provider = IMITATED.find((one) => ports[one] === port);
  return provider
    ? { name: `SANDBOX_${provider}_PORT`, found: `${port}, which is taken`, wanted: "a port that is free" }
    : null;
}
