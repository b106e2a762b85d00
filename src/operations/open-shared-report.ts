import { randomUUID } from "node:crypto";
import { adapterOf } from "../../adapters/adapter-of.ts";
import type { Provider } from "../../schema/enums.ts";
import { orAbort } from "../clock/or-abort.ts";
import { isoNow } from "../clock.ts";
import { asGatewayError, badInput, GatewayError } from "../errors.ts";
import { checkPending } from "../reports/commit-report.ts";
import { keepContent } from "../reports/keep-content.ts";
import { type ReadContent, readContent } from "../reports/read-content.ts";
import { pollDelay } from "../reports/schedule.ts";
import { verifyShare } from "../reports/verify-share.ts";
import type { ShareKind } from "../store/database.ts";
import { findSharedSource, insertSharedSource, type StoredSource } from "../store/report-sources.ts";
import { deleteReport, findReport, insertReport, type StoredReport } from "../store/reports.ts";
import type { Tx } from "../store/store.ts";
import { sealToken } from "../store/tokens.ts";
import type { OperationDeps } from "./deps.ts";

/** A share that the viewer was given. */
export interface GivenShare {
  kind: ShareKind;
  provider: Provider;
  /** In clear. */
  token: string;
}

const LONGEST_TOKEN = 255;
const FIELD: Record<ShareKind, string> = { AUDIT_COPY: "auditCopyToken", RELAY: "relayToken" };
const ORIGIN = { AUDIT_COPY: "AUDIT_COPY", RELAY: "RELAYED" } as const;

/**
 * Opens a report that another shared: it becomes a report of the viewer's own, the same one each time. Its content is read before it is
 * committed; what cannot be read yet, or not within the operation, comes back PENDING and settles like other reports.
 * @throws GatewayError BAD_USER_INPUT, PRODUCT_UNSUPPORTED, RATE_LIMITED; NOT_FOUND for a token that opens nothing; GONE for one that was
 *   opened before and has been taken back by its owner; or why the aggregator refused.
 */
export async function openSharedReport(
  deps: OperationDeps,
  viewer: string,
  share: GivenShare,
  signal: AbortSignal,
): Promise<StoredReport> {
  const { kind, provider, token } = share;
  checkToken(FIELD[kind], token);
  checkSupport(deps, share);
  const fingerprints = deps.vault.fingerprints(JSON.stringify(["share", viewer, kind, provider, token]));
  const known = await findSharedSource(deps.store.db, fingerprints);
  if (known) {
    await orAbort(verifyShare(deps, known), signal);
    return reportOf(await findReport(deps.store.db, viewer, known.report_id));
  }
  const source = newSource(deps, viewer, share, fingerprints[0] ?? null);
  const content = await firstContent(deps, source, { kind, signal });
  return deps.store.transaction(async (tx) => {
    if (!content) await checkPending(tx, viewer);
    await insertReport(tx.db, newReport(deps, source, ORIGIN[kind]));
    if (!(await insertSharedSource(tx.db, source))) return openedMeanwhile(tx, source, fingerprints);
    if (content) {
      await keepContent(deps, tx, source, content);
    } else {
      const startAfter = new Date(deps.clock.now() + pollDelay(0, deps.reportPollMs));
      await deps.jobs.send(tx, "check-report-source", { sourceId: source.id, poll: 0 }, { startAfter });
    }
    return reportOf(await findReport(tx.db, viewer, source.report_id));
  });
}

/** Null when it cannot be read yet. */
async function firstContent(
  deps: OperationDeps,
  source: StoredSource,
  { kind, signal }: { kind: ShareKind; signal: AbortSignal },
): Promise<ReadContent | null> {
  try {
    return await readContent(deps, source, signal);
  } catch (thrown) {
    const error = asGatewayError(thrown);
    deps.log.warn({ err: error, provider: source.provider, kind }, "a shared report could not be read at once");
    if (error.code === "GONE") {
      const field = FIELD[kind];
      const message = `${field}: this token opens no report. Ask its owner for a new one if it did before.`;
      throw new GatewayError("NOT_FOUND", message, { field, upstream: error.options.upstream, cause: error });
    }
    if (error.retryable && error.code !== "INTERNAL_SERVER_ERROR") return null;
    throw error;
  }
}

/** Another request, on this replica or another, was first. */
async function openedMeanwhile(tx: Tx, source: StoredSource, fingerprints: readonly string[]): Promise<StoredReport> {
  await deleteReport(tx.db, source.report_id);
  const first = await findSharedSource(tx.db, fingerprints);
  return reportOf(first && (await findReport(tx.db, source.viewer, first.report_id)));
}

function reportOf(report: StoredReport | null): StoredReport {
  if (!report) throw new Error("A shared report's row is missing.");
  return report;
}

function newReport({ clock }: OperationDeps, source: StoredSource, origin: StoredReport["origin"]): StoredReport {
  return {
    ...{ id: source.report_id, viewer: source.viewer, status: "PENDING", origin, based_on: null },
    ...{ days_requested: null, client_report_id: null, user_sealed: null },
    ...{ requested_at: isoNow(clock), ready_at: null },
  };
}

function newSource(
  { vault, clock }: OperationDeps,
  viewer: string,
  { kind, provider, token }: GivenShare,
  fingerprint: string | null,
): StoredSource {
  const id = randomUUID();
  return {
    ...{ id, report_id: randomUUID(), viewer, provider, ordinal: 0, state: "PENDING", items: [], made_by: kind },
    ...{ from_source: null, excluded_accounts: [], remote_id: null, lease_until: null, sends: 0, polls: 0 },
    ...{ sent_at: isoNow(clock), generated_at: null, error: null, recheck_at: null },
    token_sealed: sealToken(vault, { viewer, id }, token),
    share_fingerprint: fingerprint,
  };
}

/** The token is not shown: it is a secret. */
function checkToken(field: string, token: string): void {
  if (token !== "" && token.length <= LONGEST_TOKEN && !/[^\x21-\x7e]/.test(token)) return;
  throw badInput(field, `${token.length} characters`, `1 to ${LONGEST_TOKEN} visible ASCII characters`);
}

function checkSupport({ adapters }: OperationDeps, { kind, provider }: GivenShare): void {
  const { readAuditCopy, readRelay } = adapterOf(adapters, provider);
  if (kind === "RELAY" ? readRelay : readAuditCopy) return;
  const message = `${provider} ${kind === "RELAY" ? "has no relays" : "gives no audit copies to read"}.`;
  throw new GatewayError("PRODUCT_UNSUPPORTED", message, { field: "provider", upstream: { provider } });
}
