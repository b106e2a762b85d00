import { ConfigError } from "../config/config-error.ts";
import type { SandboxConfig } from "../config.ts";

/** Turns a start's failure for a port of the sandbox's that another process has into a fault of its variable; others pass through. */
export function refuseTakenPort({ PLAID, LINK_MONEY }: SandboxConfig["ports"]): (error: unknown) => never {
  const names = new Map<unknown, string>([
    [LINK_MONEY, "SANDBOX_LINK_MONEY_PORT"],
    [PLAID, "SANDBOX_PLAID_PORT"],
  ]);
  return (error) => {
    const { code, port } = Object(error) as { code?: unknown; port?: unknown };
    const name = names.get(port);
    if (code !== "EADDRINUSE" || name === undefined) throw error;
    throw new ConfigError([{ name, found: `${port}, which is taken`, wanted: "a port that is free" }]);
  };
}
