import { describe, expect, it } from "@jest/globals";
import { addDays, dayOf } from "../../../src/clock/days.ts";
import { HISTORY_DAYS } from "../../../src/loaders/asked-days.ts";
import { createLoaders, type StoredItem } from "../../../src/loaders/loaders.ts";
import { knownTransactions } from "../../../src/operations/known-transactions.ts";
import { fakeAdapter, reading } from "../../support/fake-adapter.ts";
import { testReadDeps } from "../../support/loader-deps.ts";
import { transactionRecord, transactionsPage } from "../../support/transactions.ts";

const DAY_MS = 86_400_000;

/** An item with a transaction on each of twenty days, read to the last in windows of four days. */
async function stage() {
  const records = Array.from({ length: 20 }, (_, n) =>
    transactionRecord({ remoteId: `t${n}`, date: addDays("2026-03-01", -n) }),
  );
  const plaid = fakeAdapter({
    readTransactions: async (query) => reading("/transactions/get", transactionsPage(records, query, 5)),
  });
  const deps = testReadDeps({ plaid });
  const item = deps.sealedItem();
  const read = async (remoteAccountIds: string[] | null = null) => {
    const endDate = dayOf(deps.clock.now());
    const startDate = addDays(endDate, -HISTORY_DAYS);
    const loaders = createLoaders(deps, "ann", new AbortController().signal);
    await loaders.transactions(item, {
      ...{ startDate, endDate, remoteAccountIds, begin: null, counted: true, first: 100, matches: () => true },
    });
  };
  const known = async (ids: string[], now: StoredItem = item) =>
    (await knownTransactions(deps, now, ids)).map(([, date, id]) => `${date} ${id}`);
  return { deps, item, read, known };
}

describe("transactions that were taken back", () => {
  it("are known by what was read of the item, in whichever window", async () => {
    const { read, known, deps } = await stage();
    expect(await known(["t0"])).toEqual([]);
    await read();
    expect(await known(["t0", "t13", "never"])).toEqual(["2026-03-01 t0", "2026-02-16 t13"]);
    expect(deps.plaid.count("readTransactions")).toBe(5);
  });

  it("are known still when a webhook before has outdated what was read, or a day has gone by", async () => {
    const { read, known, item, deps } = await stage();
    await read();
    expect(await known(["t3"], { ...item, generations: { TRANSACTIONS: 4 } })).toEqual(["2026-02-26 t3"]);
    deps.clock.advance(DAY_MS - 1);
    expect(await known(["t3"])).toEqual(["2026-02-26 t3"]);
    deps.clock.advance(1);
    expect(await known(["t3"])).toEqual([]);
  });

  it("are not known of an earlier access, nor by a list of some accounts", async () => {
    const { read, known, item } = await stage();
    await read(["acc-checking"]);
    expect(await known(["t3"])).toEqual([]);
    await read();
    expect(await known(["t3"], { ...item, access_epoch: item.access_epoch + 1 })).toEqual([]);
  });
});
