import type { GraphQLResolveInfo } from "graphql";
import type { Unavailable } from "../schema/errors.ts";
import type {
  Connection,
  HoldingConnection,
  InvestmentTransactionConnection,
  PageArgs,
  TransactionConnection,
} from "../schema/pagination.ts";
import type { HistoricalBalance, ReportAccount } from "../schema/report-content.ts";
import type { Context } from "../src/context.ts";
import { badInput } from "../src/errors.ts";
import { decodeCursor, encodeCursor } from "../src/ids.ts";
import type { ContentAccount, ContentHead, ContentItem, PageRecords } from "../src/reports/content.ts";
import { type ListKind, missingRecords } from "../src/reports/missing-records.ts";
import { reportItemNoun, reportTransactionNoun } from "../src/reports/report-content-noun.ts";
import { reportHoldingNoun, reportInvestmentTransactionNoun } from "../src/reports/report-investment-noun.ts";
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
): Promise<{ source: StoredSource; head: ContentHead; item: ContentItem; account: ContentAccount }> {
  const { source, head } = await sourceContent(context, sourceUuid, "report account");
  const item = head.items.find(({ accounts }) => accounts.some((candidate) => candidate.ordinal === ordinal));
  const account = item?.accounts.find((candidate) => candidate.ordinal === ordinal);
  if (!item || !account) throw notFound("report account");
  return { source, head, item, account };
}

/** One record of an account's list and where it stands. @throws GatewayError NOT_FOUND */
export async function accountRecord<K extends ListKind>(
  context: Context,
  source: StoredSource,
  { ordinal, counts }: ContentAccount,
  kind: K,
  positionText: string | undefined,
): Promise<{ place: { account: number; position: number }; record: PageRecords[K] }> {
  const position = /^\d{1,7}$/.test(positionText ?? "") ? Number(positionText) : counts[kind];
  const to = Math.min(position + 1, counts[kind]);
  const [record] = await context.reports.records(source, { account: ordinal, kind, from: position, to });
  if (!record) throw notFound(NAMES[kind]);
  return { place: { account: ordinal, position }, record };
}

const NAMES: Record<ListKind, string> = {
  transactions: "transaction",
  holdings: "holding",
  investmentTransactions: "investment transaction",
};

/** The newest `days` balances, or all. @throws GatewayError BAD_USER_INPUT for a negative number. */
export async function accountHistory(
  context: Context,
  reportAccount: ReportAccount,
  days: number | null,
): Promise<HistoricalBalance[]> {
  if (days !== null && days < 0) throw badInput("days", days, "0 or more");
  const { source, account } = await accountContent(context, reportAccount);
  const to = Math.min(days ?? account.counts.history, account.counts.history);
  return context.reports.records(source, { account: account.ordinal, kind: "history", from: 0, to });
}

/** One page of an account's transactions, with insights where the query selects them. */
export async function accountTransactions(
  context: Context,
  reportAccount: ReportAccount,
  page: PageArgs,
  info: GraphQLResolveInfo,
): Promise<TransactionConnection> {
  const bring = (source: StoredSource) =>
    selectsInsights(info) ? bringInsights(context, [source]) : Promise.resolve<Unavailable[]>([]);
  return accountPage(context, reportAccount, page, "transactions", reportTransactionNoun, bring);
}

/** One page of what an account held. */
export function accountHoldings(
  context: Context,
  reportAccount: ReportAccount,
  page: PageArgs,
): Promise<HoldingConnection> {
  return accountPage(context, reportAccount, page, "holdings", reportHoldingNoun);
}

/** One page of an account's trades. */
export function accountInvestmentTransactions(
  context: Context,
  reportAccount: ReportAccount,
  page: PageArgs,
): Promise<InvestmentTransactionConnection> {
  return accountPage(context, reportAccount, page, "investmentTransactions", reportInvestmentTransactionNoun);
}

/** One page of one of an account's lists: opens the account's head and the pages that hold it. */
async function accountPage<K extends ListKind, N>(
  context: Context,
  reportAccount: ReportAccount,
  page: PageArgs,
  kind: K,
  nounOf: (
    source: StoredSource,
    head: ContentHead,
    place: { account: number; position: number },
    record: PageRecords[K],
  ) => N,
  prepare: (source: StoredSource) => Promise<Unavailable[]> = () => Promise.resolve([]),
): Promise<Connection<N>> {
  const first = pageSize(page);
  const from = startOf(kind, page.after);
  const { source, head, item, account } = await accountContent(context, reportAccount);
  const refused = await prepare(source);
  const total = account.counts[kind];
  const to = Math.min(from + first, total);
  const records = await context.reports.records(source, { account: account.ordinal, kind, from, to });
  const placed = records.map((record, index) => ({
    node: nounOf(source, head, { account: account.ordinal, position: from + index }, record),
    group: "",
    key: "",
    ordinal: from + index,
  }));
  const missing = missingRecords(reportItemNoun(source, item), head, account, kind);
  return connection<N>(placed, {
    hasPrevious: from > 0,
    hasNext: to < total,
    total,
    unavailable: [...missing, ...refused],
    cursorOf: ({ ordinal }) => encodeCursor(kind, String(ordinal)),
  });
}

function startOf(list: ListKind, after: string | null | undefined): number {
  if (after === undefined || after === null) return 0;
  const [kind, ordinal = ""] = decodeCursor(after, 2) ?? [];
  if (kind !== list || !/^\d{1,7}$/.test(ordinal)) throw badInput("after", after, "a cursor of this list");
  return Number(ordinal) + 1;
}
