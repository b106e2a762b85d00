import { GatewayError } from "../errors.ts";
import { findSource, updateSource } from "../store/report-sources.ts";
import type { ReportDeps } from "./deps.ts";
import { WRITE_DEADLINE_MS } from "./schedule.ts";
import { withDeadline } from "./with-deadline.ts";

/**
 * Ends a removed (or given-up) source's report at the aggregator and destroys its token once that is confirmed.
 * @throws GatewayError when the aggregator did not confirm it: the job comes back.
 */
export async function removeSource(deps: ReportDeps, sourceId: string): Promise<void> {
  const source = await findSource(deps.store.db, sourceId);
  if (!source?.token_sealed || (source.state !== "REMOVED" && source.state !== "FAILED")) return;
  const adapter = deps.adapters.get(source.provider);
  if (!adapter?.removeReport) {
    throw new GatewayError(
      "PROVIDER_MISCONFIGURED",
      `${source.provider} is not configured: its report ${source.remote_id ?? ""} cannot be removed there.`,
    );
  }
  const removeReport = adapter.removeReport.bind(adapter);
  const token = deps.vault.openText(source.token_sealed, { viewer: source.viewer, row: source.id, field: "token" });
  await withDeadline(deps.clock, { what: "/asset_report/remove", ms: WRITE_DEADLINE_MS }, (signal) =>
    removeReport({ token, budgetKey: source.id, signal }),
  );
  await updateSource(deps.store.db, sourceId, { token_sealed: null });
}
