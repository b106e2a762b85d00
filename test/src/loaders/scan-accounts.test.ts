import { describe, expect, it } from "@jest/globals";
import { GatewayError } from "../../../src/errors.ts";
import { createLoaders } from "../../../src/loaders/loaders.ts";
import { fakeAdapter, reading } from "../../support/fake-adapter.ts";
import { testReadDeps } from "../../support/loader-deps.ts";
import { transactionRecord, transactionsPage } from "../../support/transactions.ts";

const SPAN = { startDate: "2026-01-01", endDate: "2026-03-01", begin: null, first: 5, counted: true };

/** Reads an item's transactions by accounts; the aggregator knows those of `known` alone, and refuses a request with any other. */
async function scanned(known: readonly string[], remoteAccountIds: string[], { down = false } = {}) {
  const all = known.map((remoteAccountId) => transactionRecord({ remoteId: `of ${remoteAccountId}`, remoteAccountId }));
  const asked: (readonly string[] | null)[] = [];
  const plaid = fakeAdapter({
    async readTransactions(query) {
      asked.push(query.remoteAccountIds);
      const strange = query.remoteAccountIds?.some((id) => !known.includes(id));
      if (strange) throw new GatewayError("NOT_FOUND", "No such account.");
      return reading("/transactions/get", transactionsPage(all, query));
    },
    ...(down && { readAccounts: () => Promise.reject(new GatewayError("PROVIDER_UNAVAILABLE", "Down.")) }),
  });
  const deps = testReadDeps({ plaid });
  const loaders = createLoaders(deps, "ann", new AbortController().signal);
  const wanted = { ...SPAN, remoteAccountIds, matches: () => true };
  const { found, total, unavailable } = await loaders.transactions(deps.sealedItem(), wanted);
  const codes = unavailable.map(({ error }) => error.code);
  return { asked, total, codes, found: found.map(({ record }) => record.remoteId) };
}

// the item has "acc-checking", "acc-card" and "acc-brokerage", which is of investments
describe("transactions by accounts", () => {
  it.each([
    ["are asked for once where all are known", ["acc-checking", "acc-card"], ["of acc-card", "of acc-checking"], 1],
    ["leave out one that is gone", ["acc-gone", "acc-checking"], ["of acc-checking"], 2],
    ["leave out one of investments that the aggregator refuses", ["acc-brokerage", "acc-card"], ["of acc-card"], 2],
    ["are none where no account is left", ["acc-gone", "acc-brokerage"], [], 1],
  ])("%s", async (_, ids, found, calls) => {
    const scan = await scanned(["acc-checking", "acc-card"], ids);
    expect(scan).toMatchObject({ found, total: found.length, codes: [] });
    expect(scan.asked).toHaveLength(calls);
  });

  it("say what the aggregator said where the accounts cannot be had, or are all there", async () => {
    const refused = { found: [], codes: ["NOT_FOUND"] };
    expect(await scanned(["acc-checking"], ["acc-gone"], { down: true })).toMatchObject(refused);
    expect(await scanned([], ["acc-checking"])).toMatchObject({ ...refused, asked: [["acc-checking"]] });
  });
});
