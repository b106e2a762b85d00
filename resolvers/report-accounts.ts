import type { GraphQLResolveInfo } from "graphql";
import type { PageArgs, TransactionConnection } from "../schema/pagination.ts";
import type { HistoricalBalance, ReportAccount } from "../schema/report-content.ts";
import type { Transaction } from "../schema/transaction.ts";
import type { Context } from "../src/context.ts";
import { badInput } from "../src/errors.ts";
import { decodeCursor, encodeCursor } from "../src/ids.ts";
import type { ContentAccount, ContentHead } from "../src/reports/content.ts";
import { reportTransactionNoun } from "../src/reports/report-content-noun.ts";
import type { StoredSource } from "../src/store/report-sources.ts";
import { notFound } from "./ids.ts";
import { bringInsights } from "./merged-content.ts";
import { connection, pageSize } from "./paginate.ts";
import { selectsInsights } from "./selects-insights.ts";

/** A source of the viewer's with its kept content. @throws GatewayError NOT_FOUND, naming what was looked for below it; GONE. */
export async function sourceContent(
  context: Context,
  sourceUuid: string,
  type: string,
): Promise<{ source: StoredSource; head: ContentHead }> {
  const source = await context.reports.source(sourceUuid);
  if (source) await context.operations.verifyShare(source, context.signal);
  const kept = source && (await context.reports.head(source));
  if (!kept) throw notFound(type);
  return { source, head: kept.head };
}

/** An account of a report as kept. @throws GatewayError NOT_FOUND */
export async function accountContent(
  context: Context,
  { sourceUuid, ordinal }: Pick<ReportAccount, "sourceUuid" | "ordinal">,
): Promise<{ source: StoredSource; head: ContentHead; account: ContentAccount }> {
  const { source, head } = await sourceContent(context, sourceUuid, "report account");
  const account = head.items.flatMap((item) => item.accounts).find((candidate) => candidate.ordinal === ordinal);
  if (!account) throw notFound("report account");
  return { source, head, account };
}

/** The newest `days` balances, or all. @throws GatewayError BAD_USER_INPUT for a negative number. */
export async function accountHistory(
  context: Context,
  reportAccount: ReportAccount,
  days: number | null,
): Promise<HistoricalBalance[]> {
  if (days !== null && days < 0) throw badInput("days", days, "0 or more");
  const { source, account } = await accountContent(context, reportAccount);
  const to = Math.min(days ?? account.historyCount, account.historyCount);
  return context.reports.records(source, { account: account.ordinal, kind: "history", from: 0, to });
}

/** One page of an account's transactions, with insights where the query selects them. */
export async function accountTransactions(
  context: Context,
  reportAccount: ReportAccount,
  page: PageArgs,
  info: GraphQLResolveInfo,
): Promise<TransactionConnection> {
  const first = pageSize(page);
  const start = position(page.after);
  const { source, head, account } = await accountContent(context, reportAccount);
  const refused = selectsInsights(info) ? await bringInsights(context, [source]) : [];
  const to = Math.min(start + first, account.transactionCount);
  const records = await context.reports.records(source, {
    account: account.ordinal,
    kind: "transactions",
    from: start,
    to,
  });
  const placed = records.map((record, index) => ({
    node: reportTransactionNoun(source, head, { account: account.ordinal, position: start + index }, record),
    group: "",
    key: "",
    ordinal: start + index,
  }));
  return connection<Transaction>(placed, {
    hasPrevious: start > 0,
    hasNext: to < account.transactionCount,
    total: account.transactionCount,
    unavailable: refused,
    cursorOf: ({ ordinal }) => encodeCursor("transaction", String(ordinal)),
  });
}

function position(after: string | null | undefined): number {
  if (after === undefined || after === null) return 0;
  const [kind, ordinal = ""] = decodeCursor(after, 2) ?? [];
  if (kind !== "transaction" || !/^\d{1,7}$/.test(ordinal)) throw badInput("after", after, "a cursor of this list");
  return Number(ordinal) + 1;
}
