import { delay } from "../clock.ts";
import type { ReportDeps } from "./deps.ts";
import { KEEP_MS } from "./schedule.ts";

/**
 * Keeps what an aggregator made or refused: it is known here only, so a database that is away for a while must not lose it.
 * @throws what `keep` threw last, after KEEP_MS.
 */
export async function untilKept<T>(
  { clock, log }: Pick<ReportDeps, "clock" | "log">,
  of: { source: string } | { item: string },
  keep: () => Promise<T>,
): Promise<T> {
  const end = clock.now() + KEEP_MS;
  for (let tries = 1; ; tries++) {
    try {
      return await keep();
    } catch (error) {
      if (clock.now() > end) throw error;
      log.warn({ err: error, ...of, tries }, "the outcome of an upstream write could not be kept yet");
      await delay(clock, Math.min(tries, 5) * 1_000);
    }
  }
}
