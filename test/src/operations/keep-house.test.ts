import { expect, it } from "@jest/globals";
import { manualClock } from "../../../src/clock.ts";
import { keepHouse } from "../../../src/operations/keep-house.ts";
import { appendEvent, listEvents } from "../../../src/store/events.ts";
import { insertDelivery, listDeliveries } from "../../../src/store/inbox.ts";
import { openMemoryStore } from "../../support/database.ts";
import { reportDeps, reportMaker } from "../../support/report-worker.ts";
import { until } from "../../support/until.ts";

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 2, 1);
const daysAgo = (days: number) => new Date(NOW - days * DAY_MS).toISOString();

it.each([
  [90, [29, 1], [89, 29, 1]],
  [7, [1], [1]],
])("events kept for %i days: no webhook is kept longer than its event", async (days, deliveries, events) => {
  const store = await openMemoryStore();
  for (const age of [91, 89, 31, 29, 1]) {
    const row = {
      provider: "PLAID" as const,
      jwt_sha256: `${age}`,
      body_sealed: Buffer.alloc(1),
      type: "T",
      code: "C",
    };
    await insertDelivery(store.db, {
      ...{ ...row, remote_item_id: null, remote_report_id: null },
      received_at: daysAgo(age),
    });
    if (age === 31) continue;
    await appendEvent(store.db, {
      ...{ viewer: "ann", id: crypto.randomUUID(), type: "OTHER", occurred_at: daysAgo(age), provider: "PLAID" },
      ...{ item_id: null, report_id: null, error: null, new_count: null, updated_count: null, removed_count: null },
      ...{ account_ids: [], transaction_ids: [], raw_sealed: null, inbox_id: null },
    });
  }
  const left = async () => {
    const kept = await listDeliveries(store.db, { waiting: false, limit: 10 });
    return kept.map(({ received_at }) => received_at).reverse();
  };
  const deps = await reportDeps(store, { PLAID: reportMaker() }, { clock: manualClock(NOW) });
  const stop = keepHouse(deps, days);
  await until(async () => (await left()).length === deliveries.length);
  expect(await left()).toEqual(deliveries.map(daysAgo));
  const told = await listEvents(store.db, "ann", { after: 0, first: 10 });
  expect(told.map(({ occurred_at }) => occurred_at)).toEqual(events.map(daysAgo));
  stop();
  await deps.hub.close();
  await deps.jobs.stop();
  await store.close();
});
