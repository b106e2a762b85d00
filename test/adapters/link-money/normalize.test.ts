import { describe, expect, it } from "@jest/globals";
import type { LeftOut } from "../../../adapters/adapter.ts";
import { parseJson } from "../../../adapters/json.ts";
import { normalize } from "../../../adapters/link-money/normalize.ts";
import type { Normalizers } from "../../../adapters/plaid-format/normalizers.ts";
import { fixture, fixtureText } from "../../support/fixture.ts";

/** What becomes of a whole answer of FinGoal's guide; nothing of it may be left out. */
function read<K extends Exclude<keyof Normalizers, "report" | "reportItem">>(kind: K, name: string) {
  const { body } = parseJson(fixtureText(`link-money/${name}`));
  const leftOut: LeftOut[] = [];
  const data = normalize[kind](body ?? {}, leftOut) as ReturnType<Normalizers[K]>;
  expect(leftOut).toEqual([]);
  return data;
}

/** The same of a report. */
function readReport(name: string) {
  const { body } = parseJson(fixtureText(`link-money/${name}`));
  const leftOut: LeftOut[] = [];
  const data = normalize.report(body ?? {}, leftOut, normalize.reportItem);
  expect(leftOut).toEqual([]);
  return data;
}

describe("what Link Money leaves out stays null", () => {
  it("of an item: its products", () => {
    const { item, status } = fixture("link-money/item-get");
    expect(read("item", "item-get")).toEqual({
      remoteId: "Ed6bjNrDLJfGvZWwnkQlfxwoNz54B5C97ejBr",
      institutionName: null,
      remoteInstitutionId: "ins_109508",
      products: null,
      availableProducts: null,
      billedProducts: null,
      consentedProducts: null,
      authMethod: null,
      updateType: "background",
      consentExpiresAt: null,
      webhook: "/example/hook",
      lastWebhookAt: "2019-02-15T15:53:00.000Z",
      lastWebhookCode: "DEFAULT_UPDATE",
      freshness: [
        {
          product: "TRANSACTIONS",
          lastSuccessfulUpdate: "2019-02-15T15:52:39.000Z",
          lastFailedUpdate: "2019-01-22T04:32:00.000Z",
        },
      ],
      error: null,
      record: { item, status },
    });
  });

  it("of an institution: products, countries, routing numbers, OAuth", () => {
    expect(read("institution", "institutions-get-by-id")).toMatchObject({
      remoteId: "ins_109512",
      name: "Houndstooth Bank",
      oauth: null,
      products: null,
      countryCodes: null,
      routingNumbers: null,
      dtcNumbers: null,
    });
  });

  it("of balances: margin loans", () => {
    const accounts = read("accounts", "accounts-get");
    expect(accounts.map(({ name, type, balances }) => [name, type, balances.current, balances.marginLoan])).toEqual([
      ["Plaid Checking", "DEPOSITORY", "110", null],
      ["Plaid 401k", "INVESTMENT", "23631.9805", null],
      ["Plaid Student Loan", "LOAN", "65262", null],
    ]);
    expect(read("accounts", "accounts-balance-get")).toHaveLength(3);
  });

  it("of securities: market, sector, industry, option, bond", () => {
    const { accounts, holdings, securities } = read("holdings", "investments-holdings-get");
    expect([accounts.length, holdings.length, securities.length]).toEqual([3, 7, 6]);
    expect(new Set(holdings.map(({ key }) => key)).size).toBe(7);
    for (const security of securities) {
      expect(security).toMatchObject({
        marketIdentifierCode: null,
        sector: null,
        industry: null,
        optionContract: null,
        fixedIncome: null,
      });
    }
    expect(securities.at(-1)).toMatchObject({
      name: "NH PORTFOLIO 1055 (FIDELITY INDEX)",
      remoteInstitutionId: "ins_3",
      institutionSecurityId: "NHX105509",
    });
  });

  it("of a card: the last statement's balance", () => {
    const [card] = read("liabilities", "liabilities-get").liabilities;
    expect(card).toMatchObject({ kind: "CREDIT_CARD", lastStatementBalance: null, minimumPaymentAmount: "20" });
  });
});

describe("what Link Money writes in its own way is understood", () => {
  it("its share of an institution's errors, and a status inside another, under another name", () => {
    const { status, url, primaryColor, logo } = read("institution", "institutions-get-by-id");
    expect({ url, primaryColor, logo }).toEqual({
      url: "https://example-bank.com",
      primaryColor: "#004966",
      logo: null,
    });
    expect(status?.map(({ kind, status, errorProvider }) => [kind, status, errorProvider])).toEqual([
      ["ITEM_LOGINS", "HEALTHY", 0.01],
      ["TRANSACTIONS_UPDATES", "HEALTHY", 0.02],
      ["AUTH", "HEALTHY", 0.01],
      ["BALANCE", "HEALTHY", 0.02],
      ["IDENTITY", "DEGRADED", 0.08],
      ["INVESTMENTS", "HEALTHY", 0.02],
      ["LIABILITIES", "HEALTHY", 0.02],
      ["INVESTMENTS_UPDATES", "HEALTHY", 0.02],
      ["LIABILITIES_UPDATES", "HEALTHY", 0.02],
    ]);
    expect(status?.[6]).toEqual({
      kind: "LIABILITIES",
      status: "HEALTHY",
      lastStatusChange: "2019-02-15T15:53:00.000Z",
      success: 0.89,
      errorProvider: 0.02,
      errorInstitution: 0.09,
      refreshInterval: null,
    });
  });

  it("liabilities nested in investments", () => {
    const keys = (name: string) => read("liabilities", name).liabilities.map(({ key }) => key);
    expect(keys("liabilities-get-nested")).toEqual(keys("liabilities-get"));
    expect(keys("liabilities-get")).toHaveLength(3);
  });

  it("an institution and liabilities written as Plaid's", () => {
    const { institution } = fixture("plaid/institutions-get-by-id");
    const { status, url, primaryColor } = normalize.institution({ institution }, []);
    expect({ url, primaryColor }).toEqual({ url: expect.any(String), primaryColor: expect.any(String) });
    expect(status?.every(({ errorProvider }) => typeof errorProvider === "number")).toBe(true);
    expect(() => normalize.liabilities({ accounts: [] }, [])).toThrow("liabilities: found nothing, wanted an object.");
  });

  it("a report as Plaid's, with the causes of warnings one level deeper", () => {
    const plain = readReport("asset-report-get");
    expect(plain).toMatchObject({ remoteId: "bf3a0490-344c-4620-a219-2693162e4b1d", warnings: [] });
    expect(plain.items[0]?.accounts).toHaveLength(3);
    const { warnings, items } = readReport("asset-report-get-insights");
    expect(warnings).toEqual([
      {
        warningType: "ASSET_REPORT_WARNING",
        warningCode: "OWNERS_UNAVAILABLE",
        remoteItemId: "eVBnVMp7zdTJLkRNr33Rs6zr7KNJqBFL9DrE6",
        cause: expect.objectContaining({ code: "INSTITUTION_UNAVAILABLE" }),
      },
    ]);
    expect(items[0]?.accounts[1]?.owners?.[0]?.addresses[0]).toMatchObject({ region: "NY", postalCode: "14236" });
  });
});

describe("transactions", () => {
  it("with their account, how many there are, and no advice where none is given", () => {
    const { transactions } = fixture("link-money/transactions-get") as { transactions: object[] };
    const { transactions: given, accounts, ...page } = read("transactions", "transactions-get");
    expect(page).toEqual({ securities: [], received: 1, total: 1 });
    expect(accounts.map(({ remoteId }) => remoteId)).toEqual(["BxBXxLj1m4HMXBm9WZZmCWVbPjX16EHwv99vp"]);
    expect(given).toEqual([
      {
        remoteId: "lPNjeW1nR6CDn5okmGQ6hEpMo4lLNoSrzqDje",
        remoteAccountId: "BxBXxLj1m4HMXBm9WZZmCWVbPjX16EHwv99vp",
        amount: "2307.21",
        currency: "USD",
        currencyOfficial: true,
        date: "2017-01-29",
        datetime: null,
        authorizedDate: "2017-01-27",
        authorizedDatetime: null,
        dateTransacted: null,
        name: "Apple Store",
        merchantName: "Apple",
        originalDescription: null,
        category: ["Shops", "Computers and Electronics"],
        categoryId: "19013000",
        personalFinanceCategory: null,
        creditCategory: null,
        incomeSourceId: null,
        remotePendingTransactionId: null,
        pending: false,
        paymentChannel: "in store",
        transactionType: "place",
        transactionCode: null,
        checkNumber: null,
        accountOwner: null,
        location: {
          address: "300 Post St",
          city: "San Francisco",
          region: "CA",
          postalCode: "94108",
          country: "US",
          lat: 40.740352,
          lon: -74.001761,
          storeNumber: "1235",
        },
        paymentMeta: null,
        insight: null,
        record: transactions[0],
      },
    ]);
  });

  it("with saving advice", () => {
    const advice = {
      ...{ insight_text: "Brew at home.", insight_ctaurl: "https://fingoal.example.com/otis", finsight_image: null },
      ...{ recommendation: "Otis Coffee Club", amountFound: 12.345 },
    };
    const transaction = { transaction_id: "t", account_id: "a", amount: 1, date: "2020-06-04", ...advice };
    expect(normalize.transactions({ transactions: [transaction] }, []).transactions[0]?.insight).toEqual({
      ...{ text: "Brew at home.", ctaUrl: "https://fingoal.example.com/otis", imageUrl: null },
      ...{ recommendation: "Otis Coffee Club", amountFound: "12.345" },
    });
  });

  it("of investments, with account and security", () => {
    const { transactions, securities, ...page } = read("investmentTransactions", "investments-transactions-get");
    expect(page).toEqual({ accounts: expect.anything(), received: 3, total: 3 });
    expect(securities.map(({ tickerSymbol }) => tickerSymbol)).toEqual(["MIPTX", "DBLTX", "SBSI"]);
    expect(
      transactions.map(({ date, type, subtype, quantity, fees }) => [date, type, subtype, quantity, fees]),
    ).toEqual([
      ["2020-05-29", "cash", "dividend", "0", "0"],
      ["2020-05-28", "sell", "sell", "-47.74104242992852", "7.99"],
      ["2020-05-27", "buy", "buy", "0.7388014749727547", "7.99"],
    ]);
    expect(new Set(transactions.map(({ remoteAccountId }) => remoteAccountId))).toEqual(
      new Set(["rz99ex9ZQotvnjXdgQLEsR81e3ArPgulVWjGj"]),
    );
  });
});

describe("what Link Money adds", () => {
  it("is saving advice on a transaction", () => {
    const { items } = readReport("asset-report-get-insights");
    expect(items[0]?.accounts[0]?.transactions).toEqual([
      expect.objectContaining({
        remoteId: "dfg74Fi3so8dRsw4378c",
        amount: "25.5",
        authorizedDate: "2020-06-03",
        paymentChannel: "Online",
        transactionCode: "purchase",
        location: expect.objectContaining({ storeNumber: "2243", lat: 39.9936 }),
        insight: {
          text: "Brew at home and keep the change.",
          ctaUrl: "https://fingoal.example.com/otis",
          imageUrl: "https://fingoal.example.com/otis.png",
          recommendation: "Otis Coffee Club",
          amountFound: "12.345",
        },
      }),
    ]);
  });

  it("is no advice where none was found, and no address where there is none", () => {
    const advised = (more: object) => {
      const transaction = { transaction_id: "t", amount: 1, date: "2020-06-04", ...more };
      const items = [{ item_id: "i", accounts: [{ account_id: "a", name: "A", transactions: [transaction] }] }];
      const report = { asset_report_id: "r", date_generated: "2020-06-05T00:00:00Z", items };
      return normalize.report({ report }, [], normalize.reportItem).items[0]?.accounts[0]?.transactions[0]?.insight;
    };
    expect(advised({})).toBeNull();
    expect(advised({ insight_text: null, amountFound: "lots" })).toBeNull();
    expect(advised({ insight_text: "x", insight_ctaurl: "javascript:alert(1)" })).toMatchObject({ ctaUrl: null });
  });
});
