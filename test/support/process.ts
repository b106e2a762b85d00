import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/** A process of `bin/tributary.js` that runs until it is ended. */
interface RunningProcess {
  pid: number;
  /** From its start until it said that it is ready. */
  startedMs: number;
  /** All that it wrote to both outputs. */
  output(): string;
  /** Ends it: SIGKILL leaves it no time for anything. */
  kill(signal: "SIGKILL" | "SIGTERM"): Promise<void>;
}

/** A gateway in a process of its own, as `npm start` runs it. */
export interface GatewayProcess extends RunningProcess {
  url: string;
}

/** The imitated aggregators in a process of their own, as `npm run sandbox` runs them. */
export interface SandboxProcess extends RunningProcess {
  /** What it printed for a gateway that is to use them, e.g. PLAID_BASE_URL. */
  env: Readonly<Record<string, string>>;
  /** The household's access tokens, Plaid's first. */
  accessTokens: readonly string[];
}

/** Runs a gateway with this environment only. @throws when it ends before it is ready, with what it wrote. */
export async function startProcess(env: Record<string, string>): Promise<GatewayProcess> {
  const running = await start([], { PORT: "0", ...env }, "Tributary is ready.");
  const url = /GraphQL +(http:\S+)\/graphql/.exec(running.output())?.[1];
  if (!url) throw new Error(`said nowhere where it is:\n${running.output()}`);
  return { ...running, url };
}

/** Runs the sandbox alone with this environment only, on any free ports unless it says which. @throws as `startProcess`. */
export async function startSandboxProcess(env: Record<string, string>): Promise<SandboxProcess> {
  const ports = { SANDBOX_PLAID_PORT: "0", SANDBOX_LINK_MONEY_PORT: "0" };
  const running = await start(["sandbox"], { ...ports, ...env }, "A gateway with these wants");
  const printed = running.output();
  return {
    ...running,
    env: Object.fromEntries(
      [...printed.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = "", value = ""]) => [name, value]),
    ),
    accessTokens: [...printed.matchAll(/^# importItem takes (\S+)$/gm)].map(([, token = ""]) => token),
  };
}

/** Resolves once it has written `ready`. */
async function start(args: string[], env: Record<string, string>, ready: string): Promise<RunningProcess> {
  const began = performance.now();
  const child = spawn(process.execPath, [join(ROOT, "bin/tributary.js"), ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", ...env },
  });
  let output = "";
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      if (output.includes(ready)) resolve();
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", (code) => reject(new Error(`ended with ${code} before it was ready:\n${output}`)));
  });
  return {
    pid: child.pid ?? 0,
    startedMs: performance.now() - began,
    output: () => output,
    kill: (signal) => end(child, signal),
  };
}

/** Runs `bin/tributary.js` until it ends by itself. */
export async function runProcess(
  env: Record<string, string>,
  args: string[] = [],
): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [join(ROOT, "bin/tributary.js"), ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", ...env },
  });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  const [code] = (await once(child, "exit")) as [number];
  return { code, output };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
}
