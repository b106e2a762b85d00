import { afterEach, expect, it } from "@jest/globals";
import { createReport } from "../../../src/operations/create-report.ts";
import type { OperationDeps } from "../../../src/operations/deps.ts";
import { reportOrder } from "../../../src/operations/report-order.ts";
import { listSources } from "../../../src/store/report-sources.ts";
import { eachDatabase } from "../../support/database.ts";
import { linkedItem, reportDeps, reportMaker } from "../../support/report-worker.ts";

eachDatabase((_, open) => {
  let deps: OperationDeps;
  afterEach(async () => {
    await deps.hub.close();
    await deps.jobs.stop();
  });
  const start = async () => {
    deps = await reportDeps(await open(), { PLAID: reportMaker(), LINK_MONEY: reportMaker() });
  };
  const items = (count: number, provider: "PLAID" | "LINK_MONEY") =>
    Promise.all(Array.from({ length: count }, () => linkedItem(deps, "ann", provider)));
  const create = (itemIds: string[], more: { idempotencyKey?: string } = {}) =>
    createReport(deps, "ann", reportOrder({ itemIds, daysRequested: 30, ...more }));

  it("makes a source for each provider and each 99 items of it, every item once", async () => {
    await start();
    const plaid = await items(100, "PLAID");
    const linkMoney = await items(1, "LINK_MONEY");
    const { id } = await create([...plaid, ...linkMoney, ...plaid.slice(0, 3)]);
    const sources = await listSources(deps.store.db, [id]);
    expect(sources.map((source) => [source.provider, source.items.length])).toEqual([
      ["PLAID", 99],
      ["PLAID", 1],
      ["LINK_MONEY", 1],
    ]);
    expect(new Set(sources.flatMap((source) => source.items.map((item) => item.id))).size).toBe(101);
  });

  it("gives the first report again for its key, also when an item was unlinked since", async () => {
    await start();
    const [item = ""] = await items(1, "PLAID");
    const first = await create([item], { idempotencyKey: "k" });
    await deps.store.db.deleteFrom("item").execute();
    expect((await create([item], { idempotencyKey: "k" })).id).toBe(first.id);
  });

  it("claims no key for a report that is refused", async () => {
    await start();
    const [item = ""] = await items(1, "PLAID");
    await expect(create([crypto.randomUUID()], { idempotencyKey: "k" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await create([item], { idempotencyKey: "k" });
  });

  it("lets one viewer have a hundred reports under way, and no more", async () => {
    await start();
    const [item = ""] = await items(1, "PLAID");
    for (let count = 0; count < 100; count++) await create([item]);
    await expect(create([item])).rejects.toMatchObject({ code: "RATE_LIMITED" });
  });

  it("keeps nothing in clear from which a person's SSN could be found", async () => {
    await start();
    const [item = ""] = await items(1, "PLAID");
    const user = { ssn: "123-45-6789" };
    await createReport(deps, "ann", reportOrder({ itemIds: [item], daysRequested: 30, user, idempotencyKey: "k" }));
    const [key] = await deps.store.db.selectFrom("idempotency").select("fingerprint").execute();
    expect(key?.fingerprint).toMatch(/^test:[0-9a-f]{64}$/);
    expect(deps.vault.fingerprint("x")).not.toBe(deps.vault.fingerprint("y"));
  });
});
