import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { Insertable, Selectable } from "kysely";
import type {
  ReportAccountRecord,
  ReportData,
  ReportItemRecord,
  ReportUserRecord,
} from "../../adapters/adapter/reports.ts";
import type { Reading } from "../../adapters/adapter.ts";
import type { HistoricalBalance } from "../../schema/report-content.ts";
import type { StoredError } from "../errors/stored-error.ts";
import { storedError } from "../errors/stored-error.ts";
import type { PageKind, ReportHeadTable, ReportPageTable } from "../store/database.ts";
import { findHeads, findPages } from "../store/report-content.ts";
import type { StoredSource } from "../store/report-sources.ts";
import type { Db } from "../store/store.ts";
import type { Vault } from "../vault.ts";
import { type ContentHolding, type ContentInvestmentTransaction, investmentRecords } from "./investment-records.ts";
import { positionsById } from "./positions-by-id.ts";

/** How many records of a long list stand in one sealed page. */
const RECORDS_A_PAGE = 200;

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

export type ContentAccount = Omit<ReportAccountRecord, "historicalBalances" | "transactions" | "investments"> & {
  /** Its place among all accounts of the source, from 0. */
  ordinal: number;
  /** How many records each of its lists has. */
  counts: Record<PageKind, number>;
  /** Whether the aggregator said anything of its investments: without, empty lists do not mean that nothing is held. */
  investmentsTold: boolean;
};

/** One transaction as kept: where the pending one that it settled stands in the same list, or null. */
export type ContentTransaction = ReportAccountRecord["transactions"][number] & { pendingPosition: number | null };

/** What is kept of each kind of page. */
export interface PageRecords {
  transactions: ContentTransaction;
  history: HistoricalBalance;
  holdings: ContentHolding;
  investmentTransactions: ContentInvestmentTransaction;
}

/** A report as rows: sealed, compressed, by account and page. */
export interface ContentRows {
  head: Insertable<ReportHeadTable>;
  pages: Insertable<ReportPageTable>[];
}

/** Makes rows of a source's report while it comes: of its items only what is already packed is held. Yields between pages. */
export function contentPacker(vault: Vault, source: StoredSource) {
  let pages: Insertable<ReportPageTable>[] = [];
  return {
    /** Begins with the first item. */
    begin() {
      pages = [];
      let ordinal = 0;
      return async ({ accounts, ...item }: ReportItemRecord): Promise<ContentItem> => {
        const kept: ContentAccount[] = [];
        for (const { transactions, historicalBalances, investments, ...account } of accounts) {
          const { holdings, investmentTransactions } = investmentRecords(investments);
          pages.push(...(await packPages(vault, source, ordinal, "transactions", withPendingPositions(transactions))));
          pages.push(...(await packPages(vault, source, ordinal, "history", historicalBalances)));
          pages.push(...(await packPages(vault, source, ordinal, "holdings", holdings)));
          pages.push(...(await packPages(vault, source, ordinal, "investmentTransactions", investmentTransactions)));
          kept.push({
            ...account,
            ordinal: ordinal++,
            counts: {
              transactions: transactions.length,
              history: historicalBalances.length,
              holdings: holdings.length,
              investmentTransactions: investmentTransactions.length,
            },
            investmentsTold: investments !== null,
          });
        }
        return { ...item, accounts: kept };
      };
    },
    /** All rows, once every item has come. */
    async rows({ data, origin, leftOut }: Reading<ReportData<ContentItem>>): Promise<ContentRows> {
      const warnings = data.warnings.map((warning) => ({
        ...warning,
        cause: warning.cause && storedError(warning.cause),
      }));
      const head: ContentHead = { ...data, warnings, leftOut, origin };
      return {
        head: {
          source_id: source.id,
          head_sealed: await pack(vault, source, "head", head),
          insights: false,
          insights_error: null,
        },
        pages,
      };
    },
  };
}

/** An account's list as rows of RECORDS_A_PAGE records. */
export async function packPages<K extends PageKind>(
  vault: Vault,
  source: StoredSource,
  account: number,
  kind: K,
  records: readonly PageRecords[K][],
): Promise<Insertable<ReportPageTable>[]> {
  const pages: Insertable<ReportPageTable>[] = [];
  for (let page = 0; page * RECORDS_A_PAGE < records.length; page++) {
    const slice = records.slice(page * RECORDS_A_PAGE, (page + 1) * RECORDS_A_PAGE);
    const page_sealed = await pack(vault, source, `${kind}/${account}/${page}`, slice);
    pages.push({ source_id: source.id, account, kind, page, page_sealed });
  }
  return pages;
}

/** A kept head, opened. */
export function openHead(vault: Vault, source: StoredSource, row: Selectable<ReportHeadTable>): Promise<ContentHead> {
  return unpack(vault, source, "head", row.head_sealed);
}

/** A source's kept head, and whether its pages hold insights. */
export interface KeptHead {
  head: ContentHead;
  insights: boolean;
}

/** The heads of those sources whose content is kept, by source id. */
export async function readHeads(
  db: Db,
  vault: Vault,
  sources: readonly StoredSource[],
): Promise<Map<string, KeptHead>> {
  const byId = new Map(sources.map((source) => [source.id, source]));
  const heads = new Map<string, KeptHead>();
  for (const row of await findHeads(db, [...byId.keys()])) {
    const source = byId.get(row.source_id);
    if (source) heads.set(source.id, { head: await openHead(vault, source, row), insights: row.insights });
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
  const pages = await Promise.all(
    rows.map((row) =>
      unpack<PageRecords[K][]>(vault, source, `${where.kind}/${where.account}/${row.page}`, row.page_sealed),
    ),
  );
  const offset = firstPage * RECORDS_A_PAGE;
  return pages.flat().slice(where.from - offset, where.to - offset);
}

function withPendingPositions(transactions: ReportAccountRecord["transactions"]): ContentTransaction[] {
  const positions = positionsById(transactions);
  return transactions.map((transaction) => ({
    ...transaction,
    pendingPosition: positions.get(transaction.remotePendingTransactionId ?? "") ?? null,
  }));
}

const compress = promisify(gzip);
const expand = promisify(gunzip);

async function pack(vault: Vault, source: StoredSource, field: string, value: unknown): Promise<Buffer> {
  const sealed = vault.seal(await compress(JSON.stringify(value)), { viewer: source.viewer, row: source.id, field });
  // a small buffer is a piece of a pool of 64 kB, all of which it would keep: thousands of pages are held at once
  const own = Buffer.allocUnsafeSlow(sealed.length);
  sealed.copy(own);
  return own;
}

async function unpack<T>(vault: Vault, source: StoredSource, field: string, sealed: Buffer): Promise<T> {
  const plain = vault.open(sealed, { viewer: source.viewer, row: source.id, field });
  return JSON.parse((await expand(plain)).toString()) as T;
}
