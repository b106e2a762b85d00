import type { KyselyPlugin } from "kysely";
import type { Store } from "../../src/store/store.ts";

/** How many rows of a report's content came out of the database. */
export interface ReadCounts {
  heads: number;
  pages: number;
}

/** The store, counting the sealed heads and pages that are read from it outside transactions. */
export function countReads(store: Store): { store: Store; reads: ReadCounts } {
  const reads = { heads: 0, pages: 0 };
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      for (const row of result.rows) {
        if ("head_sealed" in row) reads.heads += 1;
        if ("page_sealed" in row) reads.pages += 1;
      }
      return result;
    },
  };
  return { store: { ...store, db: store.db.withPlugin(plugin) }, reads };
}
