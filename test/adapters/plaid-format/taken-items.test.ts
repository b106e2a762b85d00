import { describe, expect, it } from "@jest/globals";
import type { ReportItemRecord } from "../../../adapters/adapter/reports.ts";
import type { LeftOut } from "../../../adapters/adapter.ts";
import { normalize } from "../../../adapters/plaid/normalize.ts";
import { takenItems } from "../../../adapters/plaid-format/taken-items.ts";

/** What a report becomes whose items were these. */
async function reportOf(items: readonly object[], rounds = 1) {
  const kept: string[] = [];
  const taken = takenItems(normalize.reportItem, () => async (item: ReportItemRecord) => {
    kept.push(item.remoteId);
    return item;
  });
  for (let round = 0; round < rounds; round++) {
    const take = taken.list.begin();
    for (const [number, item] of items.entries()) await take({ ...item }, number);
  }
  const leftOut: LeftOut[] = [];
  const report = {
    ...{ asset_report_id: "r1", date_generated: "2026-03-01T12:00:00Z" },
    items: items.map((_, taken) => ({ taken })),
  };
  const data = normalize.report({ report }, leftOut, taken.find);
  return { ids: data.items.map(({ remoteId }) => remoteId), leftOut, kept };
}

const account = { account_id: "a1", type: "depository", subtype: "checking", name: "Checking", balances: {} };

describe("a report's items that were taken out of it", () => {
  it("are found again in order, less those that cannot be read, which are named by their place", async () => {
    const accounts = [account, { ...account, account_id: 7 }];
    expect(await reportOf([{ item_id: "i1" }, { accounts }, { item_id: "i3", accounts }])).toEqual({
      ids: ["i1", "i3"],
      kept: ["i1", "i3"],
      leftOut: [
        { path: "report.items[1].item_id", problem: "found nothing, wanted a string" },
        { path: "report.items[2].accounts[1].account_id", problem: "found a number, wanted a string" },
      ],
    });
  });

  it("are those of the last answer when it was asked for again", async () => {
    const { ids, kept } = await reportOf([{ item_id: "i1" }, { item_id: "i2" }], 2);
    expect([ids, kept]).toEqual([
      ["i1", "i2"],
      ["i1", "i2", "i1", "i2"],
    ]);
  });

  it("are left out where nothing was taken", () => {
    const taken = takenItems(normalize.reportItem, () => async (item: ReportItemRecord) => item);
    for (const stranger of [{ taken: 5 }, { item_id: "i1" }, null, "i1"]) {
      expect(() => taken.find(stranger, "report.items[0]", [])).toThrow(/^report\.items\[0\]: found /);
    }
  });
});
