import DataLoader from "dataloader";
import type { PageKind } from "../store/database.ts";
import { listShares, type StoredShare } from "../store/report-shares.ts";
import { findSourceOf, listSources, type StoredSource } from "../store/report-sources.ts";
import { findReport, type StoredReport } from "../store/reports.ts";
import type { Store } from "../store/store.ts";
import type { Vault } from "../vault.ts";
import { type ContentAccount, type ContentHead, type PageRecords, readHeads, readRecords } from "./content.ts";
import { duplicateAccounts } from "./duplicate-accounts.ts";

/** An account of a report with what it stands in. */
export interface PlacedAccount {
  source: StoredSource;
  head: ContentHead;
  account: ContentAccount;
}

/** The reads of one request's reports: all from the database, none upstream. */
export interface ReportLoaders {
  /** By uuid, the viewer's own only. */
  report(id: string): Promise<StoredReport | null>;
  /** A report's sources in their order. */
  sources(reportId: string): Promise<StoredSource[]>;
  /** A report's shares, ended ones too, in the order made. */
  shares(reportId: string): Promise<StoredShare[]>;
  /** By uuid, the viewer's own only. */
  source(id: string): Promise<StoredSource | null>;
  /** A source's content but for its long lists; null while there is none. */
  head(source: StoredSource): Promise<{ head: ContentHead; insights: boolean } | null>;
  /** Records `from` (0 is the newest) to before `to` of an account's list. */
  records<K extends PageKind>(
    source: StoredSource,
    where: { account: number; kind: K; from: number; to: number },
  ): Promise<PageRecords[K][]>;
  /** The account that one of a report stands for a second time, through another item; null when it is the only or first one. */
  duplicateOf(source: StoredSource, ordinal: number): Promise<PlacedAccount | null>;
  /** Forgets what was read of a source, for its content has changed. */
  clear(source: StoredSource): void;
}

/** The report reads of one request of one viewer. */
export function createReportLoaders(deps: { store: Pick<Store, "db">; vault: Vault }, viewer: string): ReportLoaders {
  const { db } = deps.store;
  const reports = new DataLoader((ids: readonly string[]) => Promise.all(ids.map((id) => findReport(db, viewer, id))));
  const sourcesOf = new DataLoader(async (reportIds: readonly string[]) => {
    const sources = await listSources(db, reportIds);
    return reportIds.map((id) => sources.filter((source) => source.report_id === id));
  });
  const sharesOf = new DataLoader(async (reportIds: readonly string[]) => {
    const shares = await listShares(db, viewer, reportIds);
    return reportIds.map((id) => shares.filter((share) => share.report_id === id));
  });
  const sources = new DataLoader((ids: readonly string[]) =>
    Promise.all(ids.map((id) => findSourceOf(db, viewer, id))),
  );
  const heads = new DataLoader<StoredSource, { head: ContentHead; insights: boolean } | null, string>(
    async (batch) => {
      const found = await readHeads(db, deps.vault, batch);
      return batch.map((source) => found.get(source.id) ?? null);
    },
    { cacheKeyFn: (source) => source.id },
  );
  /** By source and ordinal; from the heads alone. */
  const duplicatesOf = new DataLoader((reportIds: readonly string[]) =>
    Promise.all(reportIds.map((id) => sourcesOf.load(id).then((of) => findDuplicates(of, (one) => heads.load(one))))),
  );
  return {
    report: (id) => reports.load(id),
    sources: (reportId) => sourcesOf.load(reportId),
    shares: (reportId) => sharesOf.load(reportId),
    source: (id) => sources.load(id),
    head: (source) => heads.load(source),
    records: (source, where) => readRecords(db, deps.vault, source, where),
    duplicateOf: async (source, ordinal) =>
      (await duplicatesOf.load(source.report_id)).get(placeOf(source, ordinal)) ?? null,
    clear: (source) => void heads.clear(source),
  };
}

async function findDuplicates(
  sources: readonly StoredSource[],
  headOf: (source: StoredSource) => Promise<{ head: ContentHead } | null>,
): Promise<Map<string, PlacedAccount>> {
  const kept = await Promise.all(sources.map(async (source) => ({ source, head: (await headOf(source))?.head })));
  const placed = new Map<ContentAccount, PlacedAccount>();
  const items = kept.flatMap(({ source, head }) =>
    (head?.items ?? []).map((item) => {
      if (head) for (const account of item.accounts) placed.set(account, { source, head, account });
      return { ...item, provider: source.provider };
    }),
  );
  const found = new Map<string, PlacedAccount>();
  for (const [duplicate, first] of duplicateAccounts(items)) {
    const [from, to] = [placed.get(duplicate), placed.get(first)];
    if (from && to) found.set(placeOf(from.source, duplicate.ordinal), to);
  }
  return found;
}

function placeOf(source: StoredSource, ordinal: number): string {
  return `${source.id}/${ordinal}`;
}
