import type { AssetReportUser } from "plaid";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { ApiError } from "./api-error.ts";
import type { OwnFaults, ReportWarningCode } from "./faults.ts";
import type { Imitated } from "./imitated.ts";
import type { ItemRecord, Items } from "./items.ts";
import type { Notifier } from "./notifier.ts";
import type { StateStore } from "./state.ts";
import { createChance } from "./world/chance.ts";

/** One asset report, as it is kept: its content follows from it. */
export interface ReportRecord {
  provider: Imitated;
  id: string;
  token: string;
  itemIds: string[];
  /** The content is a snapshot of this moment, ms since the epoch. */
  createdAt: number;
  readyAt: number;
  daysRequested: number;
  clientReportId: string | null;
  /** Accounts left out, by id. */
  excluded?: string[];
  /** Tokens by which others may read it. */
  shares?: { kind: "audit-copy" | "relay"; token: string; recipient: string; removed: boolean }[];
  webhook: string | null;
  user: AssetReportUser;
  /** Items that fail, with the code of their error. Any of them fails the report, unless what can be had suffices. */
  failing: { itemId: string; code: string }[];
  allRequired: boolean;
  /** Whether holdings and investment transactions were asked for. */
  investments?: boolean;
  /** What it comes without, by item. */
  warnings?: { itemId: string; codes: ReportWarningCode[] }[];
  /** Its webhook was sent, or given up. */
  notified: boolean;
  removed: boolean;
}

type ShareKind = "audit-copy" | "relay";

/** What a report is asked for. */
export type ReportRequest = Pick<
  ReportRecord,
  "daysRequested" | "clientReportId" | "webhook" | "user" | "allRequired" | "investments" | "warnings" | "excluded"
> & {
  /** When its snapshot was taken, ms since the epoch; now when absent. */
  snapshotAt?: number;
};

/** The asset reports of both aggregators. */
export interface Reports {
  /** Begins a report; it is ready some time later, and then its webhook is sent. */
  create(provider: Imitated, items: readonly ItemRecord[], request: ReportRequest): Promise<ReportRecord>;
  /** Null when there never was one of this token; removed ones are found. */
  find(provider: Imitated, token: unknown): ReportRecord | null;
  /** The newest report of an item; null when it is in none. */
  latestOf(item: ItemRecord): ReportRecord | null;
  /** The report of a token. @throws ApiError INVALID_ASSET_REPORT_TOKEN, also when it was removed. */
  byToken(provider: Imitated, token: string): ReportRecord;
  /** The same once it is ready. @throws ApiError PRODUCT_NOT_READY, or what made it fail. */
  ready(provider: Imitated, token: string): ReportRecord;
  remove(report: ReportRecord): void;
  /** A new token by which `recipient` may read the report. */
  share(report: ReportRecord, kind: ShareKind, recipient: string): string;
  /** The report that such a token opens, the newest one, ready. @throws ApiError INVALID_AUDIT_COPY_TOKEN, INVALID_RELAY_TOKEN, or as `ready`. */
  shared(provider: Imitated, kind: ShareKind, token: string): ReportRecord;
  /** Has a relay's token stand for the report from now on. */
  relayTo(report: ReportRecord, token: string): void;
  /** Ends such a token. @throws ApiError INVALID_AUDIT_COPY_TOKEN, INVALID_RELAY_TOKEN. */
  unshare(provider: Imitated, kind: ShareKind, token: string): void;
  /** Sends no more webhooks. */
  close(): void;
}

/** What reports are made with. */
export interface ReportsDeps {
  store: StateStore;
  clock: Clock;
  log: Log;
  seed: number;
  items: Items;
  faults: OwnFaults;
  notifier: Notifier;
  /** How long one takes, ms. */
  reportMs: number;
}

export function createReports({ store, clock, log, seed, items, faults, notifier, reportMs }: ReportsDeps): Reports {
  const { reports } = store.state;
  const target = ({ provider, itemIds }: ReportRecord) => ({ provider, itemIds });

  const failureOf = (item: ItemRecord): { itemId: string; code: string } | null => {
    const fault = faults.take(["report-failure"], { provider: item.provider, itemIds: [item.itemId] });
    if (fault) return { itemId: item.itemId, code: fault.code ?? "ITEM_LOGIN_REQUIRED" };
    const { error } = items.plan(item);
    return error ? { itemId: item.itemId, code: error } : null;
  };

  const warningsOf = ({ itemId, provider }: ItemRecord) => {
    const fault = faults.take(["report-warning"], { provider, itemIds: [itemId] });
    return fault ? [{ itemId, codes: fault.codes }] : [];
  };

  const notify = async (report: ReportRecord, tried?: () => void): Promise<void> => {
    if (report.notified || report.removed || !report.webhook) return;
    const notice = { ...target(report), url: report.webhook, body: webhookOf(report) };
    if (!(await notifier.notify(notice, tried))) return;
    report.notified = true;
    store.save();
  };
  const notifyOrLog = (report: ReportRecord, tried?: () => void) =>
    notify(report, tried).catch((err: unknown) =>
      log.error({ err, reportId: report.id }, "a report's webhook could not be sent"),
    );

  const timers = new Set<() => void>();
  const schedule = (report: ReportRecord, at = report.readyAt) => {
    const cancel = clock.after(Math.max(0, at - clock.now()), () => {
      timers.delete(cancel);
      notifyOrLog(report);
    });
    timers.add(cancel);
  };
  for (const report of reports) if (!report.notified && !report.removed) schedule(report);

  const find: Reports["find"] = (provider, token) =>
    reports.find((one) => one.token === token && one.provider === provider) ?? null;
  const byToken: Reports["byToken"] = (provider, token) => {
    const report = find(provider, token);
    if (!report || report.removed) throw new ApiError("INVALID_ASSET_REPORT_TOKEN");
    return report;
  };

  const ready = (report: ReportRecord): ReportRecord => {
    if (clock.now() < report.readyAt) throw new ApiError("PRODUCT_NOT_READY");
    const failure = failureOfReport(report);
    if (failure) throw failure;
    return report;
  };
  const newestOf = (provider: Imitated, kind: ShareKind, token: string): ReportRecord => {
    const report = reports.findLast(
      (one) => one.provider === provider && !one.removed && sharesOf(one, kind, token).length > 0,
    );
    if (!report) throw new ApiError(kind === "relay" ? "INVALID_RELAY_TOKEN" : "INVALID_AUDIT_COPY_TOKEN");
    return report;
  };

  return {
    async create(provider, of, { snapshotAt, ...request }) {
      const chance = createChance(seed, provider, "report", reports.length);
      const now = clock.now();
      const report: ReportRecord = {
        provider,
        id: chance.uuid(),
        token: `assets-sandbox-${chance.uuid()}`,
        itemIds: of.map((item) => item.itemId),
        createdAt: snapshotAt ?? now,
        readyAt: now + reportMs,
        ...request,
        failing: of.map(failureOf).filter((failure) => failure !== null),
        warnings: request.warnings ?? of.flatMap(warningsOf),
        notified: false,
        removed: false,
      };
      reports.push(report);
      const early = faults.take(["webhook-early"], target(report));
      const isReady = early !== null && early.before !== "state";
      if (isReady) report.readyAt = now;
      store.save();
      if (isReady) await new Promise<void>((resolve) => notifyOrLog(report, resolve).then(resolve));
      else schedule(report, early ? now : report.readyAt);
      return report;
    },
    find,
    latestOf: ({ itemId }) => reports.findLast(({ itemIds, removed }) => !removed && itemIds.includes(itemId)) ?? null,
    byToken,
    ready: (provider, token) => ready(byToken(provider, token)),
    remove(report) {
      report.removed = true;
      store.save();
    },
    share(report, kind, recipient) {
      const chance = createChance(seed, report.id, kind, report.shares?.length ?? 0);
      const token = `${kind === "relay" ? "credit-relay" : "a"}-sandbox-${chance.hex(26)}`;
      report.shares = [...(report.shares ?? []), { kind, token, recipient, removed: false }];
      store.save();
      return token;
    },
    shared: (provider, kind, token) => ready(newestOf(provider, kind, token)),
    relayTo(report, token) {
      const { recipient } = sharesOf(newestOf(report.provider, "relay", token), "relay", token)[0] ?? { recipient: "" };
      report.shares = [...(report.shares ?? []), { kind: "relay", token, recipient, removed: false }];
      store.save();
    },
    unshare(provider, kind, token) {
      newestOf(provider, kind, token);
      for (const report of reports.filter((one) => one.provider === provider)) {
        for (const share of sharesOf(report, kind, token)) share.removed = true;
      }
      store.save();
    },
    close() {
      for (const cancel of timers) cancel();
      timers.clear();
    },
  };
}

/** Those of a report by which that token still opens it: one, or none. */
function sharesOf({ shares = [] }: ReportRecord, kind: ShareKind, token: string) {
  return shares.filter((share) => share.kind === kind && share.token === token && !share.removed);
}

/** Why the report as a whole fails: null when it does not. */
function failureOfReport({ failing, allRequired, itemIds }: ReportRecord): ApiError | null {
  if (failing.length === 0 || (!allRequired && failing.length < itemIds.length)) return null;
  const causes = failing.map(({ itemId, code }) => ({ ...new ApiError(code).toWire(), item_id: itemId }));
  return new ApiError("ASSET_REPORT_GENERATION_FAILED", { causes });
}

function webhookOf(report: ReportRecord): object {
  const failure = failureOfReport(report);
  const outcome = failure
    ? { webhook_code: "ERROR", error: { ...failure.toWire(), status: failure.status } }
    : { webhook_code: "PRODUCT_READY", ...(report.provider === "PLAID" && { report_type: "FULL" }) };
  return {
    webhook_type: "ASSETS",
    asset_report_id: report.id,
    ...outcome,
    ...(report.provider === "PLAID" && { environment: "sandbox" }),
  };
}
