import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/** A gateway in a process of its own, as `npm start` runs it. */
export interface GatewayProcess {
  url: string;
  pid: number;
  /** From its start until it said that it is ready. */
  startedMs: number;
  /** All that it wrote to both outputs. */
  output(): string;
  /** Ends it: SIGKILL leaves it no time for anything. */
  kill(signal: "SIGKILL" | "SIGTERM"): Promise<void>;
}

/** Runs `bin/tributary.js` with this environment only. @throws when it ends before it is ready, with what it wrote. */
export async function startProcess(env: Record<string, string>, args: string[] = []): Promise<GatewayProcess> {
  const began = performance.now();
  const child = spawn(process.execPath, [join(ROOT, "bin/tributary.js"), ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", PORT: "0", ...env },
  });
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      const found = /GraphQL +(http:\S+)\/graphql/.exec(output);
      if (found?.[1] && output.includes("Tributary is ready.")) resolve(found[1]);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", (code) => reject(new Error(`ended with ${code} before it was ready:\n${output}`)));
  });
  return {
    url,
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
