import { gunzipSync, gzipSync } from "node:zlib";
import type { Insertable } from "kysely";
import type { ReportAccountRecord, ReportData, ReportItemRecord, ReportUserRecord } from "../../adapters/adapter.ts";
import type { HistoricalBalance } from "../../schema/report-content.ts";
import type { StoredError } from "../errors/stored-error.ts";
import { storedError } from "../errors/stored-error.ts";
import type { PageKind, ReportHeadTable, ReportPageTable } from "../store/database.ts";
import { findHeads, findPages } from "../store/report-content.ts";
import type { StoredSource } from "../store/report-sources.ts";
import type { Db } from "../store/store.ts";
import type { Vault } from "../vault.ts";

/** How many records of a long list stand in one sealed page. */
export const RECORDS_A_PAGE = 200;

/** A ready source's content but for its long lists, which are paged by account. */
export interface ContentHead {
  remoteId: string;
  clientReportId: string | null;
  generatedAt: string;
  daysRequested: number | null;
  user: ReportUserRecord | null;
  items: ContentItem[];
  warnings: { warningType: string; warningCode: string; remoteItemId: string | null; cause: StoredError | null }[];
  /** What could not be read of it: paths and problems. */
  leftOut: { path: string; problem: string }[];
  /** Which answer it is. */
  origin: { endpoint: string; requestId: string | null; fetchedAt: string };
}

export type ContentItem = Omit<ReportItemRecord, "accounts"> & { accounts: ContentAccount[] };

export type ContentAccount = Omit<ReportAccountRecord, "historicalBalances" | "transactions"> & {
  /** Its place among all accounts of the source, from 0. */
  ordinal: number;
  transactionCount: number;
  historyCount: number;
};

/** One transaction as kept: where the pending one that it settled stands in the same list, or null. */
export type ContentTransaction = ReportAccountRecord["transactions"][number] & { pendingPosition: number | null };

/** What is kept of each kind of page. */
export interface PageRecords {
  transactions: ContentTransaction;
  history: HistoricalBalance;
}

/** A report as rows: sealed, compressed, by account and page. */
export function contentRows(
  vault: Vault,
  source: StoredSource,
  reading: { data: ReportData; origin: ContentHead["origin"]; leftOut: ContentHead["leftOut"] },
  options: { insights: boolean; storedAt: string },
): { head: Insertable<ReportHeadTable>; pages: Insertable<ReportPageTable>[]; generatedAt: string } {
  const { data } = reading;
  const pages: Insertable<ReportPageTable>[] = [];
  let ordinal = 0;

  const keep = <K extends PageKind>(account: number, kind: K, records: PageRecords[K][]) => {
    for (let page = 0; page * RECORDS_A_PAGE < records.length; page++) {
      const slice = records.slice(page * RECORDS_A_PAGE, (page + 1) * RECORDS_A_PAGE);
      const field = `${kind}/${account}/${page}`;
      pages.push({ source_id: source.id, account, kind, page, page_sealed: pack(vault, source, field, slice) });
    }
  };

  const items = data.items.map((item) => ({
    ...item,
    accounts: item.accounts.map(({ transactions, historicalBalances, ...account }) => {
      const place = ordinal++;
      keep(place, "transactions", withPendingPositions(transactions));
      keep(place, "history", historicalBalances);
      return {
        ...account,
        ordinal: place,
        transactionCount: transactions.length,
        historyCount: historicalBalances.length,
      };
    }),
  }));

  const head: ContentHead = {
    remoteId: data.remoteId,
    clientReportId: data.clientReportId,
    generatedAt: data.generatedAt,
    daysRequested: data.daysRequested,
    user: data.user,
    items,
    warnings: data.warnings.map((warning) => ({ ...warning, cause: warning.cause && storedError(warning.cause) })),
    leftOut: reading.leftOut,
    origin: reading.origin,
  };
  return {
    head: {
      source_id: source.id,
      head_sealed: pack(vault, source, "head", head),
      insights: options.insights,
      stored_at: options.storedAt,
    },
    pages,
    generatedAt: data.generatedAt,
  };
}

/** The heads of those sources whose content is kept, by source id. */
export async function readHeads(
  db: Db,
  vault: Vault,
  sources: readonly StoredSource[],
): Promise<Map<string, { head: ContentHead; insights: boolean }>> {
  const rows = await findHeads(
    db,
    sources.map((source) => source.id),
  );
  const heads = new Map<string, { head: ContentHead; insights: boolean }>();
  for (const row of rows) {
    const source = sources.find((candidate) => candidate.id === row.source_id);
    if (source) heads.set(source.id, { head: unpack(vault, source, "head", row.head_sealed), insights: row.insights });
  }
  return heads;
}

/** Records `from` (0 is the newest) to before `to` of an account's list; only the pages that hold them are opened. */
export async function readRecords<K extends PageKind>(
  db: Db,
  vault: Vault,
  source: StoredSource,
  where: { account: number; kind: K; from: number; to: number },
): Promise<PageRecords[K][]> {
  if (where.to <= where.from) return [];
  const firstPage = Math.floor(where.from / RECORDS_A_PAGE);
  const rows = await findPages(db, {
    sourceId: source.id,
    account: where.account,
    kind: where.kind,
    from: firstPage,
    to: Math.floor((where.to - 1) / RECORDS_A_PAGE),
  });
  const records = rows.flatMap((row) =>
    unpack<PageRecords[K][]>(vault, source, `${where.kind}/${where.account}/${row.page}`, row.page_sealed),
  );
  const offset = firstPage * RECORDS_A_PAGE;
  return records.slice(where.from - offset, where.to - offset);
}

function withPendingPositions(transactions: ReportAccountRecord["transactions"]): ContentTransaction[] {
  const positions = new Map(transactions.map((transaction, position) => [transaction.remoteId, position]));
  return transactions.map((transaction) => ({
    ...transaction,
    pendingPosition: positions.get(transaction.remotePendingTransactionId ?? "") ?? null,
  }));
}

function pack(vault: Vault, source: StoredSource, field: string, value: unknown): Buffer {
  return vault.seal(gzipSync(JSON.stringify(value)), { viewer: source.viewer, row: source.id, field });
}

function unpack<T>(vault: Vault, source: StoredSource, field: string, sealed: Buffer): T {
  const plain = vault.open(sealed, { viewer: source.viewer, row: source.id, field });
  return JSON.parse(gunzipSync(plain).toString()) as T;
}
