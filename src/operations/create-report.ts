import { randomUUID } from "node:crypto";
import type { Provider } from "../../schema/enums.ts";
import { GatewayError } from "../errors.ts";
import { commitReport } from "../reports/commit-report.ts";
import { listItems, type StoredItem } from "../store/items.ts";
import type { StoredReport } from "../store/reports.ts";
import type { Db } from "../store/store.ts";
import type { OperationDeps } from "./deps.ts";
import { earlierReport, type ReportMutation } from "./earlier-report.ts";
import type { ReportOrder } from "./report-order.ts";

/**
 * Commits a report, one source for each aggregator and each 99 items of it, and the durable jobs that send them; returns it
 * PENDING without waiting upstream. The same idempotency key gives the first report again.
 * @throws GatewayError NOT_FOUND (an item that is not the viewer's), PRODUCT_UNSUPPORTED, CONFLICT (idempotency key), RATE_LIMITED.
 */
export function createReport(deps: OperationDeps, viewer: string, order: ReportOrder): Promise<StoredReport> {
  const id = randomUUID();
  const { idempotencyKey: key, ...input } = order;
  const asked: ReportMutation["asked"] = ["createReport", { ...input, itemIds: [...input.itemIds].sort() }];
  return deps.store.transaction(async (tx) => {
    const earlier = await earlierReport(deps, tx, { viewer, key, asked, id });
    if (earlier) return earlier;
    const groups = groupBySource(deps, await chosenItems(tx.db, viewer, order.itemIds));
    return commitReport(deps, tx, {
      ...{ id, viewer, origin: "CREATED", basedOn: null },
      ...{ daysRequested: order.daysRequested, clientReportId: order.clientReportId, user: order.user },
      sources: groups.map(({ provider, items }) => ({
        provider,
        items: items.map((item) => ({
          id: item.id,
          remoteId: item.remote_id,
          institutionName: item.description.institutionName,
        })),
        madeBy: "CREATE",
        fromSource: null,
        excludedAccounts: [],
      })),
    });
  });
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
