import { readFile } from "node:fs/promises";
import { z } from "zod";
import { FAULT_SCHEMA } from "./fault-schema.ts";
import type { Faults } from "./faults.ts";
import { MOMENT } from "./moment.ts";
import { PlainError, readPlain } from "./read-plain.ts";
import type { SandboxTime } from "./sandbox-clock.ts";

/** How a sandbox begins: where its clock stands, and the faults that are in force. */
const SCRIPT = z.strictObject({
  clock: z.strictObject({ to: MOMENT.optional(), still: z.boolean().optional() }).optional(),
  faults: z.array(FAULT_SCHEMA).optional(),
});

/**
 * Has the sandbox begin as the JSON file says. A clock that is beyond `to` already stays, for a restart does not take it back.
 * @throws PlainError naming the file, and each key at fault.
 */
export async function runScript(
  file: string,
  { clock, faults }: { clock: SandboxTime; faults: Faults },
): Promise<void> {
  const script = readPlain(SCRIPT, await read(file), file);
  const { to, still } = script.clock ?? {};
  if (to !== undefined && to > clock.now()) await clock.advanceTo(to);
  if (still === true) await clock.stop();
  if (still === false) await clock.go();
  for (const fault of script.faults ?? []) faults.script(fault);
}

async function read(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new PlainError(`${file}: ${(error as Error).message}`);
  }
}
