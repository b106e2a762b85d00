import type { GraphQLResolveInfo } from "graphql";
import type { Unavailable } from "../schema/errors.ts";
import type { Report } from "../schema/report.ts";
import type { ReportContent } from "../schema/report-content.ts";
import type { Context } from "../src/context.ts";
import { unavailable } from "../src/errors/unavailable.ts";
import { GatewayError } from "../src/errors.ts";
import { decodeIdOf } from "../src/ids.ts";
import { contentNoun } from "../src/reports/report-content-noun.ts";
import type { StoredSource } from "../src/store/report-sources.ts";
import { findOwnReport } from "./reports.ts";
import { selectsInsights } from "./selects-insights.ts";

/** The merged content of a report, with insights where the query selects them; null while there is none. */
export async function reportContent(
  context: Context,
  report: Report,
  info: GraphQLResolveInfo,
): Promise<ReportContent | null> {
  if (report.status !== "READY" && report.status !== "PARTIAL") return null;
  const row = await findOwnReport(context, decodeIdOf("Report", report.id)?.[0] ?? "").catch(nullIfGone);
  if (!row) return null;
  const sources = await context.reports.sources(row.id);
  const refused = selectsInsights(info) ? await bringInsights(context, sources) : [];
  const contents = await Promise.all(
    sources.map(async (source) => ({ source, head: (await context.reports.head(source))?.head ?? null })),
  );
  return contentNoun(row, contents, refused);
}

/** A shared report that was taken back only now has no content; the report itself says so when it is next read. */
function nullIfGone(error: unknown): null {
  if (error instanceof GatewayError && error.code === "GONE") return null;
  throw error;
}

/** Has the insights of READY sources fetched where they are not kept yet, once an operation; returns what was refused. */
export async function bringInsights(context: Context, sources: readonly StoredSource[]): Promise<Unavailable[]> {
  const refusals = await Promise.all(
    sources
      .filter((source) => source.state === "READY")
      .map((source) => {
        const brought = context.insights.get(source.id) ?? bring(context, source);
        context.insights.set(source.id, brought);
        return brought;
      }),
  );
  return refusals.flatMap((refusal) => refusal ?? []);
}

async function bring(context: Context, source: StoredSource): Promise<Unavailable | null> {
  const kept = await context.reports.head(source);
  if (!kept || kept.insights) return null;
  const error = await context.operations.fetchInsights(source, context.signal);
  context.reports.clear(source);
  return error && unavailable(error, { itemUuid: null, provider: source.provider, product: "ASSETS" });
}
