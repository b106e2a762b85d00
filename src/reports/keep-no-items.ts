import type { KeptItem, ReportItemRecord } from "../../adapters/adapter/reports.ts";

/** Begins to read a report of whose items nothing is kept: it is read for whether it is there, and which it is. */
export function keepNoItems() {
  return async ({ remoteId }: ReportItemRecord): Promise<KeptItem> => ({ remoteId, accounts: [] });
}
