import { type Environment, graphql } from "relay-runtime";
import { type RetryOptions, retry } from "../retry.ts";
import type { createReportContentQuery } from "./__generated__/createReportContentQuery.graphql.ts";
import type { CreateReportInput, createReportMutation } from "./__generated__/createReportMutation.graphql.ts";
import type { createReportSubscription } from "./__generated__/createReportSubscription.graphql.ts";
import type { fragments_missing$key } from "./__generated__/fragments_missing.graphql.ts";
import type {
  fragments_reportProgress$data,
  fragments_reportProgress$key,
} from "./__generated__/fragments_reportProgress.graphql.ts";
import { missing, reportProgress } from "./fragments.ts";
import { mutate } from "./mutate.ts";
import { query } from "./query.ts";
import { readFragment } from "./read-fragment.ts";
import { subscribe } from "./subscribe.ts";

const create = graphql`
  mutation createReportMutation($input: CreateReportInput!) {
    createReport(input: $input) {
      report {
        id
        ...fragments_reportProgress
      }
    }
  }
`;

const status = graphql`
  subscription createReportSubscription($id: ID!) {
    reportStatus(id: $id) {
      ...fragments_reportProgress
    }
  }
`;

const content = graphql`
  query createReportContentQuery($id: ID!) {
    report(id: $id) {
      ...fragments_reportProgress
      content {
        id
        items {
          id
          institutionName
          accounts {
            id
            name
            balances {
              current
              currency
            }
          }
        }
        unavailable {
          ...fragments_missing
        }
      }
    }
  }
`;

/** Asks for a report, tells how far it is, and gives it with its content once there is no more to wait for. */
export async function createReport(
  environment: Environment,
  input: CreateReportInput,
  { onProgress, ...options }: RetryOptions & { onProgress?(report: fragments_reportProgress$data): void } = {},
) {
  // the key makes it safe to send again: what the first request made comes back
  const keyed = { idempotencyKey: crypto.randomUUID(), ...input };
  const { id } = await retry(async () => {
    const { data, errors } = await mutate<createReportMutation>(environment, create, { input: keyed });
    if (!data.createReport) throw new Error("The report could not be created.", { cause: errors });
    return data.createReport.report;
  }, options);

  // the state as it stands comes at once, then each change: subscribing again after a lost connection misses nothing
  await retry(async (progress) => {
    const changes = subscribe<createReportSubscription>(environment, status, { id }, options.signal);
    for await (const { reportStatus } of changes) {
      progress();
      const report = readFragment<fragments_reportProgress$key>(environment, reportProgress, reportStatus);
      onProgress?.(report);
      if (report.status !== "PENDING") return;
    }
    options.signal?.throwIfAborted();
    throw new Error("The stream ended before the report was ready.");
  }, options);

  const { report } = await query<createReportContentQuery>(environment, content, { id });
  if (!report) throw new Error("The report could not be read.");
  return {
    ...readFragment<fragments_reportProgress$key>(environment, reportProgress, report),
    content: report.content && {
      ...report.content,
      unavailable: report.content.unavailable.map((ref) =>
        readFragment<fragments_missing$key>(environment, missing, ref),
      ),
    },
  };
}
