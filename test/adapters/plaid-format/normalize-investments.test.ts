import { describe, expect, it } from "@jest/globals";
import type { LeftOut } from "../../../adapters/adapter.ts";
import { parseJson } from "../../../adapters/json.ts";
import { normalize as linkMoney } from "../../../adapters/link-money/normalize.ts";
import { normalize as plaid } from "../../../adapters/plaid/normalize.ts";
import { fixtureText } from "../../support/fixture.ts";

const NORMALIZERS = { plaid, "link-money": linkMoney };

function read(aggregator: keyof typeof NORMALIZERS, name: string) {
  const { body } = parseJson(fixtureText(`${aggregator}/${name}`));
  const leftOut: LeftOut[] = [];
  const normalize = NORMALIZERS[aggregator];
  const data = normalize.report(body ?? {}, leftOut, normalize.reportItem);
  const accounts = data.items.flatMap((item) => item.accounts);
  return { data, leftOut, accounts, investments: accounts[0]?.investments };
}

const DOLLARS = { currency: "USD", currencyOfficial: true };
const OF_FUND = { remoteAccountId: "acc-401k", remoteSecurityId: "sec-fund", institutionPriceDatetime: null };
const UNSAID = { vestedQuantity: null, vestedValue: null };

describe.each(["plaid", "link-money"] as const)("a report of %s with investments", (aggregator) => {
  const { leftOut, investments } = read(aggregator, "asset-report-get-investments");

  it("keeps every word of a holding, twice of one security too", () => {
    expect(leftOut).toEqual([]);
    expect(investments?.holdings.map(({ record: _, ...holding }) => holding)).toEqual([
      {
        ...{ ...OF_FUND, ...UNSAID, ...DOLLARS, key: "acc-401k/sec-fund" },
        ...{ quantity: "23.567", institutionPrice: "27", institutionPriceAsOf: "2026-03-01" },
        ...{ institutionValue: "636.309", costBasis: "23.55" },
      },
      {
        ...{ ...OF_FUND, ...UNSAID, remoteSecurityId: "sec-coin", key: "acc-401k/sec-coin" },
        ...{ currency: "BTC", currencyOfficial: false },
        ...{ quantity: "121499974.3", institutionPrice: "0.000000012345678901", institutionPriceAsOf: null },
        ...{ institutionValue: "1.5", costBasis: null },
      },
      {
        ...{ ...OF_FUND, ...UNSAID, ...DOLLARS, key: "acc-401k/sec-fund#2" },
        ...{ quantity: "1", institutionPrice: "27", institutionPriceAsOf: null },
        ...{ institutionValue: "27", costBasis: null },
      },
    ]);
    expect(investments?.holdings[0]?.record).toMatchObject({ security_id: "sec-fund", quantity: 23.567 });
  });

  it("lists trades newest first, those of one day as they came", () => {
    expect(investments?.transactions.map(({ record: _, ...transaction }) => transaction)).toEqual([
      {
        ...{ remoteId: "it-sell", remoteSecurityId: "sec-fund", remoteCancelTransactionId: null, date: "2026-02-28" },
        ...{ name: "SELL Matthews Pacific Tiger Fund Insti Class", type: "sell", subtype: "sell", ...DOLLARS },
        ...{ quantity: "-47.74104242992852", amount: "-1289.01", price: "27.53", fees: "7.99" },
      },
      {
        ...{ remoteId: "it-cancel", remoteSecurityId: "sec-fund", remoteCancelTransactionId: "it-sell" },
        ...{ date: "2026-02-28", name: "CANCEL SELL", type: "cancel", subtype: "sell", ...DOLLARS },
        ...{ quantity: "47.74104242992852", amount: "1289.01", price: "27.53", fees: "0" },
      },
      {
        ...{ remoteId: "it-old", remoteSecurityId: null, remoteCancelTransactionId: null, date: "2026-01-15" },
        ...{ name: "CONTRIBUTION", type: "cash", subtype: "contribution", ...DOLLARS },
        ...{ quantity: "0", amount: "-500", price: "0", fees: null },
      },
    ]);
  });
});

describe("the securities of a report", () => {
  it("of Plaid have a name, a ticker and a kind; one that is not described has its holding's ticker", () => {
    const { investments } = read("plaid", "asset-report-get-investments");
    expect(
      investments?.securities.map(({ remoteId, name, tickerSymbol, type }) => [remoteId, name, tickerSymbol, type]),
    ).toEqual([
      ["sec-fund", "Matthews Pacific Tiger Fund Insti Class", "MIPTX", "mutual fund"],
      ["sec-coin", null, "CUR:BTC", null],
    ]);
  });

  it("of Link Money have all that its investments answers have", () => {
    const { investments } = read("link-money", "asset-report-get-investments");
    expect(investments?.securities).toEqual([
      expect.objectContaining({
        remoteId: "sec-fund",
        isin: "US5771308344",
        closePrice: "27",
        isCashEquivalent: false,
      }),
    ]);
  });
});

describe("an account's investments", () => {
  it.each([
    ["plaid", "asset-report-get-investments", [true, false]],
    ["plaid", "asset-report-get-insights", [false, true]],
    ["plaid", "asset-report-get", [false, false, false]],
    ["plaid", "hostile-asset-report-investments", [true, false, true, false]],
  ] as const)("of %s %s are told or not, which is not the same as none", (aggregator, name, told) => {
    expect(read(aggregator, name).accounts.map(({ investments }) => investments !== null)).toEqual(told);
  });
});

describe("hostile investments of a report", () => {
  const { investments, leftOut } = read("plaid", "hostile-asset-report-investments");

  it("keep what can be kept", () => {
    expect(
      investments?.holdings.map(({ key, quantity, institutionValue }) => [key, quantity, institutionValue]),
    ).toEqual([
      ["a1/", "12.5", null],
      ["a1/#2", null, null],
    ]);
    expect(investments?.securities.map(({ remoteId, type }) => [remoteId, type])).toEqual([["s1", null]]);
    expect(investments?.transactions).toEqual([
      expect.objectContaining({
        remoteId: "t5",
        amount: "1.5",
        remoteSecurityId: null,
        remoteCancelTransactionId: "nowhere",
      }),
    ]);
  });

  it("name all that was left out", () => {
    const at = (index: number) => `report.items[0].accounts[${index}].investments`;
    expect(leftOut.map(({ path }) => path).sort()).toEqual(
      [
        `${at(0)}.holdings[0]`,
        `${at(0)}.securities[0].security_id`,
        `${at(0)}.transactions[0].date`,
        `${at(0)}.transactions[1].date`,
        `${at(0)}.transactions[2].amount`,
        `${at(0)}.transactions[3].type`,
        `${at(0)}.transactions[4].investment_transaction_id`,
        `${at(2)}.holdings`,
        `${at(2)}.investments_transactions`,
      ].sort(),
    );
  });
});

describe("the warnings of a report", () => {
  it.each([
    [
      "plaid",
      [
        ["OWNERS_UNAVAILABLE", "item-2", "PRODUCT_UNSUPPORTED"],
        ["INVESTMENTS_UNAVAILABLE", "item-2", "ITEM_CONSENT_REQUIRED"],
        ["TRANSACTIONS_UNAVAILABLE", "item-3", "INSTITUTION_UNAVAILABLE"],
        ["BANK_INCOME_INSIGHTS_INCOMPLETE", null, undefined],
      ],
    ],
    [
      "link-money",
      [
        ["OWNERS_UNAVAILABLE", "item-2", "PRODUCT_UNSUPPORTED"],
        ["TRANSACTIONS_UNAVAILABLE", "item-3", "INSTITUTION_UNAVAILABLE"],
        ["INVESTMENTS_UNAVAILABLE", "item-4", undefined],
      ],
    ],
  ] as const)("of %s name the item and the cause, wherever its error stands", (aggregator, wanted) => {
    const { data } = read(aggregator, "asset-report-get-investments");
    expect(
      data.warnings.map(({ warningCode, remoteItemId, cause }) => [warningCode, remoteItemId, cause?.code]),
    ).toEqual(wanted);
  });
});
