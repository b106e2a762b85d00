import type { CreatedReport, ReportRequest, ReportUserRecord } from "../../adapters/adapter.ts";
import { delay, isoNow } from "../clock.ts";
import { storedError } from "../errors/stored-error.ts";
import { asGatewayError, GatewayError } from "../errors.ts";
import { findByReport, markInterpreted } from "../store/inbox.ts";
import { findItem } from "../store/items.ts";
import { type StoredSource, updateSource } from "../store/report-sources.ts";
import { findReport } from "../store/reports.ts";
import type { ReportDeps } from "./deps.ts";
import { GIVE_UP_MS, LEASE_MS, pollDelay, resendDelay, WRITE_DEADLINE_MS } from "./schedule.ts";
import { moveSource, withLockedSource } from "./settle.ts";
import { withDeadline } from "./with-deadline.ts";

/** How often the commit of create's answer is tried: within the lease. */
const KEEP_TRIES = 5;

/**
 * Asks the aggregator for one source's report. Runs any number of times, in any process: only the one that takes the
 * lease sends, and a source whose sender died is failed, never sent again blindly.
 */
export async function sendSource(deps: ReportDeps, sourceId: string): Promise<void> {
  const source = await takeLease(deps, sourceId);
  if (!source) return;
  const created = await create(deps, source).catch((thrown: unknown) =>
    keepFailure(deps, source, asGatewayError(thrown)),
  );
  if (!created) return;
  for (let tries = 1; ; tries++) {
    try {
      return await keepCreated(deps, source, created);
    } catch (error) {
      // what was made upstream is known here only: a database that is away for a moment must not lose it
      if (tries === KEEP_TRIES) throw error;
      deps.log.warn({ err: error, source: source.id, tries }, "create's answer could not be kept yet");
      await delay(deps.clock, tries * 1_000);
    }
  }
}

/** QUEUED -> SENDING, marked before the bytes leave; the stored job comes back when the lease ends. */
function takeLease(deps: ReportDeps, sourceId: string): Promise<StoredSource | null> {
  return withLockedSource(deps, sourceId, async (tx, source) => {
    const now = deps.clock.now();
    if (source.state === "SENDING") {
      const lease = Date.parse(source.lease_until ?? "");
      if (lease > now) await deps.jobs.send(tx, "send-report-source", { sourceId }, { startAfter: new Date(lease) });
      else await moveSource(deps, tx, source, "FAILED", { error: storedError(leaseOver(source)) });
      return null;
    }
    if (source.state !== "QUEUED") return null;
    const lease = new Date(now + LEASE_MS);
    await moveSource(deps, tx, source, "SENDING", {
      lease_until: lease.toISOString(),
      sends: source.sends + 1,
      sent_at: isoNow(deps.clock),
    });
    await deps.jobs.send(tx, "send-report-source", { sourceId }, { startAfter: lease });
    return { ...source, state: "SENDING" as const, sends: source.sends + 1, sent_at: isoNow(deps.clock) };
  });
}

async function reportRequest(deps: ReportDeps, source: StoredSource): Promise<ReportRequest> {
  const { store, vault } = deps;
  const report = await findReport(store.db, source.viewer, source.report_id);
  if (!report) throw new GatewayError("NOT_FOUND", "The report is gone.");
  const items = await Promise.all(
    source.items.map(async (asked) => ({ asked, item: await findItem(store.db, source.viewer, asked.id) })),
  );
  const gone = items.filter(({ item }) => item === null);
  if (gone.length > 0) {
    throw new GatewayError(
      "REPORT_FAILED",
      `${gone.length} of ${items.length} items were removed before the report was requested from the aggregator. Create a report without them.`,
      {
        upstream: {
          provider: source.provider,
          causes: gone.map(({ asked }) => ({
            remoteItemId: asked.remoteId,
            error: new GatewayError("NOT_FOUND", "The item was removed."),
          })),
        },
      },
    );
  }
  return {
    tokens: items.flatMap(({ item }) =>
      item ? [vault.openText(item.token_sealed, { viewer: item.viewer, row: item.id, field: "token" })] : [],
    ),
    daysRequested: report.days_requested,
    clientReportId: report.client_report_id,
    user:
      report.user_sealed &&
      (JSON.parse(
        vault.openText(report.user_sealed, { viewer: report.viewer, row: report.id, field: "user" }),
      ) as ReportUserRecord),
    webhook: deps.webhookUrl(source.provider),
  };
}

async function create(deps: ReportDeps, source: StoredSource): Promise<CreatedReport> {
  const request = await reportRequest(deps, source).catch(nothingSent);
  const adapter = deps.adapters.get(source.provider);
  if (!adapter?.createReport) {
    throw new GatewayError("PRODUCT_UNSUPPORTED", `${source.provider} is not configured or makes no asset reports.`, {
      nothingDone: false,
    });
  }
  const createReport = adapter.createReport.bind(adapter);
  return withDeadline(deps.clock, { what: "/asset_report/create", ms: WRITE_DEADLINE_MS }, (signal) =>
    createReport(request, { budgetKey: source.id, signal }),
  );
}

/** Before anything was sent only a fault of the report itself is final. */
function nothingSent(thrown: unknown): never {
  const error = asGatewayError(thrown);
  if (error.code !== "INTERNAL_SERVER_ERROR") throw error;
  throw new GatewayError(error.code, error.message, { ...error.options, nothingDone: true, cause: thrown });
}

/** Commits create's answer, then looks whether its webhook came before. */
async function keepCreated(deps: ReportDeps, source: StoredSource, created: CreatedReport): Promise<void> {
  const token_sealed = deps.vault.seal(created.token, { viewer: source.viewer, row: source.id, field: "token" });
  const kept = await withLockedSource(deps, source.id, async (tx, current) => {
    if (current.state === "PENDING" && current.remote_id === created.remoteId) return true; // an earlier try was kept
    if (current.state !== "SENDING") {
      // removed, or given up, while create was under way: what it made must not outlive it
      await updateSource(tx.db, source.id, { remote_id: created.remoteId, token_sealed });
      await deps.jobs.send(tx, "remove-report-source", { sourceId: source.id });
      return false;
    }
    await moveSource(deps, tx, current, "PENDING", { remote_id: created.remoteId, token_sealed });
    const startAfter = new Date(deps.clock.now() + pollDelay(0, deps.reportPollMs));
    await deps.jobs.send(tx, "check-report-source", { sourceId: source.id, poll: current.polls }, { startAfter });
    return true;
  });
  if (kept) await lookInInbox(deps, source, created.remoteId);
}

async function lookInInbox(deps: ReportDeps, source: StoredSource, remoteId: string): Promise<void> {
  await deps.store.transaction(async (tx) => {
    const early = await findByReport(tx.db, source.provider, remoteId);
    if (early.length === 0) return;
    for (const delivery of early) await markInterpreted(tx.db, delivery.id, isoNow(deps.clock));
    await deps.jobs.send(tx, "check-report-source", { sourceId: source.id, poll: source.polls });
  });
}

async function keepFailure(deps: ReportDeps, source: StoredSource, error: GatewayError): Promise<null> {
  const now = deps.clock.now();
  deps.log.warn({ err: error, source: source.id, provider: source.provider }, "asset report create failed");
  await withLockedSource(deps, source.id, async (tx, current) => {
    if (current.state !== "SENDING") return;
    const report = await findReport(tx.db, source.viewer, source.report_id);
    const age = now - Date.parse(report?.requested_at ?? "");
    if (error.options.nothingDone && age < GIVE_UP_MS) {
      await moveSource(deps, tx, current, "QUEUED");
      const startAfter = new Date(now + resendDelay(current.sends, now, error.options.retryAt));
      await deps.jobs.send(tx, "send-report-source", { sourceId: source.id }, { startAfter });
      return;
    }
    await moveSource(deps, tx, current, "FAILED", { error: storedError(error) });
  });
  return null;
}

function leaseOver(source: StoredSource): GatewayError {
  return new GatewayError(
    "PROVIDER_TIMEOUT",
    `${source.provider} was asked for the report, but its answer never arrived. It may have made one; create the report anew.`,
    { upstream: { provider: source.provider } },
  );
}
