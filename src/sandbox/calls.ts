import type { Fault } from "./faults.ts";
import type { Imitated } from "./imitated.ts";
import { createJournal, type Journal } from "./journal.ts";

/** One request that the sandbox received. */
export interface SandboxCall {
  provider: Imitated;
  /** Plaid's path of the endpoint, e.g. "/accounts/get", whatever prefix the aggregator has. */
  endpoint: string;
  /** The item it was about; null when there was none, or several. */
  itemId: string | null;
  /** That item's user. */
  user: string | null;
  /** When it arrived, ms since the epoch. */
  at: number;
  /** HTTP status of the answer; null while there is none, and for ever when a fault swallowed it. */
  status: number | null;
  /** How long the answer took, in real time; null like the status. */
  ms: number | null;
  /** The body's fields, without the values of secrets; null when it was no JSON or is too large to keep. */
  request: Record<string, unknown> | null;
  /** What was scripted for it, besides latency. */
  fault: Fault["kind"] | null;
}

/** The requests received, oldest first; bounded. */
export type Calls = Journal<SandboxCall>;

export const createCalls = (): Calls => createJournal();
