import DataLoader from "dataloader";
import type { PageKind } from "../store/database.ts";
import { listShares, type StoredShare } from "../store/report-shares.ts";
import { findSourceOf, listSources, type StoredSource } from "../store/report-sources.ts";
import { findReport, type StoredReport } from "../store/reports.ts";
import type { Store } from "../store/store.ts";
import type { Vault } from "../vault.ts";
import { type ContentHead, type PageRecords, readHeads, readRecords } from "./content.ts";

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
  return {
    report: (id) => reports.load(id),
    sources: (reportId) => sourcesOf.load(reportId),
    shares: (reportId) => sharesOf.load(reportId),
    source: (id) => sources.load(id),
    head: (source) => heads.load(source),
    records: (source, where) => readRecords(db, deps.vault, source, where),
    clear: (source) => void heads.clear(source),
  };
}
