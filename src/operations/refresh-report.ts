import { randomUUID } from "node:crypto";
import type { ReportUserRecord } from "../../adapters/adapter.ts";
import { GatewayError } from "../errors.ts";
import { commitReport, type NewSource } from "../reports/commit-report.ts";
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
 * @throws GatewayError NOT_FOUND, REPORT_NOT_READY, GONE (removed), PRODUCT_UNSUPPORTED (opened from a share), CONFLICT, RATE_LIMITED.
 */
export function refreshReport(deps: OperationDeps, viewer: string, order: RefreshOrder): Promise<StoredReport> {
  const id = randomUUID();
  const { idempotencyKey: key, ...input } = order;
  return deps.store.transaction(async (tx) => {
    const earlier = await earlierReport(deps, tx, { viewer, key, asked: ["refreshReport", input], id });
    if (earlier) return earlier;
    const before = await lockSettledReport(tx, viewer, order.reportId);
    if (before.origin === "RELAYED" || before.origin === "AUDIT_COPY") {
      throw new GatewayError("PRODUCT_UNSUPPORTED", "This report was opened from a share, which cannot be refreshed.", {
        field: "input.id",
      });
    }
    const user = before.user_sealed && readUser(deps, before, before.user_sealed);
    const sources = await listSources(tx.db, [before.id]);
    return commitReport(deps, tx, {
      ...{ id, viewer, origin: "REFRESHED", basedOn: before.id },
      daysRequested: order.daysRequested ?? before.days_requested,
      clientReportId: order.clientReportId === undefined ? before.client_report_id : order.clientReportId,
      user: order.user ? { ...NO_USER, ...user, ...order.user } : user,
      sources: sources.map(refreshed),
    });
  });
}

/** A source that failed is made again as it was first: what it was to leave out must not come back. */
function refreshed(source: StoredSource): NewSource {
  const { id, provider, items, state } = source;
  if (state === "READY") return { provider, items, madeBy: "REFRESH", fromSource: id, excludedAccounts: [] };
  const { made_by: madeBy, from_source: fromSource, excluded_accounts: excludedAccounts } = source;
  return { provider, items, madeBy, fromSource, excludedAccounts };
}

function readUser({ vault }: OperationDeps, { viewer, id }: StoredReport, sealed: Buffer): ReportUserRecord {
  return JSON.parse(vault.openText(sealed, { viewer, row: id, field: "user" })) as ReportUserRecord;
}
