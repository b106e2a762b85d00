import { describe, expect, it } from "@jest/globals";
import type { LeftOut } from "../../../adapters/adapter.ts";
import { parseJson } from "../../../adapters/json.ts";
import { normalize } from "../../../adapters/plaid/normalize.ts";
import { fixtureText } from "../../support/fixture.ts";

function read(name: string) {
  const { body } = parseJson(fixtureText(`plaid/${name}`));
  const leftOut: LeftOut[] = [];
  return { data: normalize.report(body ?? {}, leftOut, normalize.reportItem), leftOut };
}

describe("an asset report", () => {
  it.each([
    ["asset-report-get", 3],
    ["asset-report-get-two-days", 2],
  ])("of Plaid's documents: %s", (name, days) => {
    const { data, leftOut } = read(name);
    expect(leftOut).toEqual([]);
    expect(data).toMatchObject({
      remoteId: "bf3a0490-344c-4620-a219-2693162e4b1d",
      clientReportId: "123abc",
      generatedAt: "2020-06-05T22:47:53.000Z",
      daysRequested: days,
      user: {
        clientUserId: "123456789",
        firstName: "Alberta",
        middleName: "Bobbeth",
        lastName: "Charleson",
        ssn: "123-45-6789",
        phoneNumber: "111-222-3333",
        email: "accountholder0@example.com",
      },
      warnings: [],
    });
    const [item] = data.items;
    expect(item).toMatchObject({
      remoteId: "eVBnVMp7zdTJLkRNr33Rs6zr7KNJqBFL9DrE6",
      remoteInstitutionId: "ins_3",
      institutionName: "Chase",
      lastUpdatedAt: "2020-06-05T22:47:52.000Z",
    });
    const accounts = item?.accounts.map(({ name, type, balances }) => [name, type, balances.current]);
    expect(accounts).toEqual([
      ["Plaid Saving", "DEPOSITORY", "210"],
      ["Plaid Mortgage", "LOAN", "56302.06"],
      ["Plaid Credit Card", "CREDIT", "410"],
    ]);
    expect(item?.accounts[0]?.historicalBalances[0]).toEqual({
      date: "2020-06-04",
      current: "210",
      currency: "USD",
      currencyOfficial: true,
    });
    expect(item?.accounts[0]?.historicalBalances).toHaveLength(days);
  });

  it("names the owners with all that the bank keeps of them", () => {
    const owners = read("asset-report-get").data.items[0]?.accounts[0]?.owners;
    expect(owners).toEqual([
      {
        names: ["Alberta Bobbeth Charleson"],
        phoneNumbers: [
          { number: "1112223333", primary: false, type: "home" },
          { number: "1112224444", primary: false, type: "work" },
          { number: "1112225555", primary: false, type: "mobile" },
        ],
        emails: [
          { address: "accountholder0@example.com", primary: true, type: "primary" },
          { address: "accountholder1@example.com", primary: false, type: "secondary" },
          {
            address: "extraordinarily.long.email.username.123456@reallylonghostname.com",
            primary: false,
            type: "other",
          },
        ],
        addresses: [
          {
            primary: true,
            street: "2992 Cameron Road",
            city: "Malakoff",
            region: "NY",
            postalCode: "14236",
            country: "US",
          },
          {
            primary: false,
            street: "2493 Leisure Lane",
            city: "San Matias",
            region: "CA",
            postalCode: "93405-2255",
            country: "US",
          },
        ],
      },
    ]);
  });
});

describe("an asset report with insights", () => {
  const { data, leftOut } = read("asset-report-get-insights");
  const [savings, retirement] = data.items[0]?.accounts ?? [];

  it("lists balances and transactions newest first, those of one day as they came", () => {
    expect(leftOut).toEqual([]);
    expect(savings?.historicalBalances.map(({ date }) => date)).toEqual(["2023-03-30", "2023-03-29", "2023-03-28"]);
    expect(savings?.transactions.map(({ remoteId }) => remoteId)).toEqual(["newest-a", "newest-b", "older"]);
  });

  it("keeps every word of a transaction", () => {
    const [newest, second, older] = savings?.transactions ?? [];
    expect(newest).toEqual({
      remoteId: "newest-a",
      amount: "5850",
      currency: "USD",
      currencyOfficial: true,
      date: "2023-03-29",
      datetime: null,
      authorizedDate: null,
      authorizedDatetime: null,
      dateTransacted: "2023-03-28",
      name: "ACH Electronic CreditGUSTO PAY 123456",
      merchantName: "Example Payments",
      originalDescription: "ACH Electronic CreditGUSTO PAY 123456",
      category: ["Transfer", "Debit"],
      categoryId: "21006000",
      personalFinanceCategory: null,
      creditCategory: { primary: "TRANSFER_OUT", detailed: "TRANSFER_OUT" },
      incomeSourceId: null,
      remotePendingTransactionId: "earlier",
      pending: true,
      paymentChannel: null,
      transactionType: "digital",
      transactionCode: null,
      checkNumber: "1044",
      accountOwner: "ALBERTA",
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
      paymentMeta: {
        referenceNumber: "777",
        ppdId: null,
        payee: null,
        byOrderOf: null,
        payer: null,
        paymentMethod: "ACH",
        paymentProcessor: null,
        reason: null,
      },
      insight: null,
      record: expect.objectContaining({ transaction_id: "newest-a" }),
    });
    expect(second).toMatchObject({ currency: "BTC", currencyOfficial: false, name: null, location: null });
    expect(older).toMatchObject({ amount: "-0.7388014749727547", incomeSourceId: "src_1", paymentMeta: null });
  });

  it("says nothing of owners that a warning calls unavailable, and why", () => {
    expect(savings).toMatchObject({ owners: null, ownershipType: "joint", persistentAccountId: "persistent-1" });
    expect(retirement).toMatchObject({ type: "INVESTMENT", balances: { marginLoan: "10" }, daysAvailable: 90 });
    expect(retirement?.owners).toHaveLength(1);
    expect(data.user).toBeNull();
    expect(data.warnings).toEqual([
      {
        warningType: "ASSET_REPORT_WARNING",
        warningCode: "OWNERS_UNAVAILABLE",
        remoteItemId: "AZMP7JrGXgtPd3AQMeg7hwMKgk5E8qU1V5ME7",
        cause: expect.objectContaining({ code: "ITEM_NOT_READY" }),
      },
    ]);
  });
});

describe("a hostile asset report", () => {
  const { data, leftOut } = read("hostile-asset-report-get");

  it("keeps what can be kept", () => {
    expect(data).toMatchObject({ remoteId: "r1", clientReportId: null, daysRequested: null, user: null });
    expect(data.items.map(({ remoteId, accounts }) => [remoteId, accounts.length])).toEqual([
      ["i1", 1],
      ["i2", 0],
    ]);
    const [account] = data.items[0]?.accounts ?? [];
    expect(account?.historicalBalances).toHaveLength(1);
    expect(account?.owners).toEqual([{ names: ["A"], phoneNumbers: [], emails: [], addresses: [] }]);
    expect(account?.transactions).toHaveLength(1);
    expect(account?.transactions[0]).toMatchObject({
      remoteId: "t3",
      amount: `0.${"0".repeat(323)}5`,
      pending: false,
      category: null,
      creditCategory: null,
    });
    expect(
      data.warnings.map(({ warningCode, remoteItemId, cause }) => [warningCode, remoteItemId, cause?.code]),
    ).toEqual([
      ["INVESTMENTS_UNAVAILABLE", null, undefined],
      ["OWNERS_UNAVAILABLE", "i9", "ITEM_LOGIN_REQUIRED"],
    ]);
  });

  it("names all that was left out", () => {
    const account = "report.items[1].accounts[1]";
    const named = [
      "warnings[0].warning_code",
      "report.items[0].item_id",
      "report.items[1].accounts[0].name",
      `${account}.owners[0]`,
      `${account}.owners[1].phone_numbers[0].data`,
      `${account}.owners[1].emails`,
      `${account}.owners[1].addresses[0].data`,
      `${account}.historical_balances[0].current`,
      `${account}.historical_balances[1].date`,
      `${account}.transactions[0].amount`,
      `${account}.transactions[1].date`,
      `${account}.transactions[2].transaction_id`,
      "report.items[2].accounts",
    ];
    expect(leftOut.map(({ path }) => path).sort()).toEqual(named.sort());
  });

  it.each([{}, { report: null }, { report: { asset_report_id: "r1", items: [] } }])("%j is no answer", (body) => {
    expect(() => normalize.report(body, [], normalize.reportItem)).toThrow(/^report\.\w+: found /);
  });
});
