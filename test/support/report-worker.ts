import { randomUUID } from "node:crypto";
import type { CreatedReport, ReportData } from "../../adapters/adapter/reports.ts";
import type { Adapter } from "../../adapters/adapter.ts";
import { webhookNotice } from "../../adapters/plaid-format/webhook-notice.ts";
import type { Provider } from "../../schema/enums.ts";
import { type Clock, systemClock } from "../../src/clock.ts";
import { GatewayError } from "../../src/errors.ts";
import { createHub } from "../../src/events.ts";
import { createMetrics } from "../../src/metrics.ts";
import type { OperationDeps } from "../../src/operations/deps.ts";
import { sendSource } from "../../src/reports/send-source.ts";
import { insertItem } from "../../src/store/items.ts";
import { createJobs, type Jobs } from "../../src/store/jobs.ts";
import { findSource } from "../../src/store/report-sources.ts";
import type { Store } from "../../src/store/store.ts";
import { sealToken } from "../../src/store/tokens.ts";
import { createVault } from "../../src/vault.ts";
import { silentLog } from "./database.ts";
import { itemRow } from "./rows.ts";

/** An aggregator that only makes reports, answered by the test's functions and counted. */
export interface ReportMaker {
  creates: number;
  reads: number;
  removed: string[];
  create(tokens: string[]): Promise<CreatedReport>;
  /** Null: not ready. */
  read(token: string): Promise<ReportData | null>;
}

export function reportMaker(ready: () => boolean = () => true): ReportMaker {
  return {
    creates: 0,
    reads: 0,
    removed: [],
    create: async () => ({ remoteId: randomUUID(), token: `assets-${randomUUID()}`, requestId: null }),
    read: async () => (ready() ? reportData() : null),
  };
}

export function reportData(): ReportData {
  return {
    remoteId: "remote",
    clientReportId: null,
    generatedAt: "2026-01-02T03:04:05.000Z",
    daysRequested: 30,
    user: null,
    items: [],
    warnings: [],
  };
}

/** Nothing else is asked of it: a call of anything else fails the test. */
function adapterOf(provider: Provider, maker: ReportMaker): Adapter {
  const partial: Partial<Adapter> = {
    provider,
    products: ["ASSETS"],
    sandbox: true,
    reportLimits: { items: 99, days: 731 },
    async createReport({ tokens }) {
      maker.creates++;
      return maker.create(tokens);
    },
    async readReport({ begin }, { token }) {
      maker.reads++;
      const data = await maker.read(token);
      if (!data) throw new GatewayError("REPORT_NOT_READY", "Not ready.");
      const keep = begin();
      const items = [];
      for (const item of data.items) items.push(await keep(item));
      return {
        data: { ...data, items },
        origin: { endpoint: "/asset_report/get", requestId: "r", fetchedAt: "2026-01-02T03:04:05.000Z" },
        leftOut: [],
        itemError: null,
      };
    },
    async removeReport({ token }) {
      maker.removed.push(token);
    },
    webhooks: { verify: () => Promise.reject(new Error("nothing is verified")), parse: webhookNotice(provider) },
  };
  return partial as Adapter;
}

const KEY = { id: "test", key: Buffer.alloc(32, 7) };

/** The worker's surroundings over a store; jobs are not started, so that a test decides what runs when. */
export async function reportDeps(
  store: Store,
  makers: Partial<Record<Provider, ReportMaker>>,
  options: { clock?: Clock; jobs?: Jobs } = {},
): Promise<OperationDeps> {
  const clock = options.clock ?? systemClock;
  const entries = Object.entries(makers) as [Provider, ReportMaker][];
  return {
    store,
    vault: createVault([KEY]),
    jobs: options.jobs ?? (await createJobs({ store, clock, log: silentLog })),
    hub: await createHub({ store, clock, log: silentLog }),
    cache: {
      getOrLoad: () => Promise.reject(new Error("no cache")),
      peek: async () => null,
      drop: async () => {},
      close: async () => {},
    },
    adapters: new Map(entries.map(([provider, maker]) => [provider, adapterOf(provider, maker)])),
    clock,
    log: silentLog,
    metrics: createMetrics(),
    publicUrl: () => "http://127.0.0.1:1",
    webhookUrl: (provider) => `http://127.0.0.1:1/webhooks/${provider}`,
    providerOfSlug: () => null,
    reportPollMs: 10_000,
  };
}

/** Runs a source's sending as the job of its present turn does. */
export async function sendNow(deps: OperationDeps, sourceId: string): Promise<void> {
  const source = await findSource(deps.store.db, sourceId);
  const state = source?.state === "SENDING" ? "SENDING" : "QUEUED";
  await sendSource(deps, { sourceId, state, sends: source?.sends ?? 0 });
}

/** An item of `viewer`, as linked; its uuid. */
export async function linkedItem(deps: OperationDeps, viewer: string, provider: Provider): Promise<string> {
  const row = itemRow({ viewer, provider });
  const token_sealed = sealToken(deps.vault, row, "access-test");
  await insertItem(deps.store.db, { ...row, token_sealed });
  return row.id;
}
