import { type Clock, delay } from "../clock.ts";

/** How long the outcome of an upstream write is tried to be kept. */
const KEEP_MS = 240_000;

/**
 * Keeps what was made or refused upstream and is known here only: a database that is away for a while must not lose it. `failed` hears of
 * every try that failed but the last, which is thrown.
 */
export async function untilKept<T>(
  clock: Clock,
  keep: () => Promise<T>,
  failed: (error: unknown, tries: number) => void,
): Promise<T> {
  const end = clock.now() + KEEP_MS;
  for (let tries = 1; ; tries++) {
    try {
      return await keep();
    } catch (error) {
      if (clock.now() > end) throw error;
      failed(error, tries);
      await delay(clock, Math.min(tries, 5) * 1_000);
    }
  }
}
