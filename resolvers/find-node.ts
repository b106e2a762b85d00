import type { GraphQLResolveInfo } from "graphql";
import { Provider } from "../schema/enums.ts";
import type { Node } from "../schema/node.ts";
import { isDay } from "../src/clock/days.ts";
import type { Context } from "../src/context.ts";
import { badInput } from "../src/errors.ts";
import { decodeId, type IdType } from "../src/ids.ts";
import { askedDays } from "../src/loaders/asked-days.ts";
import { itemNoun } from "../src/loaders/item-noun.ts";
import type { Read, StoredItem } from "../src/loaders/loaders.ts";
import type { Found, Scan } from "../src/loaders/scan.ts";
import { investmentTransactionNoun, transactionNoun } from "../src/loaders/transaction-noun.ts";
import { reportAccountNoun, reportItemNoun, reportTransactionNoun } from "../src/reports/report-content-noun.ts";
import {
  reportHoldingNoun,
  reportInvestmentTransactionNoun,
  reportSecurityNoun,
} from "../src/reports/report-investment-noun.ts";
import { sourceNoun } from "../src/reports/report-noun.ts";
import { findOwnEvent } from "./events.ts";
import { findAccount } from "./find-account.ts";
import { notFound } from "./ids.ts";
import { ownItem } from "./items.ts";
import { bringInsights, reportContent } from "./merged-content.ts";
import { accountContent, accountRecord, sourceContent } from "./report-accounts.ts";
import { findOwnReport, nounOf } from "./reports.ts";
import { selectsInsights } from "./selects-insights.ts";
import { auditCopyOf, findOwnShare, relayOf } from "./shares.ts";
import { unavailableError } from "./unavailable-error.ts";

/** What finds an object of one type by its id and the id's parts. */
type Finder = (context: Context, id: string, parts: string[], info: GraphQLResolveInfo) => Promise<Node>;

const FINDERS: Record<IdType, Finder> = {
  AuditCopy: async (context, _, [uuid = ""]) => auditCopyOf(context, await findOwnShare(context, "AUDIT_COPY", uuid)),
  Relay: async (context, _, [uuid = ""]) => relayOf(context, await findOwnShare(context, "RELAY", uuid)),
  Event: (context, _, [uuid = ""]) => findOwnEvent(context, uuid),
  Transaction: async (context, _, parts) => {
    const wanted = wantedOf(parts);
    const item = await context.loaders.item(wanted.itemUuid);
    if (!item) throw notFound("transaction");
    return transactionNoun(item.id, onlyOne(await context.loaders.transactions(item, wanted), "transaction"));
  },
  InvestmentTransaction: async (context, _, parts) => {
    const wanted = wantedOf(parts);
    const item = await context.loaders.item(wanted.itemUuid);
    if (!item) throw notFound("investment transaction");
    const scan = await context.loaders.investmentTransactions(item, wanted);
    return investmentTransactionNoun(item.id, onlyOne(scan, "investment transaction"));
  },
  Item: async (context, _, [uuid = ""]) => itemNoun(await ownItem(context, uuid)),
  Institution: (context, _, [provider, remoteId = ""]) => {
    if (!isProvider(provider)) throw notFound("institution");
    return context.loaders.institution(provider, remoteId);
  },
  Account: (context, id) => findAccount(context, id),
  Holding: (context, id, [uuid = ""]) =>
    oneOf(
      context,
      uuid,
      (item) => context.loaders.holdings(item),
      ({ holdings }) => holdings.find((holding) => holding.id === id),
      "holding",
    ),
  Security: async (context, _, [uuid = "", remoteId = ""]) => {
    const item = await context.loaders.item(uuid);
    const { value, unavailable } = item ? await context.loaders.holdings(item) : NOTHING;
    const held = value?.securities.get(remoteId);
    if (held || !item) return held ?? Promise.reject(notFound("security"));
    const trades = await context.loaders.investmentTransactions(item, {
      ...{ ...askedDays({}, context.now()), remoteAccountIds: null, begin: null, first: 1, counted: false },
      matches: (record) => record.remoteSecurityId === remoteId,
    });
    const traded = trades.found[0] && investmentTransactionNoun(item.id, trades.found[0]).security;
    if (traded) return traded;
    const [missing] = [...unavailable, ...trades.unavailable];
    throw missing ? unavailableError(missing) : notFound("security");
  },
  Liability: (context, id, [uuid = ""]) =>
    oneOf(
      context,
      uuid,
      (item) => context.loaders.liabilities(item),
      ({ liabilities }) => liabilities.find((liability) => liability.id === id),
      "liability",
    ),
  Report: async (context, _, [uuid = ""]) => nounOf(context, await findOwnReport(context, uuid)),
  ReportSource: async (context, _, [uuid = ""]) => {
    const source = await context.reports.source(uuid);
    if (!source) throw notFound("report source");
    return sourceNoun(source);
  },
  ReportContent: async (context, _, [uuid = ""], info) => {
    const content = await reportContent(context, await nounOf(context, await findOwnReport(context, uuid)), info);
    if (!content) throw notFound("report content");
    return content;
  },
  ReportItem: async (context, _, [uuid = "", remoteId]) => {
    const { source, head } = await sourceContent(context, uuid, "report item");
    const item = head.items.find((candidate) => candidate.remoteId === remoteId);
    if (!item) throw notFound("report item");
    return reportItemNoun(source, item);
  },
  ReportAccount: async (context, _, [sourceUuid = "", ordinal]) => {
    const { source, head, account } = await accountContent(context, { sourceUuid, ordinal: Number(ordinal) });
    return reportAccountNoun(source, head, account);
  },
  ReportTransaction: async (context, _, [sourceUuid = "", ordinal, position], info) => {
    const { source, head, account } = await accountContent(context, { sourceUuid, ordinal: Number(ordinal) });
    const [refused] = selectsInsights(info) ? await bringInsights(context, [source]) : [];
    if (refused) throw unavailableError(refused);
    const { place, record } = await accountRecord(context, source, account, "transactions", position);
    return reportTransactionNoun(source, head, place, record);
  },
  ReportHolding: async (context, _, [sourceUuid = "", ordinal, position]) => {
    const { source, head, account } = await accountContent(context, { sourceUuid, ordinal: Number(ordinal) });
    const { place, record } = await accountRecord(context, source, account, "holdings", position);
    return reportHoldingNoun(source, head, place, record);
  },
  ReportInvestmentTransaction: async (context, _, [sourceUuid = "", ordinal, position]) => {
    const { source, head, account } = await accountContent(context, { sourceUuid, ordinal: Number(ordinal) });
    const { place, record } = await accountRecord(context, source, account, "investmentTransactions", position);
    return reportInvestmentTransactionNoun(source, head, place, record);
  },
  ReportSecurity: async (context, _, [sourceUuid = "", ordinal, kind, position]) => {
    if (kind !== "holdings" && kind !== "investmentTransactions") throw notFound("security");
    const { source, account } = await accountContent(context, { sourceUuid, ordinal: Number(ordinal) });
    const { record } = await accountRecord(context, source, account, kind, position);
    if (!record.security) throw notFound("security");
    return reportSecurityNoun(source, account.ordinal, record.security);
  },
};

const NOTHING = { value: null, unavailable: [] };

/** The viewer's object of a global id. @throws GatewayError BAD_USER_INPUT, NOT_FOUND, or why it could not be had. */
export async function findNode(context: Context, id: string, field: string, info: GraphQLResolveInfo): Promise<Node> {
  const decoded = decodeId(id);
  if (!decoded) throw badInput(field, id, "an id that this gateway gave");
  return FINDERS[decoded.type](context, id, decoded.parts, info);
}

async function oneOf<T, N extends Node>(
  context: Context,
  itemUuid: string,
  read: (item: StoredItem) => Promise<Read<T>>,
  find: (value: T) => N | undefined,
  type: string,
): Promise<N> {
  const item = await context.loaders.item(itemUuid);
  if (!item) throw notFound(type);
  const { value, unavailable } = await read(item);
  const found = value === null ? undefined : find(value);
  if (found) return found;
  throw value === null && unavailable[0] ? unavailableError(unavailable[0]) : notFound(type);
}

/** A transaction's id holds its date and account: finding it is a read of one day. */
function wantedOf([itemUuid = "", remoteAccountId = "", day = "", remoteId]: string[]) {
  if (!isDay(day)) throw notFound("transaction");
  const matches = (record: { remoteId: string; remoteAccountId: string }) =>
    record.remoteId === remoteId && record.remoteAccountId === remoteAccountId;
  return {
    itemUuid,
    startDate: day,
    endDate: day,
    remoteAccountIds: null,
    begin: null,
    first: 1,
    counted: false,
    matches,
  };
}

function onlyOne<R>({ found, unavailable }: Scan<R>, type: string): Found<R> {
  if (found[0]) return found[0];
  throw unavailable[0] ? unavailableError(unavailable[0]) : notFound(type);
}

function isProvider(name: string | undefined): name is Provider {
  return name !== undefined && Object.hasOwn(Provider, name);
}
