import { describe, expect, it } from "@jest/globals";
import { addDays } from "../../../src/clock/days.ts";
import { createLoaders } from "../../../src/loaders/loaders.ts";
import { fakeAdapter, reading } from "../../support/fake-adapter.ts";
import { testReadDeps } from "../../support/loader-deps.ts";
import { transactionRecord, transactionsPage } from "../../support/transactions.ts";

const TODAY = "2026-03-01";
const SPAN = { startDate: "2026-01-01", endDate: TODAY, begin: null, matches: () => true };

/** An item with one transaction a day of account "busy", and one every fifth day of "quiet"; its aggregator gives `most` at once. */
function stage(most: number) {
  const asked: (readonly string[] | null)[] = [];
  const all = Array.from({ length: 30 }, (_, day) => [
    transactionRecord({ remoteId: `busy-${day}`, remoteAccountId: "busy", date: addDays(TODAY, -day) }),
    ...(day % 5 === 0
      ? [transactionRecord({ remoteId: `quiet-${day}`, remoteAccountId: "quiet", date: addDays(TODAY, -day) })]
      : []),
  ]).flat();
  const plaid = fakeAdapter({
    async readTransactions(query) {
      asked.push(query.remoteAccountIds);
      return reading("/transactions/get", transactionsPage(all, query, most));
    },
  });
  const deps = testReadDeps({ plaid });
  const item = deps.sealedItem();
  const request = () => {
    const loaders = createLoaders(deps, "ann", new AbortController().signal);
    return async (account: string | null, { first = 2, counted = false, ...change }: Change = {}) => {
      const remoteAccountIds = account === null ? null : [account];
      const scan = await loaders.transactions(item, { ...SPAN, remoteAccountIds, first, counted, ...change });
      const found = scan.found.map(({ record }) => record.remoteId);
      return { total: scan.total, found: found.slice(0, first), more: scan.reached !== null || found.length > first };
    };
  };
  return { asked, request };
}
interface Change {
  first?: number;
  counted?: boolean;
  endDate?: string;
}

describe("the transactions of several accounts of an item", () => {
  it("that are asked for at once are one call, where its window has as many of each as the page takes", async () => {
    const { asked, request } = stage(12);
    const of = request();
    expect(await Promise.all([of("busy"), of("quiet", { first: 1 })])).toEqual([
      { total: null, found: ["busy-0", "busy-1"], more: true },
      { total: null, found: ["quiet-0"], more: true },
    ]);
    expect(asked).toEqual([null]);
  });

  it("go on with the account alone where that window has too few of it", async () => {
    const { asked, request } = stage(12);
    const of = request();
    const [busy, quiet] = await Promise.all([of("busy"), of("quiet", { first: 5 })]);
    expect(busy.found).toEqual(["busy-0", "busy-1"]);
    expect(quiet).toMatchObject({ found: ["quiet-0", "quiet-5", "quiet-10", "quiet-15", "quiet-20"], more: true });
    expect(asked).toEqual([null, ["quiet"]]);
  });

  it("are counted exactly: from the item's window only where it is kept and whole", async () => {
    const cut = stage(12);
    const counted = { counted: true };
    const of = cut.request();
    const totals = await Promise.all([of("busy", counted), of("quiet", counted)]);
    expect(totals.map(({ total }) => total)).toEqual([30, 6]);
    expect(cut.asked).toEqual([["busy"], ["quiet"]]);

    const whole = stage(500);
    await whole.request()(null);
    const later = whole.request();
    expect(await Promise.all([later("busy", counted), later("quiet", counted)])).toMatchObject([
      { total: 30 },
      { total: 6, found: ["quiet-0", "quiet-5"] },
    ]);
    expect(whole.asked).toEqual([null]);
  });

  it("are an account's own where one alone is asked for, or others of other days", async () => {
    const { asked, request } = stage(12);
    const of = request();
    await Promise.all([of("busy"), of("busy"), of("quiet", { endDate: addDays(TODAY, -3) })]);
    expect(asked).toEqual([["busy"], ["quiet"]]);
    const again = request();
    await Promise.all([again("busy"), again("quiet", { endDate: addDays(TODAY, -3) })]);
    expect(asked).toHaveLength(2);
  });
});
