import type { Report } from "../schema/report.ts";
import type { Context } from "../src/context.ts";
import { reportNoun } from "../src/reports/report-noun.ts";
import type { StoredReport } from "../src/store/reports.ts";
import { notFound } from "./ids.ts";

/** The viewer's report. @throws GatewayError NOT_FOUND, also when it is another viewer's; GONE for a shared one that was taken back. */
export async function findOwnReport(context: Context, uuid: string): Promise<StoredReport> {
  const report = await context.reports.report(uuid);
  if (!report) throw notFound("report");
  for (const source of await context.reports.sources(uuid))
    await context.operations.verifyShare(source, context.signal);
  return report;
}

export async function nounOf(context: Context, report: StoredReport): Promise<Report> {
  return reportNoun(report, await context.reports.sources(report.id));
}

/** The report at once, then each change. @throws GatewayError NOT_FOUND before anything is watched. */
export async function watchOwnReport(context: Context, uuid: string): Promise<AsyncGenerator<Report, void, void>> {
  await findOwnReport(context, uuid);
  return watchNouns(context, uuid);
}

/** Each value is read anew: nothing of the one before is shown. */
async function* watchNouns(context: Context, uuid: string): AsyncGenerator<Report, void, void> {
  for await (const { report, sources } of context.operations.watchReport(context.viewer.id, uuid, context.client)) {
    context.renew();
    yield reportNoun(report, sources);
  }
}
