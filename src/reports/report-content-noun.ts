import type { Unavailable } from "../../schema/errors.ts";
import type { ReportAccount, ReportContent, ReportItem } from "../../schema/report-content.ts";
import type { Transaction } from "../../schema/transaction.ts";
import { leftOut } from "../errors/left-out.ts";
import { providerError } from "../errors/provider-error.ts";
import { revivedError } from "../errors/stored-error.ts";
import { unavailable } from "../errors/unavailable.ts";
import { GatewayError } from "../errors.ts";
import { encodeId } from "../ids.ts";
import type { StoredSource } from "../store/report-sources.ts";
import type { StoredReport } from "../store/reports.ts";
import type { ContentAccount, ContentHead, ContentItem, ContentTransaction } from "./content.ts";

/** A source with its kept content; null where it has none. */
export interface SourceContent {
  source: StoredSource;
  head: ContentHead | null;
}

/** What a report's READY sources say, together; null when none can be read. */
export function contentNoun(
  report: StoredReport,
  contents: readonly SourceContent[],
  refused: readonly Unavailable[],
): ReportContent | null {
  const heads = contents.flatMap(({ head }) => (head ? [head] : []));
  const first = heads[0];
  if (!first) return null;
  const user = heads.find((head) => head.user)?.user;
  return {
    reportUuid: report.id,
    id: encodeId("ReportContent", report.id),
    generatedAt: heads.map((head) => head.generatedAt).reduce((oldest, next) => (next < oldest ? next : oldest)),
    daysRequested: first.daysRequested ?? report.days_requested,
    clientReportId: first.clientReportId ?? report.client_report_id,
    user: user ? { ...without(user, "ssn"), fullSsn: user.ssn } : null,
    warnings: contents.flatMap(({ source, head }) =>
      (head?.warnings ?? []).map((warning) => ({
        ...warning,
        provider: source.provider,
        itemUuid: itemUuid(source, warning.remoteItemId),
        cause: warning.cause && providerError(warning.cause),
      })),
    ),
    unavailable: [...contents.flatMap(missing), ...refused],
  };
}

/** Of a failed source its items; of a read one the records that were left out. */
function missing({ source, head }: SourceContent): Unavailable[] {
  const { provider } = source;
  if (source.error) {
    const error = revivedError(source.error);
    const causes = error.options.upstream?.causes ?? [];
    return source.items.map((item) => {
      const cause = causes.find(({ remoteItemId }) => remoteItemId === item.remoteId)?.error;
      return unavailable(cause ?? error, { itemUuid: item.id, provider, product: "ASSETS" });
    });
  }
  if (!head) {
    const error = new GatewayError("REPORT_NOT_READY", "This source's content is not kept here.");
    return [unavailable(error, { itemUuid: null, provider, product: "ASSETS" })];
  }
  const records = leftOut(head.leftOut, head.origin, { itemUuid: null, provider, product: "ASSETS" });
  return records ? [records] : [];
}

export function reportItemNoun(source: StoredSource, item: ContentItem): ReportItem {
  return {
    ...without(item, "accounts"),
    sourceUuid: source.id,
    itemUuid: itemUuid(source, item.remoteId),
    id: encodeId("ReportItem", source.id, item.remoteId),
    provider: source.provider,
  };
}

export function reportAccountNoun(source: StoredSource, head: ContentHead, account: ContentAccount): ReportAccount {
  const { owners: _, counts: __, investmentsTold: ___, ...shown } = account;
  return {
    ...shown,
    sourceUuid: source.id,
    id: encodeId("ReportAccount", source.id, String(account.ordinal)),
    balances: { ...account.balances, provenance: { provider: source.provider, ...head.origin, cached: true } },
  };
}

export function reportTransactionNoun(
  source: StoredSource,
  head: ContentHead,
  place: { account: number; position: number },
  record: ContentTransaction,
): Transaction {
  const { pendingPosition, remotePendingTransactionId: _, ...shown } = record;
  const id = (position: number) => encodeId("ReportTransaction", source.id, String(place.account), String(position));
  return {
    ...shown,
    accountKey: null,
    id: id(place.position),
    pendingTransactionId: pendingPosition === null ? null : id(pendingPosition),
    provenance: { provider: source.provider, ...head.origin, cached: true },
  };
}

function itemUuid(source: StoredSource, remoteId: string | null): string | null {
  return source.items.find((item) => item.remoteId === remoteId)?.id ?? null;
}

function without<T extends object, K extends keyof T>(object: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = object;
  return rest;
}
