import { randomUUID } from "node:crypto";
import type { ReportUserRecord } from "../../adapters/adapter/reports.ts";
import { badInput, GatewayError } from "../errors.ts";
import { commitReport, type NewSource } from "../reports/commit-report.ts";
import { isReceived } from "../reports/is-received.ts";
import { listSources, type StoredSource } from "../store/report-sources.ts";
import type { StoredReport } from "../store/reports.ts";
import type { OperationDeps } from "./deps.ts";
import { earlierReport } from "./earlier-report.ts";
import { lockSettledReport } from "./lock-settled-report.ts";

/** What a report is refreshed with: undefined stays as it was, null is empty. */
export interface RefreshOrder {
  /** Our uuid of the report. */
  reportId: string;
  /** 0 to 731. */
  daysRequested: number | undefined;
  clientReportId: string | null | undefined;
  user: Partial<ReportUserRecord> | undefined;
  idempotencyKey: string | null;
}

const NO_USER: ReportUserRecord = {
  ...{ clientUserId: null, firstName: null, middleName: null, lastName: null, ssn: null },
  ...{ phoneNumber: null, email: null },
};

/**
 * Commits a new report with the newest data of another, which stays: each ready source is refreshed, one that failed is made again as it was first;
 * returns it PENDING without waiting upstream. The same idempotency key gives the first report again.
 * @throws GatewayError NOT_FOUND, REPORT_NOT_READY, GONE (removed), PRODUCT_UNSUPPORTED (an audit copy), BAD_USER_INPUT (a relayed report is
 *   refreshed as it is), CONFLICT, RATE_LIMITED.
 */
export function refreshReport(deps: OperationDeps, viewer: string, order: RefreshOrder): Promise<StoredReport> {
  const id = randomUUID();
  const { idempotencyKey: key, ...input } = order;
  return deps.store.transaction(async (tx) => {
    const earlier = await earlierReport(deps, tx, { viewer, key, asked: ["refreshReport", input], id });
    if (earlier) return earlier;
    const before = await lockSettledReport(tx, viewer, order.reportId);
    const sources = await listSources(tx.db, [before.id]);
    for (const source of sources) checkShare(source, order);
    const user = before.user_sealed && readUser(deps, before, before.user_sealed);
    return commitReport(deps, tx, {
      ...{ id, viewer, origin: "REFRESHED", basedOn: before.id },
      daysRequested: order.daysRequested ?? before.days_requested,
      clientReportId: order.clientReportId === undefined ? before.client_report_id : order.clientReportId,
      user: order.user ? { ...NO_USER, ...user, ...order.user } : user,
      sources: sources.map(refreshed),
    });
  });
}

/** What another shared can be refreshed where the share is a relay, and only as it is. */
function checkShare(source: StoredSource, { daysRequested, clientReportId, user }: RefreshOrder): void {
  if (!isReceived(source)) return;
  if (source.made_by === "AUDIT_COPY") {
    throw new GatewayError("PRODUCT_UNSUPPORTED", "An audit copy cannot be refreshed, only its owner's report can.", {
      field: "input.id",
    });
  }
  if (source.made_by === "RELAY" && source.state !== "READY") {
    const message = "This report could not be read. Remove it, and open it again by its relay token.";
    throw new GatewayError("REPORT_FAILED", message, { field: "input.id" });
  }
  for (const [name, value] of Object.entries({ daysRequested, clientReportId, user })) {
    if (value !== undefined) throw badInput(`input.${name}`, "a value", "none: a relayed report is refreshed as it is");
  }
}

/** A source that failed is made again as it was first: what it was to leave out must not come back. */
function refreshed(source: StoredSource): NewSource {
  const { id, provider, items, state } = source;
  if (state === "READY") {
    const madeBy = isReceived(source) ? "RELAY_REFRESH" : "REFRESH";
    return { provider, items, madeBy, fromSource: id, excludedAccounts: [] };
  }
  const { made_by: madeBy, from_source: fromSource, excluded_accounts: excludedAccounts } = source;
  return { provider, items, madeBy, fromSource, excludedAccounts };
}

function readUser({ vault }: OperationDeps, { viewer, id }: StoredReport, sealed: Buffer): ReportUserRecord {
  return JSON.parse(vault.openText(sealed, { viewer, row: id, field: "user" })) as ReportUserRecord;
}
