import { storedError } from "../errors/stored-error.ts";
import { GatewayError } from "../errors.ts";
import { removeContent } from "../store/report-content.ts";
import type { StoredSource } from "../store/report-sources.ts";
import type { ReportDeps } from "./deps.ts";
import { moveSource, withLockedSource } from "./move-source.ts";

/** Ends a shared report here once its aggregator says that the share is over: nothing of its content or token stays. */
export async function takeBack(deps: ReportDeps, sourceId: string, cause: GatewayError): Promise<void> {
  await withLockedSource(deps, sourceId, async (tx, source) => {
    if (source.state === "REMOVED") return;
    await removeContent(tx.db, [sourceId]);
    await moveSource(deps, tx, source, "REMOVED", {
      error: storedError(takenBack(source, cause)),
      token_sealed: null,
      recheck_at: null,
    });
  });
}

/** What reading it is answered from then on. */
export function takenBack({ provider }: Pick<StoredSource, "provider">, cause?: GatewayError): GatewayError {
  const upstream = cause?.options.upstream ?? { provider };
  return new GatewayError("GONE", "The owner of this report has taken it back.", { upstream });
}
