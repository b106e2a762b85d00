import { randomUUID } from "node:crypto";
import type { ReportUserRecord } from "../../adapters/adapter/reports.ts";
import type { Provider, ReportOrigin } from "../../schema/enums.ts";
import { isoNow } from "../clock.ts";
import type { StoredError } from "../errors/stored-error.ts";
import { GatewayError } from "../errors.ts";
import type { MadeBy, ReportSourceTable } from "../store/database.ts";
import { lockName } from "../store/lock-name.ts";
import { insertSources } from "../store/report-sources.ts";
import { countReports, insertReport, type StoredReport } from "../store/reports.ts";
import type { Tx } from "../store/store.ts";
import type { ReportDeps } from "./deps.ts";

/** Each is paid for upstream: one viewer may not have more of them under way. */
const MOST_PENDING = 100;

/** @throws GatewayError RATE_LIMITED when the viewer has too many under way. */
export async function checkPending(tx: Tx, viewer: string): Promise<void> {
  await lockName(tx.db, `pending reports of ${viewer}`); // several at once count each other
  const pending = await countReports(tx.db, viewer, { statuses: ["PENDING"] });
  if (pending < MOST_PENDING) return;
  throw new GatewayError("RATE_LIMITED", `${pending} of your reports are being prepared; wait until some are ready.`);
}

/** A report as it is committed. */
export interface NewReport {
  id: string;
  viewer: string;
  origin: ReportOrigin;
  /** The uuid of the report that it comes from. */
  basedOn: string | null;
  /** Null only where it is a shared one's and was never told. */
  daysRequested: number | null;
  clientReportId: string | null;
  user: ReportUserRecord | null;
  /** In their order. */
  sources: NewSource[];
}

/** One source of it. */
export interface NewSource {
  provider: Provider;
  items: ReportSourceTable["items"];
  madeBy: MadeBy;
  /** The uuid of the source that it is made from; null for CREATE. */
  fromSource: string | null;
  /** The aggregator's ids, for FILTER. */
  excludedAccounts: string[];
  /** Why it will never be ready, as is known already; it is not sent. */
  error?: StoredError | null;
}

/**
 * Puts a report, its sources and the durable jobs that send them into the transaction; returns it PENDING. At least one is to be sent.
 * @throws GatewayError RATE_LIMITED when the viewer has too many under way.
 */
export async function commitReport(deps: ReportDeps, tx: Tx, made: NewReport): Promise<StoredReport> {
  const { id, viewer, user } = made;
  await checkPending(tx, viewer);
  const report: StoredReport = {
    id,
    viewer,
    status: "PENDING",
    origin: made.origin,
    based_on: made.basedOn,
    days_requested: made.daysRequested,
    client_report_id: made.clientReportId,
    user_sealed: user && deps.vault.seal(JSON.stringify(user), { viewer, row: id, field: "user" }),
    requested_at: isoNow(deps.clock),
    ready_at: null,
  };
  await insertReport(tx.db, report);
  const sources = made.sources.map((source, ordinal) => ({
    id: randomUUID(),
    report_id: id,
    viewer,
    provider: source.provider,
    ordinal,
    state: source.error ? ("FAILED" as const) : ("QUEUED" as const),
    items: source.items,
    made_by: source.madeBy,
    from_source: source.fromSource,
    excluded_accounts: source.excludedAccounts,
    error: source.error ?? null,
  }));
  await insertSources(tx.db, sources);
  for (const source of sources.filter(({ state }) => state === "QUEUED")) {
    await deps.jobs.send(tx, "send-report-source", { sourceId: source.id, state: "QUEUED", sends: 0 });
  }
  return report;
}
