import { randomUUID } from "node:crypto";
import type { ReportUserRecord } from "../../adapters/adapter/reports.ts";
import { storedError } from "../errors/stored-error.ts";
import { badInput, GatewayError } from "../errors.ts";
import { commitReport, type NewSource } from "../reports/commit-report.ts";
import { type KeptHead, readHeads } from "../reports/content.ts";
import { isReceived } from "../reports/is-received.ts";
import { listSources, type StoredSource } from "../store/report-sources.ts";
import type { StoredReport } from "../store/reports.ts";
import type { OperationDeps } from "./deps.ts";
import { earlierReport } from "./earlier-report.ts";
import { lockSettledReport } from "./lock-settled-report.ts";

/** An account to leave out: as an item's account, or as it stands in the report. */
export type ExcludedAccount = { itemId: string; remoteId: string } | { sourceId: string; ordinal: number };

/** What a report is filtered by. Ids are our uuids, and the aggregator's of accounts. */
export interface FilterOrder {
  reportId: string;
  excluded: ExcludedAccount[];
  idempotencyKey: string | null;
}

/**
 * Commits a new report of another's data less some accounts; the other stays. A source that holds such an account gets a new upstream
 * report, or none when nothing is left of it; the others stand for the same upstream reports; one that failed stays failed. Returns it PENDING. The same
 * idempotency key gives the first report again.
 * @throws GatewayError NOT_FOUND, REPORT_NOT_READY, REPORT_FAILED, GONE, BAD_USER_INPUT (accounts), CONFLICT, RATE_LIMITED.
 */
export function filterReport(deps: OperationDeps, viewer: string, order: FilterOrder): Promise<StoredReport> {
  const id = randomUUID();
  const { reportId, excluded, idempotencyKey: key } = order;
  const asked = { reportId, excluded: excluded.map((account) => JSON.stringify(account)).sort() };
  return deps.store.transaction(async (tx) => {
    const earlier = await earlierReport(deps, tx, { viewer, key, asked: ["filterReport", asked], id });
    if (earlier) return earlier;
    const before = await lockSettledReport(tx, viewer, reportId);
    const all = await listSources(tx.db, [before.id]);
    if (all.some(isReceived)) {
      throw new GatewayError("PRODUCT_UNSUPPORTED", "This report was shared with you: only its owner can filter it.", {
        field: "input.id",
      });
    }
    if (before.status === "FAILED") {
      throw new GatewayError("REPORT_FAILED", "This report has no content to filter.", { field: "input.id" });
    }
    const ready = all.filter(({ state }) => state === "READY");
    const heads = await readHeads(tx.db, deps.vault, ready);
    const left = all.flatMap((source) =>
      source.state === "READY" ? filtered(source, heads.get(source.id), excluded) : [failed(source)],
    );
    checkFound(excluded, ready, heads);
    if (left.every(({ error }) => error))
      throw badInput("input.excludeAccountIds", "every account", "at least one account to stay");
    return commitReport(deps, tx, {
      ...{ id, viewer, origin: "FILTERED", basedOn: before.id },
      ...{ daysRequested: before.days_requested, clientReportId: before.client_report_id },
      user:
        before.user_sealed &&
        (JSON.parse(
          deps.vault.openText(before.user_sealed, { viewer, row: before.id, field: "user" }),
        ) as ReportUserRecord),
      sources: left,
    });
  });
}

/** A source that failed stays as it is, with how it is made again when the report is refreshed: the report is still not whole. */
function failed(source: StoredSource): NewSource {
  const { provider, items, made_by: madeBy, from_source: fromSource, excluded_accounts: excludedAccounts } = source;
  const error = source.error ?? storedError(new GatewayError("REPORT_FAILED", "This source could not be prepared."));
  return { provider, items, madeBy, fromSource, excludedAccounts, error };
}

/** What becomes of a source: nothing when no account is left. */
function filtered(source: StoredSource, kept: KeptHead | undefined, excluded: readonly ExcludedAccount[]): NewSource[] {
  const { id: fromSource, provider } = source;
  const accounts = accountsOf(source, kept);
  const out = accounts.filter((account) => excluded.some((one) => isThat(account, one)));
  if (out.length === 0) return [{ provider, items: source.items, madeBy: "REUSE", fromSource, excludedAccounts: [] }];
  const stay = accounts.filter((account) => !out.includes(account));
  if (stay.length === 0) return [];
  const excludedAccounts = [...new Set(out.map(({ remoteId }) => remoteId))];
  const items = source.items.filter((item) => stay.some(({ itemId }) => itemId === item.id));
  return [{ provider, items, madeBy: "FILTER", fromSource, excludedAccounts }];
}

/** @throws GatewayError BAD_USER_INPUT naming the first account that is not in the report. */
function checkFound(
  excluded: readonly ExcludedAccount[],
  sources: readonly StoredSource[],
  heads: ReadonlyMap<string, KeptHead>,
): void {
  const accounts = sources.flatMap((source) => accountsOf(source, heads.get(source.id)));
  for (const [index, one] of excluded.entries()) {
    if (accounts.some((account) => isThat(account, one))) continue;
    throw badInput(`input.excludeAccountIds[${index}]`, "an account that is not in it", "an account of the report");
  }
}

interface ReportedAccount {
  sourceId: string;
  ordinal: number;
  /** Our uuid; null where the aggregator's report names an item that was not asked for. */
  itemId: string | null;
  remoteId: string;
}

function accountsOf(source: StoredSource, kept: KeptHead | undefined): ReportedAccount[] {
  const items = new Map(source.items.map((item) => [item.remoteId, item.id]));
  return (kept?.head.items ?? []).flatMap((item) =>
    item.accounts.map(({ ordinal, remoteId }) => ({
      ...{ sourceId: source.id, ordinal, remoteId },
      itemId: items.get(item.remoteId) ?? null,
    })),
  );
}

function isThat(account: ReportedAccount, excluded: ExcludedAccount): boolean {
  return "sourceId" in excluded
    ? account.sourceId === excluded.sourceId && account.ordinal === excluded.ordinal
    : account.itemId === excluded.itemId && account.remoteId === excluded.remoteId;
}
