import type { Imitated } from "./imitated.ts";

/** One request that the sandbox received. */
export interface SandboxCall {
  provider: Imitated;
  /** Plaid's path of the endpoint, e.g. "/accounts/get", whatever prefix the aggregator has. */
  endpoint: string;
  /** The item it was about; null when there was none, or several. */
  itemId: string | null;
  /** When it arrived, ms since the epoch. */
  at: number;
  /** HTTP status of the answer; null while there is none, and for ever when a fault swallowed it. */
  status: number | null;
}

/** The requests received, oldest first; bounded. */
export interface Calls {
  add(call: SandboxCall): void;
  list(): SandboxCall[];
  clear(): void;
}

const MOST_KEPT = 10_000;

export function createCalls(): Calls {
  let calls: SandboxCall[] = [];
  return {
    add(call) {
      calls.push(call);
      if (calls.length > 2 * MOST_KEPT) calls = calls.slice(-MOST_KEPT);
    },
    list: () => calls.slice(-MOST_KEPT).map((call) => ({ ...call })),
    clear() {
      calls = [];
    },
  };
}
