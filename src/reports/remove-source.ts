import { adapterOf } from "../../adapters/adapter-of.ts";
import { withDeadline } from "../clock/with-deadline.ts";
import { GatewayError } from "../errors.ts";
import { findSource, isUsedElsewhere, updateSource } from "../store/report-sources.ts";
import { openToken } from "../store/tokens.ts";
import type { ReportDeps } from "./deps.ts";
import { isReceived } from "./is-received.ts";
import { WRITE_DEADLINE_MS } from "./schedule.ts";

/**
 * Ends a removed (or given-up) source's report at the aggregator and destroys its token once that is confirmed. An upstream report that
 * another source stands for as well goes with the last of them; of a shared one only the token here is destroyed.
 * @throws GatewayError when the aggregator did not confirm it: the job comes back.
 */
export async function removeSource(deps: ReportDeps, sourceId: string): Promise<void> {
  const source = await findSource(deps.store.db, sourceId);
  const token_sealed = source?.token_sealed;
  if (!source || !token_sealed || (source.state !== "REMOVED" && source.state !== "FAILED")) return;
  // a shared one is its owner's to remove; and another report may still stand for the viewer's own
  if (isReceived(source) || (await isUsedElsewhere(deps.store.db, source))) {
    await updateSource(deps.store.db, sourceId, { token_sealed: null });
    return;
  }
  const { removeReport } = adapterOf(deps.adapters, source.provider);
  if (!removeReport) throw new GatewayError("PRODUCT_UNSUPPORTED", `${source.provider} removes no asset reports.`);
  const token = openToken(deps.vault, { ...source, token_sealed });
  await withDeadline(deps.clock, { what: "/asset_report/remove", ms: WRITE_DEADLINE_MS }, (signal) =>
    removeReport({ token, budgetKey: source.id, signal }),
  );
  await updateSource(deps.store.db, sourceId, { token_sealed: null });
}
