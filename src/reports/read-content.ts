import type { ReportData } from "../../adapters/adapter/reports.ts";
import type { StoredSource } from "../store/report-sources.ts";
import { type ContentRows, contentPacker } from "./content.ts";
import type { ReportDeps } from "./deps.ts";
import { readSourceReport } from "./read-source-report.ts";

/** A source's report as it was read, its items as rows. */
export interface ReadContent {
  data: Omit<ReportData, "items">;
  rows: ContentRows;
}

/** Reads a source's report upstream, packed while it comes. @throws GatewayError as `readSourceReport`. */
export async function readContent(
  deps: Pick<ReportDeps, "adapters" | "vault" | "clock">,
  source: StoredSource,
  signal?: AbortSignal,
): Promise<ReadContent> {
  const packer = contentPacker(deps.vault, source);
  const reading = await readSourceReport(deps, source, { insights: false, begin: packer.begin }, signal);
  return { data: reading.data, rows: await packer.rows(reading) };
}
