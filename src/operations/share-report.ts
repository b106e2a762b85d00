import { randomUUID } from "node:crypto";
import type { Adapter, ReportCall } from "../../adapters/adapter.ts";
import { adapterOf } from "../../adapters/adapter-of.ts";
import type { Unavailable } from "../../schema/errors.ts";
import { withDeadline } from "../clock/with-deadline.ts";
import { isoNow } from "../clock.ts";
import { unavailable } from "../errors/unavailable.ts";
import { asGatewayError, badInput, GatewayError } from "../errors.ts";
import { isReceived } from "../reports/is-received.ts";
import { WRITE_DEADLINE_MS } from "../reports/schedule.ts";
import { untilKept } from "../reports/until-kept.ts";
import type { ShareKind } from "../store/database.ts";
import { insertShare, type StoredShare } from "../store/report-shares.ts";
import { findSource, listSources, type StoredSource } from "../store/report-sources.ts";
import { findReport, lockReport, type StoredReport } from "../store/reports.ts";
import { openToken, sealToken } from "../store/tokens.ts";
import type { OperationDeps } from "./deps.ts";

const LONGEST_RECIPIENT = 255;

/** What is shared, and with whom. */
export interface ShareOrder {
  kind: ShareKind;
  /** Our uuid. */
  reportId: string;
  /** Our uuids; all READY sources when null. */
  sourceIds: string[] | null;
  /** The auditor's id, or the partner's client id, at the aggregator. */
  recipient: string;
}

/** The shares made, one for each source that could be shared, and why the others could not. */
export interface SharedReport {
  report: StoredReport;
  shares: StoredShare[];
  unavailable: Unavailable[];
}

/** What each kind is called in the input. */
const RECIPIENT_FIELD: Record<ShareKind, string> = {
  AUDIT_COPY: "input.auditorId",
  RELAY: "input.secondaryClientId",
};

/**
 * Shares a report with one auditor or partner: a token for each ready source whose aggregator has such shares. What one source's
 * aggregator refuses keeps none of the others back. A call that has begun goes on when its client leaves.
 * @throws GatewayError NOT_FOUND, REPORT_NOT_READY, REPORT_FAILED, GONE, PRODUCT_UNSUPPORTED (opened from a share), BAD_USER_INPUT.
 */
export async function shareReport(deps: OperationDeps, viewer: string, order: ShareOrder): Promise<SharedReport> {
  const { kind, reportId, recipient } = order;
  checkRecipient(RECIPIENT_FIELD[kind], recipient);
  const report = await findReport(deps.store.db, viewer, reportId);
  if (!report) throw new GatewayError("NOT_FOUND", "There is no such report.", { field: "input.reportId" });
  const all = await listSources(deps.store.db, [reportId]);
  checkStatus(report, all);
  const sources = chosenSources(all, order.sourceIds);
  const outcomes = await Promise.all(
    sources.map(async (source): Promise<{ share?: StoredShare; unavailable?: Unavailable }> => {
      try {
        return { share: await shareSource(deps, source, { kind, recipient }) };
      } catch (thrown) {
        const error = asGatewayError(thrown); // a fault here must not hide what the other sources gave
        deps.log.warn({ err: thrown, source: source.id, kind }, "a report's source could not be shared");
        return {
          unavailable: unavailable(error, { itemUuid: null, provider: source.provider, product: "ASSETS" }),
        };
      }
    }),
  );
  return {
    report,
    shares: outcomes.flatMap(({ share }) => share ?? []),
    unavailable: outcomes.flatMap(({ unavailable: why }) => why ?? []),
  };
}

async function shareSource(
  deps: OperationDeps,
  source: StoredSource,
  { kind, recipient }: { kind: ShareKind; recipient: string },
): Promise<StoredShare> {
  const make = maker(adapterOf(deps.adapters, source.provider), kind);
  if (!make) {
    throw new GatewayError(
      "PRODUCT_UNSUPPORTED",
      `${source.provider} has no ${kind === "RELAY" ? "relays" : "audit copies"}.`,
      {
        upstream: { provider: source.provider },
      },
    );
  }
  if (source.token_sealed === null) throw new GatewayError("GONE", "The report has been removed.");
  const call = { token: openToken(deps.vault, { ...source, token_sealed: source.token_sealed }), budgetKey: source.id };
  const token = await withDeadline(deps.clock, { what: `sharing by ${kind}`, ms: WRITE_DEADLINE_MS }, (signal) =>
    make(recipient, { ...call, signal }),
  );
  const share = await untilKept(deps, { source: source.id }, () => keepShare(deps, source, { kind, recipient, token }));
  if (share.removed_at !== null) throw new GatewayError("GONE", "The report was removed while it was being shared.");
  return share;
}

/** Enters a share into the ledger; as one that is being ended, where its report was removed meanwhile. */
function keepShare(
  deps: OperationDeps,
  source: StoredSource,
  { kind, recipient, token }: { kind: ShareKind; recipient: string; token: string },
): Promise<StoredShare> {
  const id = randomUUID();
  const { viewer, provider, report_id, id: source_id } = source;
  return deps.store.transaction(async (tx) => {
    await lockReport(tx.db, report_id);
    const now = await findSource(tx.db, source_id);
    const removed_at = now?.state === "READY" ? null : isoNow(deps.clock);
    if (removed_at !== null) await deps.jobs.send(tx, "remove-share", { shareId: id });
    return insertShare(tx.db, {
      ...{ id, viewer, report_id, source_id, provider, kind, recipient },
      ...{ token_sealed: sealToken(deps.vault, { viewer, id }, token), created_at: isoNow(deps.clock), removed_at },
    });
  });
}

type Make = (recipient: string, call: ReportCall) => Promise<string>;

function maker({ createAuditCopy, createRelay }: Adapter, kind: ShareKind): Make | undefined {
  return kind === "AUDIT_COPY" ? createAuditCopy : createRelay;
}

function checkStatus({ status }: StoredReport, sources: readonly StoredSource[]): void {
  const field = "input.reportId";
  if (sources.some(isReceived)) {
    throw new GatewayError("PRODUCT_UNSUPPORTED", "This report was shared with you: only its owner can share it.", {
      field,
    });
  }
  if (status === "PENDING") {
    throw new GatewayError("REPORT_NOT_READY", "This report is still being prepared. Subscribe to reportStatus.", {
      field,
    });
  }
  if (status === "FAILED") throw new GatewayError("REPORT_FAILED", "This report has nothing to share.", { field });
  if (status === "REMOVED") throw new GatewayError("GONE", "This report has been removed.", { field });
}

function chosenSources(sources: readonly StoredSource[], ids: readonly string[] | null): StoredSource[] {
  if (ids === null) return sources.filter(({ state }) => state === "READY");
  if (ids.length === 0) throw badInput("input.sourceIds", "an empty list", "at least one source, or none of the field");
  return [...new Set(ids)].map((id, index) => {
    const field = `input.sourceIds[${index}]`;
    const source = sources.find((one) => one.id === id);
    if (!source) throw new GatewayError("NOT_FOUND", `${field}: the report has no such source.`, { field });
    if (source.state !== "READY") throw badInput(field, `a source that is ${source.state}`, "a READY source");
    return source;
  });
}

function checkRecipient(field: string, recipient: string): void {
  if (recipient === "" || recipient.length > LONGEST_RECIPIENT || /[^\x21-\x7e]/.test(recipient)) {
    throw badInput(field, `${recipient.length} characters`, `1 to ${LONGEST_RECIPIENT} visible ASCII characters`);
  }
}
