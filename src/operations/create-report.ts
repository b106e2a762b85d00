import { randomUUID } from "node:crypto";
import type { Provider } from "../../schema/enums.ts";
import { isoNow } from "../clock.ts";
import { GatewayError } from "../errors.ts";
import { claim } from "../store/idempotency.ts";
import { listItems, type StoredItem } from "../store/items.ts";
import { insertSources } from "../store/report-sources.ts";
import { countReports, findReport, insertReport, type StoredReport } from "../store/reports.ts";
import type { Db, Tx } from "../store/store.ts";
import type { OperationDeps } from "./deps.ts";
import type { ReportOrder } from "./report-order.ts";

/** Each is paid for upstream: one viewer may not have more of them under way. */
const MOST_PENDING = 100;

/**
 * Commits a report, one source for each aggregator and each 99 items of it, and the durable jobs that send them; returns it
 * PENDING without waiting upstream. The same idempotency key gives the first report again.
 * @throws GatewayError NOT_FOUND (an item that is not the viewer's), PRODUCT_UNSUPPORTED, CONFLICT (idempotency key), RATE_LIMITED.
 */
export function createReport(deps: OperationDeps, viewer: string, order: ReportOrder): Promise<StoredReport> {
  const id = randomUUID();
  return deps.store.transaction(async (tx) => {
    const earlier = await earlierReport(deps, tx, viewer, order, id);
    if (earlier) return earlier;
    const pending = await countReports(tx.db, viewer, { statuses: ["PENDING"] });
    if (pending >= MOST_PENDING) {
      throw new GatewayError(
        "RATE_LIMITED",
        `${pending} of your reports are being prepared; wait until some are ready.`,
      );
    }
    const groups = groupBySource(deps, await chosenItems(tx.db, viewer, order.itemIds));
    const report: StoredReport = {
      id,
      viewer,
      status: "PENDING",
      origin: "CREATED",
      days_requested: order.daysRequested,
      client_report_id: order.clientReportId,
      user_sealed: order.user && deps.vault.seal(JSON.stringify(order.user), { viewer, row: id, field: "user" }),
      requested_at: isoNow(deps.clock),
      ready_at: null,
    };
    await insertReport(tx.db, report);
    const sources = groups.map((group, ordinal) => ({
      id: randomUUID(),
      report_id: id,
      viewer,
      provider: group.provider,
      ordinal,
      state: "QUEUED" as const,
      items: group.items.map((item) => ({
        id: item.id,
        remoteId: item.remote_id,
        institutionName: item.description.institutionName,
      })),
    }));
    await insertSources(tx.db, sources);
    for (const source of sources) {
      await deps.jobs.send(tx, "send-report-source", { sourceId: source.id, state: "QUEUED", sends: 0 });
    }
    return report;
  });
}

/** The report that the same key made within 24 hours; null when there is no key, or it is new and now claimed for `id`. */
async function earlierReport(
  { vault, clock }: OperationDeps,
  tx: Tx,
  viewer: string,
  order: ReportOrder,
  id: string,
): Promise<StoredReport | null> {
  const { idempotencyKey: key, ...asked } = order;
  if (key === null) return null;
  const text = JSON.stringify(["createReport", { ...asked, itemIds: [...asked.itemIds].sort() }]);
  const claimed = await claim(tx.db, {
    viewer,
    key,
    fingerprint: vault.fingerprint(text),
    isSame: (fingerprint) => vault.isFingerprintOf(fingerprint, text),
    resultId: id,
    now: isoNow(clock),
  });
  if (claimed.kind === "new") return null;
  if (claimed.kind === "conflict") {
    const message =
      "input.idempotencyKey: this key was used with other input within 24 hours. Use a new key for a new report.";
    throw new GatewayError("CONFLICT", message, { field: "input.idempotencyKey" });
  }
  const report = await findReport(tx.db, viewer, claimed.resultId);
  if (!report) throw new GatewayError("INTERNAL_SERVER_ERROR", "The report of this idempotency key is missing.");
  return report;
}

async function chosenItems(db: Db, viewer: string, ids: readonly string[]): Promise<StoredItem[]> {
  const items = new Map((await listItems(db, viewer)).map((item) => [item.id, item]));
  return ids.map((id, index) => {
    const item = items.get(id);
    if (item) return item;
    const field = `input.itemIds[${index}]`;
    throw new GatewayError("NOT_FOUND", `${field}: there is no such item.`, { field });
  });
}

function groupBySource(
  deps: OperationDeps,
  items: readonly StoredItem[],
): { provider: Provider; items: StoredItem[] }[] {
  const groups: { provider: Provider; items: StoredItem[] }[] = [];
  for (const provider of new Set(items.map((item) => item.provider))) {
    const limits = deps.adapters.get(provider)?.reportLimits;
    if (!limits) {
      const message = `input.itemIds: ${provider} is not configured or makes no asset reports. Leave its items out.`;
      throw new GatewayError("PRODUCT_UNSUPPORTED", message, { field: "input.itemIds" });
    }
    const own = items.filter((item) => item.provider === provider);
    for (let start = 0; start < own.length; start += limits.items) {
      groups.push({ provider, items: own.slice(start, start + limits.items) });
    }
  }
  return groups;
}
