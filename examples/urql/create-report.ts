import type { Client } from "@urql/core";
import {
  CreateReportDocument,
  type CreateReportInput,
  ReportContentDocument,
  type ReportProgressFragment,
  ReportStatusDocument,
} from "../generated/operations.ts";
import { type RetryOptions, retry } from "../retry.ts";
import { subscribe } from "./subscribe.ts";

/** Asks for a report, tells how far it is, and gives it with its content once there is no more to wait for. */
export async function createReport(
  client: Client,
  input: CreateReportInput,
  { onProgress, ...options }: RetryOptions & { onProgress?(report: ReportProgressFragment): void } = {},
) {
  // the key makes it safe to send again: what the first request made comes back
  const keyed = { idempotencyKey: crypto.randomUUID(), ...input };
  const { id } = await retry(async () => {
    const { data, error } = await client.mutation(CreateReportDocument, { input: keyed });
    if (!data?.createReport) throw error;
    return data.createReport.report;
  }, options);

  // the state as it stands comes at once, then each change: subscribing again after a lost connection misses nothing
  await retry(async (progress) => {
    for await (const { reportStatus } of subscribe(client, ReportStatusDocument, { id }, options.signal)) {
      progress();
      onProgress?.(reportStatus);
      if (reportStatus.status !== "PENDING") return;
    }
    options.signal?.throwIfAborted();
    throw new Error("The stream ended before the report was ready.");
  }, options);

  const { data, error } = await client.query(ReportContentDocument, { id });
  if (!data?.report) throw error;
  return data.report;
}
