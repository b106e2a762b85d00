import { problemsOf } from "./problems.ts";

/** How often and how long something is tried. */
export interface RetryOptions {
  /** How many times in a row it may fail. */
  attempts?: number;
  /** Ends the waiting, and with it the trying. */
  signal?: AbortSignal | undefined;
}

const LONGEST_PAUSE_MS = 30_000;

/**
 * Does `task` again when it fails for what passes by itself: the network, an error that says `retryable` (not before its `retryAt`), or a
 * token that has ended. For what may be done twice: a query, a mutation with an `idempotencyKey`, a subscription. A task that lasts calls
 * `progress` for each thing it gets done, and the count of attempts begins anew. @throws the last failure, or the signal's reason.
 */
export async function retry<T>(task: (progress: () => void) => Promise<T>, options: RetryOptions = {}): Promise<T> {
  const { attempts = 5, signal } = options;
  for (let failed = 0; ; ) {
    try {
      return await task(() => {
        failed = 0;
      });
    } catch (error) {
      failed += 1;
      if (failed >= attempts || signal?.aborted || !passes(error)) throw error;
      await pause(waitMs(error, failed), signal);
      signal?.throwIfAborted();
    }
  }
}

function passes(error: unknown): boolean {
  return problemsOf(error).every(({ retryable, code }) => retryable || code === "UNAUTHENTICATED");
}

/** Until the latest `retryAt`; where there is none each pause is twice as long as the one before, by chance somewhat shorter. */
function waitMs(error: unknown, failed: number): number {
  const until = problemsOf(error).flatMap(({ retryAt }) => (retryAt ? Date.parse(retryAt) - Date.now() : []));
  if (until.length > 0) return Math.max(0, ...until);
  return Math.min(LONGEST_PAUSE_MS, 250 * 2 ** failed) * (0.5 + Math.random() / 2);
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", done);
  });
}
