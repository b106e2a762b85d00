import type { SandboxConfig } from "../../config.ts";
import { CONTROL_PREFIX } from "../../sandbox/control.ts";
import { CustomUserError } from "../../sandbox/custom-users/read-custom-user.ts";
import { CONTROL_COMMANDS, type Fields, type Sent, UsageError } from "./control-commands.ts";

type Print = (line: string) => void;

/** The sandbox does not do it, or does not answer. */
class Refusal extends Error {}

/** A day of an item that has a webhook takes a twentieth of a second or so; fetch itself waits no longer. */
const PATIENCE_MS = 300_000;

/**
 * `tributary sandbox <command>`: links users, turns the clock, scripts faults and reads the logs of a sandbox that runs on this machine. Prints
 * JSON, of a list one line each. Resolves to the exit code: 2 for a command line that cannot be followed.
 */
export async function controlSandbox(
  { ports }: Pick<SandboxConfig, "ports">,
  print: Print,
  name: string,
  args: readonly string[],
): Promise<number> {
  if (name === "help") {
    for (const line of usage()) print(line);
    return 0;
  }
  const command = Object.hasOwn(CONTROL_COMMANDS, name) ? CONTROL_COMMANDS[name] : undefined;
  try {
    if (!command) throw new UsageError(`"${name}" is no command of the sandbox.`);
    for (const sent of command.send(args)) {
      for (const line of linesOf(await ask(ports.PLAID ?? 0, sent))) print(line);
    }
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      for (const line of [error.message, ...usage()]) print(line);
      return 2;
    }
    if (!(error instanceof Refusal || error instanceof CustomUserError)) throw error;
    print(error.message);
    return 1;
  }
}

function usage(): string[] {
  const heads = Object.entries(CONTROL_COMMANDS).map(([name, { usage, does }]) => [`${name} ${usage}`.trim(), does]);
  const width = Math.max(...heads.map(([head = ""]) => head.length));
  return ["Usage: tributary sandbox", ...heads.map(([head = "", does]) => `  ${head.padEnd(width)}  ${does}`)];
}

async function ask(port: number, { method, path, query = {}, body }: Sent): Promise<Fields> {
  const url = new URL(`http://127.0.0.1:${port}${CONTROL_PREFIX}${path}`);
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, String(value));
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const headers = { "content-type": "application/json" };
  const answer = await fetch(url, { method, headers, body: JSON.stringify(body), signal }).catch((cause) => {
    const advice = "start one with `npm run sandbox`, or say by SANDBOX_PLAID_PORT where one runs";
    throw new Refusal(`No sandbox answers at ${url.origin}: ${advice}.`, { cause });
  });
  const told = (await answer.json()) as Fields;
  if (!answer.ok) throw new Refusal(String(told.error));
  return told;
}

/** One line for each of a list, else one for the whole. */
function linesOf(told: Fields): string[] {
  const [only, ...more] = Object.values(told);
  return (Array.isArray(only) && more.length === 0 ? only : [told]).map((one) => JSON.stringify(one));
}
