import { describe, expect, it } from "@jest/globals";
import type { LeftOut } from "../../../adapters/adapter.ts";
import { parseJson } from "../../../adapters/json.ts";
import { normalize as linkMoney } from "../../../adapters/link-money/normalize.ts";
import { normalize as plaid } from "../../../adapters/plaid/normalize.ts";
import { fixtureText } from "../../support/fixture.ts";

const NORMALIZERS = { plaid, "link-money": linkMoney };
type Aggregator = keyof typeof NORMALIZERS;

/** An answer as it comes over the wire, read by its aggregator's normaliser of that kind. */
function read<K extends "transactions" | "investmentTransactions">(aggregator: Aggregator, kind: K, name: string) {
  const { body } = parseJson(fixtureText(`${aggregator}/${name}`));
  const leftOut: LeftOut[] = [];
  const data = NORMALIZERS[aggregator][kind](body ?? {}, leftOut) as ReturnType<(typeof plaid)[K]>;
  return { data, leftOut };
}

const BITCOIN = ["BTC", false];
const YEN = ["JPY", true];
const NONE = [null, null];
const THOUSAND_TRILLIONS = "1000000000000000000000";

describe.each(["plaid", "link-money"] as const)("an odd answer of %s", (aggregator) => {
  it("about transactions keeps every digit and the currency that was named, never another", () => {
    const { data } = read(aggregator, "transactions", "odd-transactions-get");
    expect(
      data.transactions.map(({ remoteId, amount, currency, currencyOfficial }) => [
        ...[remoteId, amount],
        [currency, currencyOfficial],
      ]),
    ).toEqual([
      ["tiny", "0.00000001", BITCOIN],
      ["tiny-by-exponent", "0.00000001", BITCOIN],
      ["huge", THOUSAND_TRILLIONS, YEN],
      ["huge-and-negative", `-${THOUSAND_TRILLIONS}`, YEN],
      ["beyond-a-double", `1${"0".repeat(400)}`, NONE],
      ["long", "-12345678901234567.89", ["USD", true]],
      ["minus-nothing", "0", NONE],
      ["as-text", "1234.5", NONE],
      ["unknown-words", "1", NONE],
      ["nulls", "2", NONE],
    ]);
    expect(data.accounts).toMatchObject([
      { type: "OTHER", balances: { current: THOUSAND_TRILLIONS, currency: "JPY", available: null } },
    ]);
    expect(data).toMatchObject({ received: 12, total: 12, securities: [] });
  });

  it("about transactions names each that it cannot use", () => {
    expect(read(aggregator, "transactions", "odd-transactions-get").leftOut).toEqual([
      { path: "transactions[8].amount", problem: "found a string, wanted a number" },
      { path: "transactions[11].date", problem: "found a string, wanted a date" },
    ]);
  });

  it("about transactions keeps unknown words as they are, and what is null null", () => {
    const { data } = read(aggregator, "transactions", "odd-transactions-get");
    const of = (id: string) => data.transactions.find(({ remoteId }) => remoteId === id);
    expect(of("unknown-words")).toMatchObject({
      ...{ paymentChannel: "telepathy", transactionType: "wish", transactionCode: "hum", checkNumber: "1042" },
      personalFinanceCategory: { primary: "NEW", detailed: "NEW_ONE", confidenceLevel: "CERTAIN" },
      location: { lat: 12.5, lon: null, storeNumber: "1700", region: "CA", postalCode: "94108", city: null },
      ...{ pending: false, remotePendingTransactionId: null },
      record: { something_new: { at: "all" } },
    });
    expect(of("minus-nothing")?.date).toBe("2026-02-02");
    const { record: _, ...nulls } = of("nulls") ?? {};
    expect(Object.entries(nulls).filter(([, value]) => value !== null)).toEqual([
      ["remoteId", "nulls"],
      ["amount", "2"],
      ["date", "2026-02-01"],
      ["pending", false],
      ["remoteAccountId", "a1"],
    ]);
  });

  it("about trades keeps every digit, the currency and the words, and names each that it cannot use", () => {
    const { data, leftOut } = read(aggregator, "investmentTransactions", "odd-investments-transactions-get");
    const none = { name: null, subtype: null, remoteSecurityId: null, remoteCancelTransactionId: null };
    const unsaid = { quantity: null, price: null, fees: null };
    expect(data.transactions.map(({ record: _, remoteAccountId: __, ...trade }) => trade)).toEqual([
      {
        ...{ ...none, remoteId: "coin", date: "2026-02-03", type: "buy", subtype: "buy", remoteSecurityId: "s-coin" },
        ...{ amount: "0.00000001", quantity: "0.00000001", price: "1", fees: "0" },
        ...{ currency: "BTC", currencyOfficial: false },
      },
      {
        ...{ ...none, remoteId: "yen", date: "2026-02-03", type: "sell", currency: "JPY", currencyOfficial: true },
        ...{ amount: `-${THOUSAND_TRILLIONS}`, quantity: "-123456789012345678.5" },
        ...{ price: "8100.000000000000001", fees: null },
      },
      {
        ...{ ...none, ...unsaid, remoteId: "unknown-words", date: "2026-02-02", amount: "12.3" },
        ...{ type: "metamorphosis", subtype: "of a kind", remoteCancelTransactionId: "coin" },
        ...{ currency: null, currencyOfficial: null },
      },
      {
        ...{ ...none, ...unsaid, remoteId: "least", date: "2026-02-02", amount: "0", type: "cash" },
        ...{ currency: null, currencyOfficial: null },
      },
    ]);
    expect(data.securities).toMatchObject([
      { type: "cryptocurrency of tomorrow", closePrice: "0.00000001", currency: "BTC", currencyOfficial: false },
    ]);
    expect(leftOut.map(({ path }) => path).sort()).toEqual([
      "investment_transactions[4].type",
      "investment_transactions[5].account_id",
      "investment_transactions[6].amount",
      "investment_transactions[7].date",
      "investment_transactions[8].investment_transaction_id",
      "investment_transactions[9].account_id",
      "securities[1].security_id",
    ]);
    expect(data).toMatchObject({ received: 10, total: aggregator === "plaid" ? null : 1000 });
  });
});

describe("saving advice", () => {
  const insights = (aggregator: Aggregator) =>
    read(aggregator, "transactions", "odd-transactions-get").data.transactions.flatMap(({ remoteId, insight }) =>
      insight ? [[remoteId, insight]] : [],
    );

  it("of Link Money is exact, with addresses of the web alone, and null where there is none", () => {
    const none = { text: null, ctaUrl: null, imageUrl: null, recommendation: null };
    expect(insights("link-money")).toEqual([
      ["tiny", { ...none, text: "Keep it.", recommendation: "None", amountFound: "0.00000001" }],
      ["huge", { ...none, amountFound: THOUSAND_TRILLIONS }],
      ["as-text", { ...none, amountFound: "12.3" }],
    ]);
  });

  it("is not Plaid's", () => {
    expect(insights("plaid")).toEqual([]);
  });
});
