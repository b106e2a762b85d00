import { readFile } from "node:fs/promises";
import { z } from "zod";
import { FAULT_SHAPE } from "./fault-schema.ts";
import type { OwnFaults } from "./faults.ts";
import { MOMENT } from "./moment.ts";
import { PlainError, readPlain } from "./read-plain.ts";
import type { SandboxTime } from "./sandbox-clock.ts";

/** How a sandbox begins: where its clock stands, and the faults that are in force. */
const SCRIPT = z.strictObject({
  clock: z.strictObject({ to: MOMENT.optional(), still: z.boolean().optional() }).optional(),
  faults: z.array(FAULT_SHAPE).optional(),
});

/** What a script has the sandbox begin with: the clock before anything lives by it, the faults once there are endpoints. */
export interface Script {
  /** A clock that is beyond `to` already stays, for a restart does not take it back. */
  setClock(clock: SandboxTime): Promise<void>;
  /** @throws PlainError naming the file, and each endpoint that its aggregator has not. */
  scriptFaults(faults: OwnFaults): void;
}

/** Reads how the sandbox begins. @throws PlainError naming the file, and each key at fault. */
export async function readScript(file: string): Promise<Script> {
  const written = await read(file);
  const { clock: wanted = {} } = readPlain(SCRIPT, written, file);
  return {
    async setClock(clock) {
      const { to, still } = wanted;
      if (still === true) await clock.stop(); // first, so that it stands at that very moment
      if (to !== undefined && to > clock.now()) await clock.advanceTo(to);
      if (still === false) await clock.go();
    },
    scriptFaults(faults) {
      const script = readPlain(z.object({ faults: z.array(faults.schema).default([]) }), written, file);
      for (const fault of script.faults) faults.script(fault);
    },
  };
}

async function read(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new PlainError(`${file}: ${(error as Error).message}`);
  }
}
