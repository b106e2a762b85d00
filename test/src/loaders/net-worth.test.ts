import { describe, expect, it } from "@jest/globals";
import type { AccountType } from "../../../schema/enums.ts";
import { accountNouns } from "../../../src/loaders/account-nouns.ts";
import { netWorth } from "../../../src/loaders/net-worth.ts";
import { accountRecord } from "../../support/fake-adapter.ts";

interface Shown {
  type?: AccountType;
  current?: string | null;
  currency?: string | null;
  official?: boolean | null;
  marginLoan?: string | null;
  at?: string;
}

const NOON = "2026-03-01T12:00:00.000Z";

/** An account of that id; by `duplicates`, another link of an earlier one. */
function accounts(shown: Record<string, Shown>) {
  return Object.entries(shown).flatMap(([remoteId, { type = "DEPOSITORY", at = NOON, ...money }]) => {
    const { current = "100", currency = "USD", official = currency === null ? null : true, marginLoan = null } = money;
    const record = accountRecord({ remoteId, type });
    const balances = { ...record.balances, current, currency, currencyOfficial: official, marginLoan };
    const provenance = {
      provider: "PLAID",
      endpoint: "/accounts/get",
      requestId: null,
      fetchedAt: at,
      cached: false,
    } as const;
    return [...accountNouns([{ ...record, balances }], "item", provenance).values()];
  });
}

function sums(shown: Record<string, Shown>, duplicates: Record<string, string> = {}) {
  const all = accounts(shown);
  const idOf = (remoteId: string) => all.find((one) => one.remoteId === remoteId)?.id ?? remoteId;
  const firsts = new Map(Object.entries(duplicates).map(([link, first]) => [idOf(link), idOf(first)]));
  const { totals, duplicatesSkipped, withoutBalance, ...rest } = netWorth(all, { duplicates: firsts }, []);
  return {
    ...rest,
    totals: totals.map(({ currency, assets, liabilities, net }) => [currency, assets, liabilities, net]),
    skipped: duplicatesSkipped.map(({ remoteId }) => remoteId),
    unknown: withoutBalance.map(({ remoteId }) => remoteId),
  };
}

describe("net worth", () => {
  it.each<[string, Record<string, Shown>, (string | null)[][]]>([
    ["of nothing", {}, []],
    ["of one account", { a: {} }, [["USD", "100", "0", "100"]]],
    [
      "with cards and loans as liabilities, all else as assets",
      {
        a: { current: "1000.10" },
        b: { type: "INVESTMENT", current: "23631.9805" },
        c: { type: "OTHER", current: "1" },
        d: { type: "CREDIT", current: "410" },
        e: { type: "LOAN", current: "65262" },
      },
      [["USD", "24633.0805", "65672", "-41038.9195"]],
    ],
    [
      "with an overdrawn account and a card in credit",
      { a: { current: "-20.5" }, b: { type: "CREDIT", current: "-10" } },
      [["USD", "-20.5", "-10", "-10.5"]],
    ],
    [
      "with what was borrowed on margin",
      { a: { type: "INVESTMENT", current: "500", marginLoan: "120.25" } },
      [["USD", "500", "120.25", "379.75"]],
    ],
    ["of empty accounts", { a: { current: "0" }, b: { type: "CREDIT", current: "0" } }, [["USD", "0", "0", "0"]]],
    [
      "of amounts that are no floats",
      { a: { current: "0.1" }, b: { current: "0.2" }, c: { current: "0.00000000000000000001" } },
      [["USD", "0.30000000000000000001", "0", "0.30000000000000000001"]],
    ],
    [
      "of amounts beyond any float",
      { a: { current: "90071992547409931234567890.12" }, b: { type: "LOAN", current: "0.01" } },
      [["USD", "90071992547409931234567890.12", "0.01", "90071992547409931234567890.11"]],
    ],
    [
      "for each currency by itself, the unknown one last",
      {
        a: { currency: null, current: "7" },
        b: { currency: "USD" },
        c: { currency: "EUR", current: "5" },
        d: { currency: "BTC", official: false, current: "0.5" },
        e: { currency: "EUR", type: "LOAN", current: "2" },
        f: { currency: null, type: "CREDIT", current: "1" },
      },
      [
        ["BTC", "0.5", "0", "0.5"],
        ["EUR", "5", "2", "3"],
        ["USD", "100", "0", "100"],
        [null, "7", "1", "6"],
      ],
    ],
    [
      "for an unofficial code apart from the official one of that name",
      { a: {}, b: { official: false, current: "3" } },
      [
        ["USD", "100", "0", "100"],
        ["USD", "3", "0", "3"],
      ],
    ],
  ])("%s", (_, shown, totals) => {
    const found = sums(shown);
    expect(found.totals).toEqual(totals);
    expect(found.accountsCounted).toBe(Object.keys(shown).length);
  });

  it("names accounts whose balance is not known, and does not count them", () => {
    expect(sums({ a: { current: null }, b: {} })).toMatchObject({
      ...{ totals: [["USD", "100", "0", "100"]], accountsCounted: 1, unknown: ["a"], skipped: [] },
    });
  });

  it("counts an account that is linked thrice once", () => {
    expect(sums({ a: {}, b: { current: "50" }, c: {}, d: {} }, { c: "a", d: "a" })).toMatchObject({
      ...{ totals: [["USD", "150", "0", "150"]], accountsCounted: 2, skipped: ["c", "d"], unknown: [] },
    });
  });

  it("takes the link that has a balance", () => {
    expect(sums({ a: { current: null }, b: {} }, { b: "a" })).toMatchObject({
      ...{ totals: [["USD", "100", "0", "100"]], accountsCounted: 1, skipped: ["a"], unknown: [] },
    });
    expect(sums({ a: { current: null }, b: { current: null } }, { b: "a" })).toMatchObject({
      ...{ totals: [], accountsCounted: 0, skipped: ["b"], unknown: ["a"], asOf: null },
    });
  });

  it("is as old as the oldest balance in it", () => {
    const [older, oldest] = ["2026-02-28T12:00:00.000Z", "2026-02-01T12:00:00.000Z"];
    expect(sums({ a: {}, b: { at: older }, c: { at: oldest, current: null } }).asOf).toBe(older);
    expect(sums({}).asOf).toBeNull();
  });
});
