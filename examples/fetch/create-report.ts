import {
  CreateReportDocument,
  type CreateReportInput,
  ReportContentDocument,
  type ReportProgressFragment,
  ReportStatusDocument,
} from "../generated/operations.ts";
import { type RetryOptions, retry } from "../retry.ts";
import type { Client } from "./client.ts";

/** Asks for a report, tells how far it is, and gives it with its content once there is no more to wait for. */
export async function createReport(
  client: Client,
  input: CreateReportInput,
  { onProgress, ...options }: RetryOptions & { onProgress?(report: ReportProgressFragment): void } = {},
) {
  // the key makes it safe to send again: what the first request made comes back
  const keyed = { idempotencyKey: crypto.randomUUID(), ...input };
  const { id } = await retry(async () => {
    const { data, errors } = await client.mutate(CreateReportDocument, { input: keyed });
    if (!data?.createReport) throw new Error("The report could not be created.", { cause: errors });
    return data.createReport.report;
  }, options);

  // the state as it stands comes at once, then each change: subscribing again after a lost connection misses nothing
  await retry(async (progress) => {
    for await (const { reportStatus } of client.subscribe(ReportStatusDocument, { id }, options.signal)) {
      progress();
      onProgress?.(reportStatus);
      if (reportStatus.status !== "PENDING") return;
    }
    options.signal?.throwIfAborted();
    throw new Error("The stream ended before the report was ready.");
  }, options);

  const { data, errors } = await client.query(ReportContentDocument, { id });
  if (!data?.report) throw new Error("The report could not be read.", { cause: errors });
  return data.report;
}
