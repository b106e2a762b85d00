import { orAbort } from "../clock/or-abort.ts";
import { revivedError, storedError } from "../errors/stored-error.ts";
import { asGatewayError, GatewayError } from "../errors.ts";
import { insightPacker } from "../reports/insight-packer.ts";
import { withLockedSource } from "../reports/move-source.ts";
import { readSourceReport } from "../reports/read-source-report.ts";
import { findHeads, refuseInsights, storeInsights } from "../store/report-content.ts";
import type { StoredSource } from "../store/report-sources.ts";
import type { OperationDeps } from "./deps.ts";

/** Fetches insights of one source; null when they are kept, else why they could not be had. */
export type FetchInsights = (source: StoredSource, signal: AbortSignal) => Promise<GatewayError | null>;

/**
 * Insights (names, categories, merchants, places, payments of a report's transactions) are fetched when first selected, once a
 * source however many ask, and kept. An asker that leaves does not end it for the others; a refusal is remembered.
 */
export function createFetchInsights(deps: OperationDeps): FetchInsights {
  const flights = new Map<string, Promise<GatewayError | null>>();
  return async (source, signal) => {
    const flight = flights.get(source.id) ?? fetchInsights(deps, source).finally(() => flights.delete(source.id));
    flights.set(source.id, flight);
    return orAbort(flight, signal).catch((reason: unknown) =>
      reason instanceof GatewayError
        ? reason
        : new GatewayError("PROVIDER_TIMEOUT", "The operation ended before the insights came."),
    );
  };
}

async function fetchInsights(deps: OperationDeps, source: StoredSource): Promise<GatewayError | null> {
  try {
    const [head] = await findHeads(deps.store.db, [source.id]);
    if (!head || head.insights) return null;
    if (head.insights_error) return revivedError(head.insights_error);
    const packer = await insightPacker(deps, source, head);
    await readSourceReport(deps, source, { insights: true, begin: packer.begin });
    await withLockedSource(deps, source.id, async (tx, current) => {
      if (current.state === "READY") await storeInsights(tx.db, source.id, packer.pages());
    });
    return null;
  } catch (thrown) {
    const error = asGatewayError(thrown);
    deps.log.warn(
      { err: thrown, source: source.id, provider: source.provider },
      "insights of an asset report could not be read",
    );
    if (error.code === "PRODUCT_UNSUPPORTED") await refuseInsights(deps.store.db, source.id, storedError(error));
    return error;
  }
}
