import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { ItemRecord, PublicToken } from "./items.ts";
import type { LinkSession } from "./link-sessions.ts";
import type { ReportRecord } from "./reports.ts";
import type { ClockState } from "./sandbox-clock.ts";
import type { KeyRecord } from "./signing-keys.ts";
import type { Day } from "./world/day.ts";

/** All that clients changed, and the keys that webhooks are signed with. What an item holds is made anew from its record. */
export interface State {
  items: ItemRecord[];
  publicTokens: PublicToken[];
  reports: ReportRecord[];
  keys: KeyRecord[];
  links: LinkSession[];
  clock?: ClockState;
  /** The day up to which the life of items was told by webhooks. */
  toldUpTo?: Day;
}

/** The state and the place where it is kept. */
export interface StateStore {
  readonly state: State;
  /** Writes it, so that a kill after this loses nothing. Holds access tokens and private keys: mode 0600. */
  save(): void;
}

/** The file of the state cannot be read: names it, and says why and what to do. */
export class StateError extends Error {
  override readonly name = "StateError";

  readonly file: string;
  /** What the file is, e.g. "is not JSON". */
  readonly problem: string;

  constructor(file: string, problem: string, options?: ErrorOptions) {
    super(`the sandbox's state ${file} ${problem}: move it away to let the sandbox begin anew`, options);
    this.file = file;
    this.problem = problem;
  }
}

const VERSION = 2;

/** Opens the state in a file (made at the first save), or in memory only. @throws StateError. */
export function openState(file: string | null): StateStore {
  const state = { items: [], publicTokens: [], reports: [], keys: [], links: [], ...(file && read(file)) };
  return {
    state,
    save() {
      if (!file) return;
      const next = `${file}.next`;
      writeFileSync(next, JSON.stringify({ version: VERSION, ...state }), { mode: 0o600 });
      renameSync(next, file);
    },
  };
}

function read(file: string): State | null {
  if (!existsSync(file)) return null;
  const text = readFileSync(file, "utf8");
  let found: State & { version?: unknown };
  try {
    found = JSON.parse(text);
  } catch (cause) {
    throw new StateError(file, "is not JSON", { cause });
  }
  const { version, ...state } = Object(found) as typeof found;
  if (version !== VERSION) throw new StateError(file, `has version ${version}, wanted ${VERSION}`);
  return state;
}
