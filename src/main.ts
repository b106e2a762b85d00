import { aggregators } from "../adapters/registry.ts";
import { greeting } from "./app/greeting.ts";
import { startApp } from "./app.ts";
import { ConfigError } from "./config/config-error.ts";
import { parseConfig } from "./config.ts";
import { createLog } from "./log.ts";

/** Longer than jobs and requests under way may take. */
const CLOSE_DEADLINE_MS = 45_000;

/** The process's entry: environment in, a running gateway out; ends in order on SIGINT and SIGTERM. */
async function main(): Promise<void> {
  const config = parseConfig(process.env, aggregators);
  const log = createLog({ level: config.logLevel });
  const app = await startApp(config, { log });
  process.stderr.write(greeting(app, config));

  let closing = false;
  const end = (signal: NodeJS.Signals) => {
    if (closing) return process.exit(1);
    closing = true;
    log.info({ signal }, "closing");
    setTimeout(() => process.exit(1), CLOSE_DEADLINE_MS).unref();
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, "could not close in order");
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
}

main().catch((error: unknown) => {
  const shown =
    error instanceof ConfigError
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  process.stderr.write(`Tributary did not start.\n${shown}\n`);
  process.exit(1);
});
