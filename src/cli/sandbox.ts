import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { aggregatorOf, aggregators } from "../../adapters/registry.ts";
import { openSandbox } from "../app/open-sandbox.ts";
import { systemClock } from "../clock.ts";
import { ConfigError } from "../config/config-error.ts";
import type { Env } from "../config/environment-reader.ts";
import { parseConfig } from "../config.ts";
import { createLog } from "../log.ts";
import { IMITATED, type Imitated } from "../sandbox/imitated.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { controlSandbox } from "./sandbox/control-sandbox.ts";

/** The variables that hold for the imitated aggregators alone; the gateway's own do not matter to them. */
const READ = [
  "NODE_ENV",
  "DATA_DIR",
  "LOG_LEVEL",
  "SANDBOX_SEED",
  "SANDBOX_USERS",
  "SANDBOX_REPORT_MS",
  "SANDBOX_SCRIPT",
  "SANDBOX_RATE_LIMITS",
];
/** Where the imitated aggregators listen unless told otherwise. */
const PORTS = [
  ["SANDBOX_PLAID_PORT", "4101"],
  ["SANDBOX_LINK_MONEY_PORT", "4102"],
] as const;

/**
 * `tributary sandbox`: the imitated aggregators alone, on ports 4101 and 4102 unless SANDBOX_PLAID_PORT and
 * SANDBOX_LINK_MONEY_PORT say otherwise, until the process is told to end. Prints the variables for a gateway that is to use
 * them. Any command behind it controls one that runs. Resolves to the exit code.
 */
export async function sandbox(
  env: Env,
  print: (line: string) => void = console.log,
  [command, ...args]: readonly string[] = [],
): Promise<number> {
  try {
    const config = parseConfig(
      {
        ...Object.fromEntries(READ.map((name) => [name, env[name]])),
        SANDBOX: "on",
        ...Object.fromEntries(PORTS.map(([name, port]) => [name, env[name] || port])),
      },
      aggregators,
    );
    if (!config.sandbox) throw new Error("SANDBOX=on gave no sandbox.");
    if (command !== undefined) return await controlSandbox(config.sandbox, print, command, args);
    await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
    const running = await openSandbox(config.sandbox, {
      stateFile: join(config.dataDir, "sandbox-alone.json"),
      clock: systemClock,
      log: createLog({ level: config.logLevel }),
    });
    for (const provider of IMITATED) printEndpoint(print, provider, running);
    print("# A gateway with these wants AUTH_JWT_SECRET too.");
    await toldToEnd();
    await running.close();
    return 0;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const own = error.faults.filter(({ name }) => name.startsWith("SANDBOX") || READ.includes(name));
    print(new ConfigError(own).message);
    return 1;
  }
}

/** What the imitation gives is made up: its credentials and tokens are no secrets. */
function printEndpoint(print: (line: string) => void, provider: Imitated, { endpoints, demo }: Sandbox): void {
  const prefix = aggregatorOf(provider).envPrefix;
  const { baseUrl, clientId, secret } = endpoints[provider];
  print(`${prefix}_BASE_URL=${baseUrl}`);
  print(`${prefix}_CLIENT_ID=${clientId}`);
  print(`${prefix}_SECRET=${secret}`);
  for (const token of demo[provider]) print(`# importItem takes ${token}`);
}

function toldToEnd(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}
