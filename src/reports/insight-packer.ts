import type { Insertable, Selectable } from "kysely";
import type { KeptItem, ReportAccountRecord, ReportItemRecord } from "../../adapters/adapter/reports.ts";
import type { ReportHeadTable, ReportPageTable } from "../store/database.ts";
import type { StoredSource } from "../store/report-sources.ts";
import type { Store } from "../store/store.ts";
import type { Vault } from "../vault.ts";
import { type ContentTransaction, openHead, packPages, readRecords } from "./content.ts";

/**
 * Makes pages of the kept transactions of a source with what an answer with insights adds, while it comes. A snapshot never changes:
 * every record stays where it stood, whatever order the new answer has, and none comes or goes.
 */
export async function insightPacker(
  { store, vault }: { store: Pick<Store, "db">; vault: Vault },
  source: StoredSource,
  row: Selectable<ReportHeadTable>,
) {
  const head = await openHead(vault, source, row);
  let pages: Insertable<ReportPageTable>[] = [];
  return {
    /** Begins with the first item. */
    begin() {
      pages = [];
      return async ({ remoteId, accounts }: ReportItemRecord): Promise<KeptItem> => {
        const item = head.items.find((candidate) => candidate.remoteId === remoteId);
        for (const account of item?.accounts ?? []) {
          const answer = accounts.find((candidate) => candidate.remoteId === account.remoteId);
          if (!answer || account.counts.transactions === 0) continue;
          const kind = "transactions" as const;
          const where = { account: account.ordinal, kind, from: 0, to: account.counts.transactions };
          const kept = await readRecords(store.db, vault, source, where);
          pages.push(...(await packPages(vault, source, account.ordinal, kind, enriched(kept, answer))));
        }
        return { remoteId, accounts: [] };
      };
    },
    /** All pages, once every item has come. */
    pages: () => pages,
  };
}

function enriched(kept: ContentTransaction[], answer: ReportAccountRecord): ContentTransaction[] {
  const found = new Map<string, ReportAccountRecord["transactions"]>();
  for (const record of answer.transactions) {
    found.set(record.remoteId, [...(found.get(record.remoteId) ?? []), record]);
  }
  return kept.map((record) => {
    const richer = found.get(record.remoteId)?.shift();
    return richer ? { ...richer, pendingPosition: record.pendingPosition } : record;
  });
}
