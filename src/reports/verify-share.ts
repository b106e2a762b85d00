import { isoNow } from "../clock.ts";
import { revivedError } from "../errors/stored-error.ts";
import { asGatewayError } from "../errors.ts";
import { claimRecheck, type StoredSource, updateSource } from "../store/report-sources.ts";
import type { ReportDeps } from "./deps.ts";
import { isReceived } from "./is-received.ts";
import { keepNoItems } from "./keep-no-items.ts";
import { readUpstream } from "./read-source-report.ts";
import { RECHECK_AGAIN_MS, RECHECK_MS } from "./schedule.ts";
import { takeBack, takenBack } from "./take-back.ts";

/**
 * Makes sure that what another shared may still be read: asks the aggregator where it was last asked longer than RECHECK_MS ago, one asker
 * at a time over all replicas. An aggregator that cannot be asked now takes nothing away: it is asked again RECHECK_AGAIN_MS later.
 * @throws GatewayError GONE once its owner has taken it back.
 */
export async function verifyShare(deps: ReportDeps, source: StoredSource): Promise<void> {
  if (!isReceived(source)) return;
  if (source.state === "REMOVED" && source.error !== null) throw revivedError(source.error);
  const now = deps.clock.now();
  const due = source.state === "READY" && source.recheck_at !== null && Date.parse(source.recheck_at) <= now;
  const turn = { now: isoNow(deps.clock), next: new Date(now + RECHECK_AGAIN_MS).toISOString() };
  if (!due || !(await claimRecheck(deps.store.db, source.id, turn))) return;
  try {
    await readUpstream(deps, source, { insights: false, begin: keepNoItems });
    const recheck_at = new Date(deps.clock.now() + RECHECK_MS).toISOString();
    await updateSource(deps.store.db, source.id, { recheck_at });
  } catch (thrown) {
    const error = asGatewayError(thrown);
    if (error.code === "GONE") {
      await takeBack(deps, source.id, error);
      throw takenBack(source, error);
    }
    deps.log.warn({ err: thrown, source: source.id }, "whether a report is still shared could not be asked");
  }
}
