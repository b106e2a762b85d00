import { storeContent } from "../store/report-content.ts";
import type { StoredSource } from "../store/report-sources.ts";
import { updateReport } from "../store/reports.ts";
import type { Tx } from "../store/store.ts";
import type { ReportDeps } from "./deps.ts";
import { isReceived } from "./is-received.ts";
import { moveSource } from "./move-source.ts";
import type { ReadContent } from "./read-content.ts";
import { RECHECK_MS } from "./schedule.ts";

/** Keeps the content of a locked source that is PENDING, which makes it READY; of a shared one also what only the content tells. */
export async function keepContent(
  deps: ReportDeps,
  tx: Tx,
  source: StoredSource,
  { rows, data }: ReadContent,
): Promise<void> {
  await storeContent(tx.db, rows.head, rows.pages);
  const received = isReceived(source);
  if (received) await updateReport(tx.db, source.report_id, { days_requested: data.daysRequested });
  await moveSource(deps, tx, source, "READY", {
    generated_at: data.generatedAt,
    ...(received && {
      remote_id: data.remoteId,
      recheck_at: new Date(deps.clock.now() + RECHECK_MS).toISOString(),
    }),
  });
}
