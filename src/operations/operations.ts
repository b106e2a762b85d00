import type { LinkToken } from "../../adapters/adapter/link-token.ts";
import type { Delivery } from "../../adapters/adapter/webhooks.ts";
import type {
  CreateLinkTokenInput,
  CreateReportInput,
  ImportItemInput,
  LinkItemInput,
  RefreshReportInput,
} from "../../schema/inputs.ts";
import type { ProviderStatus } from "../../schema/provider-status.ts";
import type { PdfLink } from "../../schema/report.ts";
import { orAbort } from "../clock/or-abort.ts";
import { verifyShare } from "../reports/verify-share.ts";
import type { ShareKind } from "../store/database.ts";
import { findEvent, type StoredEvent } from "../store/events.ts";
import type { StoredItem } from "../store/items.ts";
import { findShareOf, type StoredShare } from "../store/report-shares.ts";
import type { StoredSource } from "../store/report-sources.ts";
import type { ReportPage, ReportQuery, StoredReport } from "../store/reports.ts";
import { countReports, listReports } from "../store/reports.ts";
import { openToken } from "../store/tokens.ts";
import { createLinkToken } from "./create-link-token.ts";
import { createReport } from "./create-report.ts";
import type { OperationDeps } from "./deps.ts";
import { eventBody } from "./event-body.ts";
import { createFetchInsights, type FetchInsights } from "./fetch-insights.ts";
import { type FilterOrder, filterReport } from "./filter-report.ts";
import { findPdf, type SignedPdf } from "./find-pdf.ts";
import { importItem, linkItem } from "./link-item.ts";
import { type FeedQuery, listEvents } from "./list-events.ts";
import { type GivenShare, openSharedReport } from "./open-shared-report.ts";
import { type PdfAddress, pdfLink } from "./pdf-link.ts";
import { receiveWebhook } from "./receive-webhook.ts";
import { type Refreshed, refreshItem } from "./refresh-item.ts";
import { refreshReport } from "./refresh-report.ts";
import { removeItem } from "./remove-item.ts";
import { removeReport } from "./remove-report.ts";
import { removeShare } from "./remove-share.ts";
import { idempotencyKeyOf, refreshOrder, reportOrder } from "./report-order.ts";
import { rotateAccessToken } from "./rotate-access-token.ts";
import { type SharedReport, type ShareOrder, shareReport } from "./share-report.ts";
import type { LinkedItem } from "./take-over.ts";
import { updateItemWebhook } from "./update-item-webhook.ts";
import { createWatchEvents, type WatchEvents } from "./watch-events.ts";
import { createWatchReport, type WatchReport } from "./watch-report.ts";

/** What the gateway does: each use case, with everything it works with already given. Viewers are ids, objects uuids. */
export interface Operations {
  /** The input's item id is a uuid; the signal ends the wait. */
  createLinkToken(
    viewer: string,
    input: CreateLinkTokenInput & { hosted: boolean },
    signal: AbortSignal,
  ): Promise<LinkToken>;
  linkItem(viewer: string, input: LinkItemInput): Promise<LinkedItem>;
  importItem(viewer: string, input: ImportItemInput): Promise<LinkedItem>;
  removeItem(viewer: string, itemId: string): Promise<void>;
  /** To this gateway when `webhook` is null. */
  updateItemWebhook(viewer: string, itemId: string, webhook: string | null): Promise<StoredItem>;
  rotateAccessToken(viewer: string, itemId: string): Promise<StoredItem>;
  /** Has the aggregator fetch anew; what it finds comes as an event. */
  refreshItem(viewer: string, itemId: string, product: Refreshed): Promise<StoredItem>;
  /** The input's item ids are uuids. */
  createReport(viewer: string, input: CreateReportInput): Promise<StoredReport>;
  /** The input's id is a uuid. */
  refreshReport(viewer: string, input: RefreshReportInput): Promise<StoredReport>;
  filterReport(viewer: string, order: FilterOrder): Promise<StoredReport>;
  /** What another shared, as a report of the viewer's own; the signal ends the wait for its content. */
  openSharedReport(viewer: string, share: GivenShare, signal: AbortSignal): Promise<StoredReport>;
  /** @throws GatewayError GONE when the source was opened from a share that its owner has taken back. */
  verifyShare(source: StoredSource, signal: AbortSignal): Promise<void>;
  shareReport(viewer: string, order: ShareOrder): Promise<SharedReport>;
  removeShare(viewer: string, which: { id: string; kind: ShareKind }): Promise<StoredShare>;
  /** By uuid; null when there is none of the kind or it is another's. */
  findShare(viewer: string, which: { id: string; kind: ShareKind }): Promise<StoredShare | null>;
  /** A share's token in clear; null once it has ended. */
  shareToken(share: StoredShare): string | null;
  removeReport(viewer: string, reportId: string): Promise<StoredReport>;
  /** One page, newest request first; how many match in all, and whether more follow the page. */
  listReports(
    viewer: string,
    query: ReportQuery,
    page: ReportPage,
  ): Promise<{ reports: StoredReport[]; total: number; more: boolean }>;
  watchReport: WatchReport;
  /** A new address of the source's PDF; null unless it is READY. */
  pdfLink(source: StoredSource): PdfLink | null;
  /** The PDF that an address leads to. @throws GatewayError NOT_FOUND unless it is exactly one that was given, and not expired. */
  findPdf(address: PdfAddress): Promise<SignedPdf>;
  fetchInsights: FetchInsights;
  /** One page of the viewer's feed, oldest first, and whether more follow it. */
  listEvents(viewer: string, query: FeedQuery & { first: number }): Promise<{ events: StoredEvent[]; more: boolean }>;
  watchEvents: WatchEvents;
  /** By uuid; null when there is none or it is another's. */
  findEvent(viewer: string, id: string): Promise<StoredEvent | null>;
  /** The body of the webhook that it came from, less secrets; null for an event of the gateway's own. */
  eventBody(event: StoredEvent): unknown;
  receiveWebhook(slug: string, delivery: Delivery, signal: AbortSignal): Promise<void>;
  providers(): ProviderStatus[];
}

export function createOperations(deps: OperationDeps): Operations {
  return {
    createLinkToken: (viewer, input, signal) => createLinkToken(deps, viewer, input, signal),
    linkItem: (viewer, input) => linkItem(deps, viewer, input),
    importItem: (viewer, input) => importItem(deps, viewer, input),
    removeItem: (viewer, itemId) => removeItem(deps, viewer, itemId),
    updateItemWebhook: (viewer, itemId, webhook) => updateItemWebhook(deps, viewer, itemId, webhook),
    rotateAccessToken: (viewer, itemId) => rotateAccessToken(deps, viewer, itemId),
    refreshItem: (viewer, itemId, product) => refreshItem(deps, viewer, itemId, product),
    createReport: async (viewer, input) => createReport(deps, viewer, reportOrder(input)),
    refreshReport: async (viewer, input) => refreshReport(deps, viewer, refreshOrder(input.id, input)),
    filterReport: async (viewer, order) =>
      filterReport(deps, viewer, { ...order, idempotencyKey: idempotencyKeyOf(order) }),
    openSharedReport: (viewer, share, signal) => openSharedReport(deps, viewer, share, signal),
    verifyShare: (source, signal) => orAbort(verifyShare(deps, source), signal),
    shareReport: (viewer, order) => shareReport(deps, viewer, order),
    removeShare: (viewer, which) => removeShare(deps, viewer, which),
    findShare: (viewer, which) => findShareOf(deps.store.db, viewer, which),
    shareToken: ({ removed_at, token_sealed, ...share }) =>
      removed_at === null && token_sealed !== null ? openToken(deps.vault, { ...share, token_sealed }) : null,
    removeReport: (viewer, reportId) => removeReport(deps, viewer, reportId),
    async listReports(viewer, query, page) {
      const [reports, total] = await Promise.all([
        listReports(deps.store.db, viewer, query, { ...page, first: page.first + 1 }),
        countReports(deps.store.db, viewer, query),
      ]);
      return { reports: reports.slice(0, page.first), total, more: reports.length > page.first };
    },
    watchReport: createWatchReport(deps),
    pdfLink: (source) => pdfLink(deps, source),
    findPdf: (address) => findPdf(deps, address),
    fetchInsights: createFetchInsights(deps),
    listEvents: (viewer, query) => listEvents(deps, viewer, query),
    watchEvents: createWatchEvents(deps),
    findEvent: (viewer, id) => findEvent(deps.store.db, viewer, id),
    eventBody: (event) => eventBody(deps, event),
    receiveWebhook: (slug, delivery, signal) => receiveWebhook(deps, slug, delivery, signal),
    providers: () =>
      [...deps.adapters.values()].map((adapter) => ({
        provider: adapter.provider,
        products: [...adapter.products],
        sandbox: adapter.sandbox,
        ...adapter.availability(),
      })),
  };
}
