import { describe, expect, it } from "@jest/globals";
import { normalizeTransaction } from "../../../adapters/plaid-format/normalize-transaction.ts";
import { fixture } from "../../support/fixture.ts";

describe("a transaction of /transactions/get", () => {
  const [transaction] = (fixture("link-money/transactions-get") as { transactions: object[] }).transactions;

  it("is read as a report's, with its own fields", () => {
    expect(normalizeTransaction(transaction, "transactions[0]", () => null)).toMatchObject({
      remoteId: "lPNjeW1nR6CDn5okmGQ6hEpMo4lLNoSrzqDje",
      amount: "2307.21",
      currency: "USD",
      date: "2017-01-29",
      authorizedDate: "2017-01-27",
      datetime: null,
      name: "Apple Store",
      merchantName: "Apple",
      category: ["Shops", "Computers and Electronics"],
      categoryId: "19013000",
      paymentChannel: "in store",
      transactionType: "place",
      pending: false,
      remotePendingTransactionId: null,
      location: { address: "300 Post St", region: "CA", postalCode: "94108", lat: 40.740352, storeNumber: "1235" },
      paymentMeta: null,
      creditCategory: null,
      insight: null,
      record: transaction,
    });
  });

  it("has a personal finance category only when it is whole", () => {
    const category = (value: unknown) =>
      normalizeTransaction({ ...transaction, personal_finance_category: value }, "t", () => null)
        .personalFinanceCategory;
    expect(category({ primary: "FOOD", detailed: "FOOD_COFFEE", confidence_level: "HIGH" })).toEqual({
      primary: "FOOD",
      detailed: "FOOD_COFFEE",
      confidenceLevel: "HIGH",
    });
    expect(category({ primary: "FOOD" })).toBeNull();
    expect(category("FOOD")).toBeNull();
  });
});
