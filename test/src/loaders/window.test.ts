import { describe, expect, it } from "@jest/globals";
import type { OfAccount, TransactionsPage, TransactionsQuery } from "../../../adapters/adapter/transactions-page.ts";
import type { TransactionRecord } from "../../../adapters/adapter.ts";
import { readWindow } from "../../../src/loaders/window.ts";
import { reading } from "../../support/fake-adapter.ts";
import { transactionRecord, transactionsPage } from "../../support/transactions.ts";

const QUERY = { startDate: "2026-01-01", endDate: "2026-02-28", remoteAccountIds: null };

/** `days` in the aggregator's order: "02-03" is 3 February 2026; ids follow the place in the list. */
const recordsOf = (days: readonly string[]) =>
  days.map((day, index) => transactionRecord({ date: `2026-${day}`, remoteId: `t${String(index).padStart(3, "0")}` }));

/** Reads a window of an aggregator that answers as `pageOf` says; with the offsets that it was asked for. */
async function windowOf(pageOf: (query: TransactionsQuery, turn: number) => TransactionsPage<TransactionRecord>) {
  const offsets: number[] = [];
  const window = await readWindow(async (query) => {
    offsets.push(query.offset);
    return reading("/transactions/get", pageOf(query, offsets.length - 1));
  }, QUERY);
  return { ...window, offsets };
}

const of = (records: OfAccount<TransactionRecord>[], most: number) => (query: TransactionsQuery) =>
  transactionsPage(records, query, most);

describe("a window of transactions", () => {
  it.each<[string, { days: string[]; most: number; ids: string[]; from: string; offsets: number[] }]>([
    [
      "goes down to the first day when one page holds all",
      { days: ["02-03", "02-02"], most: 5, ids: ["t000", "t001"], from: "2026-01-01", offsets: [0] },
    ],
    ["is empty where there is nothing", { days: [], most: 5, ids: [], from: "2026-01-01", offsets: [0] }],
    [
      "leaves its last day out, which may go on on the next page",
      { days: ["02-03", "02-02", "02-01", "02-01"], most: 3, ids: ["t000", "t001"], from: "2026-02-02", offsets: [0] },
    ],
    [
      "goes on by offset until a day is whole",
      {
        days: ["02-03", "02-03", "02-03", "02-03", "02-02", "02-01", "02-01"],
        ...{ most: 2, ids: ["t000", "t001", "t002", "t003", "t004"], from: "2026-02-02", offsets: [0, 2, 4] },
      },
    ],
    [
      "of one day alone goes on to the end",
      {
        days: ["02-03", "02-03", "02-03"],
        most: 2,
        ids: ["t000", "t001", "t002"],
        from: "2026-01-01",
        offsets: [0, 2],
      },
    ],
  ])("%s", async (_, { days, most, ids, from, offsets }) => {
    const window = await windowOf(of(recordsOf(days), most));
    expect(window.data.records.map(({ remoteId }) => remoteId)).toEqual(ids);
    expect(window.data).toMatchObject({ from, total: days.length, pages: offsets.length });
    expect(window.offsets).toEqual(offsets);
  });

  it("has the days newest first and those of a day by id, whatever their order", async () => {
    const records = recordsOf(["02-01", "02-03", "02-03"]).reverse();
    const { data } = await windowOf(() => ({
      ...transactionsPage([], { ...QUERY, count: 5, offset: 0 }),
      transactions: records,
    }));
    expect(data.records.map(({ remoteId }) => remoteId)).toEqual(["t001", "t002", "t000"]);
  });

  it("leaves out what was not asked for, and what comes twice", async () => {
    const records = recordsOf(["03-01", "02-03", "02-02"]);
    const answer = { accounts: [], securities: [], received: 4, total: 4 };
    const { data } = await windowOf(() => ({ ...answer, transactions: [...records, ...records.slice(1, 2)] }));
    expect(data.records.map(({ remoteId }) => remoteId)).toEqual(["t001", "t002"]);
  });

  it("leaves out other accounts' where the aggregator does not", async () => {
    const records = recordsOf(["02-03", "02-02"]).map((record, at) => ({ ...record, remoteAccountId: `acc-${at}` }));
    const read = async (query: TransactionsQuery) =>
      reading("/transactions/get", transactionsPage(records, { ...query, remoteAccountIds: null }));
    const { data } = await readWindow(read, { ...QUERY, remoteAccountIds: ["acc-1"] });
    expect(data.records.map(({ remoteId }) => remoteId)).toEqual(["t001"]);
  });

  it("begins anew when the data change from one page to the next", async () => {
    const before = recordsOf(["02-03", "02-03", "02-03", "02-02"]);
    const after = before.filter(({ remoteId }) => remoteId !== "t000");
    const { data, offsets } = await windowOf((query, turn) => transactionsPage(turn === 0 ? before : after, query, 2));
    expect(data.records.map(({ remoteId }) => remoteId)).toEqual(["t001", "t002", "t003"]);
    expect(offsets).toEqual([0, 2, 0, 2]);
  });

  it("takes a page that is not full for the last where no total is told", async () => {
    const { data } = await windowOf((query) => ({ ...transactionsPage(recordsOf(["02-03"]), query), total: null }));
    expect(data).toMatchObject({ from: "2026-01-01", total: null, pages: 1 });
  });

  it("ends with a day that has no end, and says so", async () => {
    const endless = (query: TransactionsQuery) => ({
      ...{ accounts: [], securities: [], received: 2, total: 1_000_000 },
      transactions: [0, 1].map((n) => transactionRecord({ remoteId: `t${query.offset + n}` })),
    });
    const { data, leftOut, offsets } = await windowOf(endless);
    expect(offsets).toHaveLength(20);
    expect(data).toMatchObject({ from: "2026-02-01", pages: 20 });
    expect(leftOut).toEqual([
      { path: "transactions", problem: "of 2026-02-01 there are more than the 40 that are read" },
    ]);
  });
});
