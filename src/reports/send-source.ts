import type { CreatedReport, RefreshRequest, ReportRequest, ReportUserRecord } from "../../adapters/adapter/reports.ts";
import type { Adapter, ReportCall } from "../../adapters/adapter.ts";
import { adapterOf } from "../../adapters/adapter-of.ts";
import { withDeadline } from "../clock/with-deadline.ts";
import { isoNow } from "../clock.ts";
import { storedError } from "../errors/stored-error.ts";
import { asGatewayError, GatewayError } from "../errors.ts";
import { findByReport } from "../store/inbox.ts";
import { findItem } from "../store/items.ts";
import type { JobData } from "../store/jobs.ts";
import { findSource, type StoredSource, updateSource } from "../store/report-sources.ts";
import { findReport, type StoredReport } from "../store/reports.ts";
import { openToken, sealToken } from "../store/tokens.ts";
import type { ReportDeps } from "./deps.ts";
import { mayTellInvestments } from "./may-tell-investments.ts";
import { moveSource, withLockedSource } from "./move-source.ts";
import { goneSource, reuseSource } from "./reuse-source.ts";
import { GIVE_UP_MS, LEASE_MS, pollDelay, resendDelay, WRITE_DEADLINE_MS } from "./schedule.ts";
import { untilKept } from "./until-kept.ts";

/** Which turn of a source's sending a job is for. */
export type SendTurn = JobData["send-report-source"];

/**
 * Asks the aggregator for one source's report. Runs any number of times, in any process: only the one that takes the
 * lease sends, and a source whose sender died is failed, never sent again blindly.
 */
export async function sendSource(deps: ReportDeps, turn: SendTurn): Promise<void> {
  if ((await findSource(deps.store.db, turn.sourceId))?.made_by === "REUSE") return reuseSource(deps, turn.sourceId);
  const source = await takeLease(deps, turn);
  if (!source) return;
  const keep = await create(deps, source).then(
    (created) => () => keepCreated(deps, source, created),
    (thrown: unknown) => () => keepFailure(deps, source, asGatewayError(thrown)),
  );
  await untilKept(deps, { source: source.id }, keep);
}

/** QUEUED -> SENDING, marked before the bytes leave; the stored job comes back when the lease ends. */
function takeLease(deps: ReportDeps, { sourceId, state, sends }: SendTurn): Promise<StoredSource | null> {
  return withLockedSource(deps, sourceId, async (tx, source) => {
    if (source.state !== state || source.sends !== sends) return null;
    const now = deps.clock.now();
    if (state === "SENDING") {
      const lease = Date.parse(source.lease_until ?? "");
      const again = { sourceId, state, sends };
      if (lease > now) await deps.jobs.send(tx, "send-report-source", again, { startAfter: new Date(lease) });
      else await moveSource(deps, tx, source, "FAILED", { error: storedError(leaseOver(source)) });
      return null;
    }
    const lease = new Date(now + LEASE_MS);
    const sent = { sends: sends + 1, sent_at: isoNow(deps.clock) };
    await moveSource(deps, tx, source, "SENDING", { lease_until: lease.toISOString(), ...sent });
    const atLease = { sourceId, state: "SENDING" as const, sends: sent.sends };
    await deps.jobs.send(tx, "send-report-source", atLease, { startAfter: lease });
    return { ...source, state: "SENDING", ...sent };
  });
}

async function reportRequest(deps: ReportDeps, source: StoredSource): Promise<ReportRequest> {
  const { store, vault } = deps;
  const report = await reportOf(deps, source);
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
  if (items.some(({ item }) => item && item.rotation_began_at !== null)) {
    const message = "The access token of an item is just being replaced.";
    throw new GatewayError("PROVIDER_UNAVAILABLE", message, { nothingDone: true });
  }
  return {
    tokens: items.flatMap(({ item }) => (item ? [openToken(vault, item)] : [])),
    ...requestOf(deps, source, report),
    investments: items.some(({ item }) => item && mayTellInvestments(item.description)),
  };
}

async function reportOf({ store }: ReportDeps, source: StoredSource): Promise<StoredReport> {
  const report = await findReport(store.db, source.viewer, source.report_id);
  if (!report) throw new GatewayError("NOT_FOUND", "The report is gone.");
  return report;
}

function requestOf({ vault, webhookUrl }: ReportDeps, source: StoredSource, report: StoredReport): RefreshRequest {
  if (report.days_requested === null) throw new Error(`Report ${report.id} does not say of how many days it is to be.`);
  return {
    daysRequested: report.days_requested,
    clientReportId: report.client_report_id,
    user:
      report.user_sealed &&
      (JSON.parse(
        vault.openText(report.user_sealed, { viewer: report.viewer, row: report.id, field: "user" }),
      ) as ReportUserRecord),
    webhook: webhookUrl(source.provider),
  };
}

async function create(deps: ReportDeps, source: StoredSource): Promise<CreatedReport> {
  const adapter = adapterOf(deps.adapters, source.provider);
  const send = await {
    CREATE: creation,
    REFRESH: refresh,
    FILTER: filtering,
    RELAY_REFRESH: relayRefresh,
    REUSE: notSent,
    RELAY: notSent,
    AUDIT_COPY: notSent,
  }
    [source.made_by](deps, source, adapter)
    .catch(nothingSent);
  const what =
    source.made_by === "RELAY_REFRESH" ? "/credit/relay/refresh" : `/asset_report/${source.made_by.toLowerCase()}`;
  return withDeadline(deps.clock, { what, ms: WRITE_DEADLINE_MS }, send);
}

/** A prepared call: everything that can be wrong here is found before anything is sent. */
type Send = (signal: AbortSignal) => Promise<CreatedReport>;

async function creation(deps: ReportDeps, source: StoredSource, { createReport }: Adapter): Promise<Send> {
  const request = await reportRequest(deps, source);
  if (!createReport) throw new GatewayError("PRODUCT_UNSUPPORTED", `${source.provider} makes no asset reports.`);
  return (signal) => createReport(request, { budgetKey: source.id, signal });
}

async function refresh(deps: ReportDeps, source: StoredSource, { refreshReport }: Adapter): Promise<Send> {
  if (!refreshReport) throw new GatewayError("PRODUCT_UNSUPPORTED", `${source.provider} refreshes no asset reports.`);
  const call = await callOnBase(deps, source);
  const { daysRequested, clientReportId, user, webhook } = requestOf(deps, source, await reportOf(deps, source));
  return (signal) => refreshReport({ daysRequested, clientReportId, user, webhook }, { ...call, signal });
}

/** The aggregator takes nothing but where to tell of it. */
async function relayRefresh(deps: ReportDeps, source: StoredSource, { refreshRelay }: Adapter): Promise<Send> {
  if (!refreshRelay) throw new GatewayError("PRODUCT_UNSUPPORTED", `${source.provider} refreshes no relayed reports.`);
  const call = await callOnBase(deps, source);
  return (signal) => refreshRelay(deps.webhookUrl(source.provider), { ...call, signal });
}

const notSent = () =>
  Promise.reject(new Error("A source that stands for an upstream report there is already is not sent."));

async function filtering(deps: ReportDeps, source: StoredSource, { filterReport }: Adapter): Promise<Send> {
  if (!filterReport) throw new GatewayError("PRODUCT_UNSUPPORTED", `${source.provider} filters no asset reports.`);
  const call = await callOnBase(deps, source);
  return (signal) => filterReport({ excludedAccounts: source.excluded_accounts }, { ...call, signal });
}

/** A call on the upstream report that the source is made from, which it counts against. */
async function callOnBase({ store, vault }: ReportDeps, source: StoredSource): Promise<Omit<ReportCall, "signal">> {
  const base = source.from_source === null ? null : await findSource(store.db, source.from_source);
  if (base?.state !== "READY" || base.token_sealed === null) throw goneSource(source);
  return { token: openToken(vault, { ...base, token_sealed: base.token_sealed }), budgetKey: base.id };
}

/** Before anything was sent only a fault of the report itself is final. */
function nothingSent(thrown: unknown): never {
  const error = asGatewayError(thrown);
  if (error.code !== "INTERNAL_SERVER_ERROR") throw error;
  throw new GatewayError(error.code, error.message, { ...error.options, nothingDone: true, cause: thrown });
}

/** Commits create's answer, then looks whether its webhook came before. */
async function keepCreated(deps: ReportDeps, source: StoredSource, created: CreatedReport): Promise<void> {
  const token_sealed = sealToken(deps.vault, source, created.token);
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

/** What came about the report before it was known here is interpreted now: the report is looked at, and what else was told is kept. */
async function lookInInbox(deps: ReportDeps, source: StoredSource, remoteId: string): Promise<void> {
  await deps.store.transaction(async (tx) => {
    const early = await findByReport(tx.db, source.provider, remoteId);
    for (const { id } of early) await deps.jobs.send(tx, "interpret-webhook", { inboxId: id });
  });
}

async function keepFailure(deps: ReportDeps, source: StoredSource, error: GatewayError): Promise<void> {
  const now = deps.clock.now();
  deps.log.warn({ err: error, source: source.id, provider: source.provider }, "asset report create failed");
  await withLockedSource(deps, source.id, async (tx, current) => {
    // kept already, if the answer to the commit was lost: then another turn may be sending
    if (current.state !== "SENDING" || current.sends !== source.sends) return;
    const report = await findReport(tx.db, source.viewer, source.report_id);
    const age = now - Date.parse(report?.requested_at ?? "");
    if (error.options.nothingDone && age < GIVE_UP_MS) {
      await moveSource(deps, tx, current, "QUEUED");
      const startAfter = new Date(now + resendDelay(current.sends, now, error.options.retryAt));
      const again = { sourceId: source.id, state: "QUEUED" as const, sends: current.sends };
      await deps.jobs.send(tx, "send-report-source", again, { startAfter });
      return;
    }
    await moveSource(deps, tx, current, "FAILED", { error: storedError(error) });
  });
}

function leaseOver(source: StoredSource): GatewayError {
  return new GatewayError(
    "PROVIDER_TIMEOUT",
    `${source.provider} was asked for the report, but its answer never arrived. It may have made one; create the report anew.`,
    { upstream: { provider: source.provider } },
  );
}
