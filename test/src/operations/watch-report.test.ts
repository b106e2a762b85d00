import { afterEach, expect, it } from "@jest/globals";
import { createReport } from "../../../src/operations/create-report.ts";
import type { OperationDeps } from "../../../src/operations/deps.ts";
import { removeReport } from "../../../src/operations/remove-report.ts";
import { reportOrder } from "../../../src/operations/report-order.ts";
import { createWatchReport } from "../../../src/operations/watch-report.ts";
import { eachDatabase } from "../../support/database.ts";
import { linkedItem, reportDeps, reportMaker } from "../../support/report-worker.ts";

eachDatabase((_, open) => {
  let deps: OperationDeps;
  afterEach(async () => {
    await deps.hub.close();
    await deps.jobs.stop();
  });

  async function pendingReport(): Promise<string> {
    deps = await reportDeps(await open(), { PLAID: reportMaker() });
    const item = await linkedItem(deps, "ann", "PLAID");
    return (await createReport(deps, "ann", reportOrder({ itemIds: [item], daysRequested: 1 }))).id;
  }
  const wake = (id: string) => deps.hub.publish(deps.store.db, `report:${id}`);

  it("outlives a database that is away, and ends with the report", async () => {
    const id = await pendingReport();
    let looks = 0;
    let away = false;
    const watched: OperationDeps = {
      ...deps,
      store: {
        ...deps.store,
        get db() {
          looks++;
          if (away) throw new Error("the database is away");
          return deps.store.db;
        },
      },
    };
    const values = createWatchReport(watched)("ann", id, new AbortController().signal);
    expect((await values.next()).value?.report.status).toBe("PENDING");

    away = true;
    const next = values.next();
    const seen = looks;
    await wake(id);
    while (looks === seen) await new Promise(setImmediate);
    away = false;
    await removeReport(deps, "ann", id);
    expect((await next).value?.report.status).toBe("REMOVED");
    expect((await values.next()).done).toBe(true);
  });

  it("shows nothing twice, however often it is woken", async () => {
    const id = await pendingReport();
    const values = createWatchReport(deps)("ann", id, new AbortController().signal);
    await values.next();
    const next = values.next();
    for (let time = 0; time < 5; time++) await wake(id);
    await removeReport(deps, "ann", id);
    expect((await next).value?.report.status).toBe("REMOVED");
  });

  it("refuses what is another viewer's", async () => {
    const id = await pendingReport();
    await expect(createWatchReport(deps)("bob", id, new AbortController().signal).next()).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("ends when its reader's signal does", async () => {
    const id = await pendingReport();
    const reader = new AbortController();
    const values = createWatchReport(deps)("ann", id, reader.signal);
    await values.next();
    const next = values.next();
    reader.abort();
    expect((await next).done).toBe(true);
  });
});
