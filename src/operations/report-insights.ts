import { isoNow } from "../clock.ts";
import { asGatewayError, type GatewayError } from "../errors.ts";
import { readSourceReport } from "../reports/check-source.ts";
import { contentRows } from "../reports/content.ts";
import { withLockedSource } from "../reports/settle.ts";
import { findHeads, storeContent } from "../store/report-content.ts";
import type { StoredSource } from "../store/report-sources.ts";
import type { OperationDeps } from "./deps.ts";

/** Fetches insights of one source; null when they are kept, else why they could not be had. */
export type FetchInsights = (source: StoredSource, signal: AbortSignal) => Promise<GatewayError | null>;

/**
 * Insights (names, categories, merchants, places, payments of a report's transactions) are fetched when first selected, once a
 * source however many ask, and kept in place of the content without them.
 */
export function createFetchInsights(deps: OperationDeps): FetchInsights {
  const flights = new Map<string, Promise<GatewayError | null>>();
  return (source, signal) => {
    const known = flights.get(source.id);
    if (known) return known;
    const flight = fetchInsights(deps, source, signal).finally(() => flights.delete(source.id));
    flights.set(source.id, flight);
    return flight;
  };
}

async function fetchInsights(
  deps: OperationDeps,
  source: StoredSource,
  signal: AbortSignal,
): Promise<GatewayError | null> {
  const [head] = await findHeads(deps.store.db, [source.id]);
  if (!head || head.insights) return null;
  try {
    const reading = await readSourceReport(deps, source, { insights: true }, signal);
    const rows = contentRows(deps.vault, source, reading, { insights: true, storedAt: isoNow(deps.clock) });
    await withLockedSource(deps, source.id, async (tx, current) => {
      if (current.state === "READY") await storeContent(tx.db, rows.head, rows.pages);
    });
    return null;
  } catch (thrown) {
    const error = asGatewayError(thrown);
    deps.log.warn(
      { err: thrown, source: source.id, provider: source.provider },
      "insights of an asset report could not be read",
    );
    return error;
  }
}
