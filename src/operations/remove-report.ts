import { isoNow } from "../clock.ts";
import { GatewayError } from "../errors.ts";
import { moveSource } from "../reports/move-source.ts";
import { removeContent } from "../store/report-content.ts";
import { endShares } from "../store/report-shares.ts";
import { listSources } from "../store/report-sources.ts";
import { findReport, lockReport, type StoredReport, updateReport } from "../store/reports.ts";
import type { OperationDeps } from "./deps.ts";

/**
 * Removes the viewer's report: nothing of its content stays here, each source is removed at its aggregator, and its shares end. One opened
 * from a share is only forgotten here. Removing it again changes nothing.
 * @throws GatewayError NOT_FOUND when there is none or it is another's.
 */
export function removeReport(deps: OperationDeps, viewer: string, reportId: string): Promise<StoredReport> {
  return deps.store.transaction(async (tx) => {
    const report = await findReport(tx.db, viewer, reportId);
    if (!report || !(await lockReport(tx.db, reportId))) {
      throw new GatewayError("NOT_FOUND", "There is no such report.", { field: "id" });
    }
    const sources = (await listSources(tx.db, [reportId])).filter((source) => source.state !== "REMOVED");
    await removeContent(
      tx.db,
      sources.map((source) => source.id),
    );
    for (const source of sources) {
      // forgotten by whom it was shared with: the token opens it anew
      await moveSource(deps, tx, source, "REMOVED", {
        ...{ share_fingerprint: null, recheck_at: null, error: null, excluded_accounts: [] },
      });
      if (source.token_sealed) await deps.jobs.send(tx, "remove-report-source", { sourceId: source.id });
    }
    // an audit copy falls with its upstream report, but not where another report stands for that one as well
    for (const share of await endShares(tx.db, reportId, isoNow(deps.clock))) {
      await deps.jobs.send(tx, "remove-share", { shareId: share.id });
    }
    await updateReport(tx.db, reportId, { status: "REMOVED", user_sealed: null });
    return { ...report, status: "REMOVED", user_sealed: null };
  });
}
