import { describe, expect, it } from "@jest/globals";
import type { LeftOut } from "../../../adapters/adapter.ts";
import { parseJson } from "../../../adapters/json.ts";
import { normalize } from "../../../adapters/plaid/normalize.ts";
import type { Normalizers } from "../../../adapters/plaid-format/normalizers.ts";
import { fixture, fixtureText } from "../../support/fixture.ts";

/** What becomes of a whole answer, as it comes over the wire. */
function read<K extends Exclude<keyof Normalizers, "report" | "reportItem">>(kind: K, name: string) {
  const { body } = parseJson(fixtureText(`plaid/${name}`));
  const leftOut: LeftOut[] = [];
  const data = normalize[kind](body ?? {}, leftOut) as ReturnType<Normalizers[K]>;
  return { data, leftOut };
}

const noBalance = { available: null, current: null, limit: null, marginLoan: null, lastUpdatedAt: null };
const noCurrency = { currency: null, currencyOfficial: null };
const dollars = { currency: "USD", currencyOfficial: true };

describe("an item", () => {
  it("with all that Plaid says of it", () => {
    const { data } = read("item", "item-get");
    const { item, status } = fixture("plaid/item-get");
    expect(data).toEqual({
      remoteId: "Ed6bjNrDLJfGvZWwnkQlfxwoNz54B5C97ejBr",
      institutionName: "First Platypus Bank",
      remoteInstitutionId: "ins_109508",
      products: ["ASSETS", "AUTH", "INVESTMENTS", "TRANSACTIONS"],
      availableProducts: ["BALANCE", "IDENTITY", "OTHER"],
      billedProducts: ["ASSETS", "AUTH", "INVESTMENTS", "TRANSACTIONS"],
      consentedProducts: ["ASSETS", "AUTH", "INVESTMENTS", "INVESTMENTS_AUTH", "TRANSACTIONS"],
      authMethod: "INSTANT_AUTH",
      updateType: "background",
      consentExpiresAt: "2027-01-15T13:25:17.766Z",
      webhook: "https://plaid.com/example/hook",
      lastWebhookAt: "2019-02-15T15:53:00.000Z",
      lastWebhookCode: "DEFAULT_UPDATE",
      freshness: [
        { product: "INVESTMENTS", lastSuccessfulUpdate: "2019-02-15T15:52:39.000Z", lastFailedUpdate: null },
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

  it("with its standing error, less the access token that it quotes", () => {
    const { data } = read("item", "item-get-login-required");
    expect(data).toMatchObject({ products: null, availableProducts: [], consentedProducts: null, freshness: [] });
    expect(data.error).toMatchObject({
      code: "ITEM_LOGIN_REQUIRED",
      message: "PLAID: ITEM_ERROR ITEM_LOGIN_REQUIRED: the login details of [redacted] have changed",
      options: {
        upstream: {
          provider: "PLAID",
          errorType: "ITEM_ERROR",
          errorCode: "ITEM_LOGIN_REQUIRED",
          errorCodeReason: "OAUTH_CONSENT_EXPIRED",
          displayMessage: "The login details for this account have changed.",
          httpStatus: 400,
          documentationUrl: "https://plaid.com/docs/?ref=error#item-errors",
          suggestedAction: "Use Link's update mode.",
          causes: [],
        },
      },
    });
    expect(JSON.stringify(data)).not.toContain("fb88b20c");
  });

  it.each([{}, { item: null }, { item: { item_id: 5 } }])("without an id is no answer: %j", (body) => {
    expect(() => normalize.item(body, [])).toThrow(/item\.item_id: found .*, wanted a string/);
  });
});

describe("lists of institutions and categories", () => {
  it("leave out what has no id or name, and keep the others' places", () => {
    const leftOut: LeftOut[] = [];
    const institutions = [{ institution_id: "ins_1", name: "One" }, null, { institution_id: 2, name: "Two" }, 7];
    const list = normalize.institutions(
      { institutions: [...institutions, { institution_id: "ins_5", name: "Five" }], total: "9" },
      leftOut,
    );
    expect(list.institutions.map(({ place, institution }) => [place, institution.remoteId])).toEqual([
      [0, "ins_1"],
      [4, "ins_5"],
    ]);
    expect(list.total).toBeNull();
    expect(leftOut.map(({ path }) => path)).toEqual([
      "institutions[1].institution_id",
      "institutions[2].institution_id",
      "institutions[3].institution_id",
    ]);
  });

  it("leave out categories without id, group or hierarchy", () => {
    const leftOut: LeftOut[] = [];
    const whole = { category_id: "10000000", group: "special", hierarchy: ["Bank Fees", 7] };
    const categories = [whole, { ...whole, group: null }, { ...whole, hierarchy: "Bank Fees" }, "x"];
    expect(normalize.categories({ categories }, leftOut)).toEqual([
      { categoryId: "10000000", group: "special", hierarchy: ["Bank Fees"] },
    ]);
    expect(leftOut.map(({ path }) => path)).toEqual([
      "categories[1].group",
      "categories[2].hierarchy",
      "categories[3].category_id",
    ]);
  });

  it.each([{}, { institutions: null }, { institutions: {} }])("cannot be without the list: %j", (body) => {
    expect(() => normalize.institutions(body, [])).toThrow(/institutions: found/);
    expect(() => normalize.categories(body, [])).toThrow(/categories: found/);
  });
});

describe("an institution", () => {
  it("with all that Plaid says of it", () => {
    expect(read("institution", "institutions-get-by-id").data).toEqual({
      remoteId: "ins_109512",
      name: "Houndstooth Bank",
      url: "https://houndstooth.example.com",
      primaryColor: "#004966",
      logo: "iVBORw0KGgo=",
      oauth: false,
      products: ["AUTH", "BALANCE", "IDENTITY", "TRANSACTIONS", "OTHER"],
      countryCodes: ["US"],
      routingNumbers: ["110000000"],
      dtcNumbers: ["0164", "0226"],
      status: [
        {
          kind: "ITEM_LOGINS",
          status: "HEALTHY",
          lastStatusChange: "2019-02-15T15:53:00.000Z",
          success: 0.9,
          errorProvider: 0.01,
          errorInstitution: 0.09,
          refreshInterval: null,
        },
        {
          kind: "TRANSACTIONS_UPDATES",
          status: "DEGRADED",
          lastStatusChange: "2019-02-12T08:22:00.000Z",
          success: 0.95,
          errorProvider: 0.02,
          errorInstitution: 0.03,
          refreshInterval: "NORMAL",
        },
      ],
    });
  });

  it("of which nothing but the name is known", () => {
    const institution = { institution_id: "ins_1", name: "Bank", url: "javascript:alert(1)", logo: 7, products: "all" };
    expect(normalize.institution({ institution }, [])).toEqual({
      remoteId: "ins_1",
      name: "Bank",
      url: null,
      primaryColor: null,
      logo: null,
      oauth: null,
      products: null,
      countryCodes: null,
      routingNumbers: null,
      dtcNumbers: null,
      status: null,
    });
  });
});

describe("accounts", () => {
  it("with balances to the last digit", () => {
    const { data, leftOut } = read("accounts", "accounts-get");
    expect(leftOut).toEqual([]);
    expect(data.map(({ name, type, subtype, balances }) => ({ name, type, subtype, balances }))).toEqual([
      {
        name: "Plaid Checking",
        type: "DEPOSITORY",
        subtype: "checking",
        balances: { ...noBalance, available: "100", current: "110", ...dollars },
      },
      {
        name: "Plaid 401k",
        type: "INVESTMENT",
        subtype: "401k",
        balances: { ...noBalance, current: "23631.9805", marginLoan: "1200.5", ...dollars },
      },
      {
        name: "Plaid Wallet",
        type: "INVESTMENT",
        subtype: "crypto exchange",
        balances: { ...noBalance, current: "0.123456789012345678", currency: "BTC", currencyOfficial: false },
      },
      {
        name: "Plaid Student Loan",
        type: "LOAN",
        subtype: "student",
        balances: { ...noBalance, current: "65262", ...dollars },
      },
    ]);
  });

  it("with verification, holder and persistent id", () => {
    const [checking, retirement] = read("accounts", "accounts-get").data;
    expect(checking).toMatchObject({
      remoteId: "blgvvBlXw3cq5GMPwqB6s6q4dLKB9WcVqGDGo",
      officialName: "Plaid Gold Standard 0% Interest Checking",
      mask: "0000",
      holderCategory: "personal",
      persistentAccountId: "8cfb8beb89b774ee43b090625f0d61d0814322b43bff984eaf60386e",
      verification: {
        holderName: "Alberta Charleson",
        status: "database_insights_pass",
        nameMatchScore: 87,
        hasNumbersMatch: true,
        isNumbersMatchVerified: false,
        hasPreviousAdministrativeReturn: false,
        accountNumberFormat: "valid",
      },
    });
    expect(retirement).toMatchObject({ verification: null, holderCategory: null, persistentAccountId: null });
  });

  it("with the moment of a fresh balance", () => {
    const [checking, card] = read("accounts", "accounts-balance-get").data;
    expect(checking?.balances).toMatchObject({ current: "110.75", lastUpdatedAt: "2024-06-01T11:00:00.000Z" });
    expect(card).toMatchObject({ type: "CREDIT", balances: { current: "410", limit: "2000", lastUpdatedAt: null } });
  });

  it("that are hostile: the good ones stay, each bad one is named", () => {
    const { data, leftOut } = read("accounts", "hostile-accounts-get");
    expect(leftOut).toEqual([
      { path: "accounts[1].account_id", problem: "found a number, wanted a string" },
      { path: "accounts[2].name", problem: "found null, wanted a string" },
      { path: "accounts[3].account_id", problem: "found nothing, wanted a string" },
      { path: "accounts[4].account_id", problem: "found nothing, wanted a string" },
      { path: "accounts[5].account_id", problem: "found nothing, wanted a string" },
    ]);
    expect(data.map(({ record: _, ...account }) => account)).toEqual([
      {
        ...{ remoteId: "only-the-least", name: "", officialName: null, mask: null, type: "OTHER", subtype: null },
        ...{ verification: null, persistentAccountId: null, holderCategory: null },
        balances: { ...noBalance, ...noCurrency },
      },
      {
        ...{ remoteId: "everything-wrong", name: "Everything wrong", officialName: null, mask: null },
        ...{ type: "OTHER", subtype: null, verification: null, persistentAccountId: null, holderCategory: null },
        balances: { ...noBalance, ...noCurrency },
      },
      {
        ...{ remoteId: "extreme-numbers", name: "Extreme numbers", officialName: null, mask: null },
        ...{ type: "DEPOSITORY", subtype: null, verification: null, persistentAccountId: null, holderCategory: null },
        balances: {
          available: "123456789012345678901234567890.123456789",
          current: "0.000000000000000000000000000001",
          limit: "0",
          marginLoan: "1000.5",
          ...noCurrency,
          lastUpdatedAt: null,
        },
      },
      {
        ...{ remoteId: "empty-currency", name: "Empty currency", officialName: null, mask: null },
        ...{ type: "OTHER", subtype: null, verification: null, persistentAccountId: null, holderCategory: null },
        balances: { ...noBalance, current: "100", ...noCurrency },
      },
    ]);
    expect(data[3]?.record).toMatchObject({ a_field_of_the_future: { nested: [1, 2, 3] } });
  });

  it.each([{}, { accounts: null }, { accounts: {} }])("that are no list are no answer: %j", (body) => {
    expect(() => normalize.accounts(body, [])).toThrow(/^accounts: found .*, wanted a list\.$/);
  });

  it("left out by the thousand are not named by the thousand", () => {
    const leftOut: LeftOut[] = [];
    expect(normalize.accounts({ accounts: Array(5000).fill(null) }, leftOut)).toEqual([]);
    expect(leftOut).toHaveLength(101);
    expect(leftOut.at(-1)?.problem).toContain("more follow");
  });
});

describe("holdings", () => {
  it("with prices, values and keys of their own", () => {
    const { data, leftOut } = read("holdings", "investments-holdings-get");
    const { holdings } = fixture("plaid/investments-holdings-get") as { holdings: unknown[] };
    expect(leftOut).toEqual([]);
    expect(data.accounts.map(({ name }) => name)).toEqual(["Plaid IRA"]);
    const account = "JqMLm4rJwpF6gMPJwBqdh9ZjjPvvpDcb7kDK1";
    expect(data.holdings.map(({ key }) => key)).toEqual([
      `${account}/d6ePmbPxgWCWmMVv66q9iPV94n91vMtov5Are`,
      `${account}/8E4L9XLl6MudjEpwPAAgivmdZRdBPJuvMPlPb`,
      `${account}/8E4L9XLl6MudjEpwPAAgivmdZRdBPJuvMPlPb#2`,
    ]);
    expect(data.holdings[0]).toEqual({
      key: `${account}/d6ePmbPxgWCWmMVv66q9iPV94n91vMtov5Are`,
      remoteAccountId: account,
      remoteSecurityId: "d6ePmbPxgWCWmMVv66q9iPV94n91vMtov5Are",
      quantity: "0.01",
      institutionPrice: "1",
      institutionPriceAsOf: "2021-04-13",
      institutionPriceDatetime: "2021-04-13T20:00:00.000Z",
      institutionValue: "0.01",
      costBasis: "1",
      vestedQuantity: "0.005",
      vestedValue: "0.005",
      ...dollars,
      record: holdings[0],
    });
    expect(data.holdings[2]).toMatchObject({
      quantity: "47.74104242992852",
      institutionValue: "0.7388014749727547",
      costBasis: null,
    });
  });

  it("with options and bonds among the securities", () => {
    const [option, bond] = read("holdings", "investments-holdings-get").data.securities;
    expect(option).toEqual({
      remoteId: "8E4L9XLl6MudjEpwPAAgivmdZRdBPJuvMPlPb",
      name: "Nflx Feb 01'18 $355 Call",
      tickerSymbol: "NFLX180201C00355000",
      type: "derivative",
      isCashEquivalent: false,
      isin: null,
      cusip: null,
      sedol: null,
      institutionSecurityId: null,
      remoteInstitutionId: null,
      remoteProxySecurityId: null,
      closePrice: "0.011",
      closePriceAsOf: "2021-04-13",
      closePriceDatetime: "2021-04-13T20:00:00.000Z",
      ...dollars,
      marketIdentifierCode: null,
      sector: null,
      industry: null,
      optionContract: {
        contractType: "call",
        expirationDate: "2018-02-01",
        strikePrice: "355",
        underlyingSecurityTicker: "NFLX",
      },
      fixedIncome: null,
    });
    expect(bond).toMatchObject({
      marketIdentifierCode: "XNAS",
      sector: "Government",
      industry: "Sovereign Government",
      optionContract: null,
      fixedIncome: {
        yieldPercentage: "5.43",
        yieldType: "coupon_equivalent",
        maturityDate: "2024-10-31",
        issueDate: "2023-11-02",
        faceValue: "1000",
      },
    });
  });

  it("that are hostile: no two share a key", () => {
    const { data, leftOut } = read("holdings", "hostile-investments-holdings-get");
    expect(data.accounts).toEqual([]);
    expect(data.holdings.map(({ key }) => key)).toEqual(["a1/", "a1/#2", "a1/s1#2", "a1/s1", "a1/s1#3", "a1/s1#4"]);
    expect(data.holdings[0]).toMatchObject({
      remoteSecurityId: null,
      quantity: "12.5",
      institutionPrice: null,
      costBasis: null,
      ...noCurrency,
    });
    expect(data.securities).toHaveLength(1);
    expect(data.securities[0]).toMatchObject({
      remoteId: "s1",
      isCashEquivalent: null,
      optionContract: null,
      fixedIncome: { yieldPercentage: null, yieldType: null, maturityDate: null, issueDate: null, faceValue: null },
    });
    expect(leftOut.map(({ path }) => path)).toEqual([
      "holdings[0].account_id",
      "securities[0].security_id",
      "securities[2].security_id",
    ]);
  });

  it("that are missing are no answer", () => {
    expect(() => normalize.holdings({ accounts: [] }, [])).toThrow("holdings: found nothing, wanted a list.");
  });
});

describe("liabilities", () => {
  it("of all three kinds", () => {
    const { data, leftOut } = read("liabilities", "liabilities-get");
    const records = (fixture("plaid/liabilities-get") as { liabilities: Record<string, unknown[]> }).liabilities;
    expect(leftOut).toEqual([]);
    expect(data.accounts).toHaveLength(4);
    expect(data.liabilities).toEqual([
      {
        kind: "CREDIT_CARD",
        key: "CREDIT_CARD/dVzbVMLjrxTnLjX4G66XUp5GLklm4oiZy88yK",
        remoteAccountId: "dVzbVMLjrxTnLjX4G66XUp5GLklm4oiZy88yK",
        record: records.credit?.[0],
        lastPaymentAmount: "168.25",
        lastPaymentDate: "2019-05-22",
        nextPaymentDueDate: "2020-05-28",
        isOverdue: false,
        aprs: [
          {
            percentage: "15.24",
            type: "balance_transfer_apr",
            balanceSubjectToApr: "1562.32",
            interestChargeAmount: "130.22",
          },
          { percentage: "27.95", type: "cash_apr", balanceSubjectToApr: "56.22", interestChargeAmount: "14.81" },
          { percentage: "12.5", type: "purchase_apr", balanceSubjectToApr: "157.01", interestChargeAmount: "25.66" },
          { percentage: "0", type: "special", balanceSubjectToApr: "1000", interestChargeAmount: "0" },
        ],
        lastStatementIssueDate: "2019-05-28",
        lastStatementBalance: "1708.77",
        minimumPaymentAmount: "20",
      },
      {
        kind: "MORTGAGE",
        key: "MORTGAGE/BxBXxLj1m4HMXBm9WZJyUg9XLd4rKEhw8Pb1J",
        remoteAccountId: "BxBXxLj1m4HMXBm9WZJyUg9XLd4rKEhw8Pb1J",
        record: records.mortgage?.[0],
        lastPaymentAmount: "3141.54",
        lastPaymentDate: "2019-08-01",
        nextPaymentDueDate: "2019-11-15",
        isOverdue: true,
        fullAccountNumber: "3120194154",
        currentLateFee: "25",
        escrowBalance: "3141.54",
        hasPmi: true,
        hasPrepaymentPenalty: true,
        interestRatePercentage: "3.99",
        interestRateType: "fixed",
        loanTerm: "30 year",
        loanTypeDescription: "conventional",
        maturityDate: "2045-07-31",
        nextMonthlyPayment: "3141.54",
        originationDate: "2015-08-01",
        originationPrincipalAmount: "425000",
        pastDueAmount: "2304",
        propertyAddress: {
          street: "2992 Cameron Road",
          city: "Malakoff",
          region: "NY",
          postalCode: "14236",
          country: "US",
        },
        ytdInterestPaid: "12300.4",
        ytdPrincipalPaid: "12340.5",
      },
      {
        kind: "STUDENT_LOAN",
        key: "STUDENT_LOAN/Pp1Vpkl9w8sajvK6oEEKtr7vZxBnGpf7LxxLE",
        remoteAccountId: "Pp1Vpkl9w8sajvK6oEEKtr7vZxBnGpf7LxxLE",
        record: records.student?.[0],
        lastPaymentAmount: "138.05",
        lastPaymentDate: "2019-04-22",
        nextPaymentDueDate: "2019-05-28",
        isOverdue: false,
        fullAccountNumber: "4277075694",
        disbursementDates: ["2002-08-28"],
        expectedPayoffDate: "2032-07-28",
        guarantor: "DEPT OF ED",
        interestRatePercentage: "5.25",
        lastStatementIssueDate: "2019-04-28",
        loanName: "Consolidation",
        loanStatus: "repayment",
        loanStatusEndDate: "2032-07-28",
        minimumPaymentAmount: "25",
        originationDate: "2002-08-28",
        originationPrincipalAmount: "25000",
        outstandingInterestAmount: "6227.36",
        paymentReferenceNumber: "4277075694",
        pslfEstimatedEligibilityDate: "2021-01-01",
        pslfPaymentsMade: 200,
        pslfPaymentsRemaining: 160,
        repaymentPlanType: "standard",
        repaymentPlanDescription: "Standard Repayment",
        sequenceNumber: "1",
        servicerAddress: {
          street: "123 Relaxation Road",
          city: "San Matias",
          region: "CA",
          postalCode: "99415",
          country: "US",
        },
        ytdInterestPaid: "280.55",
        ytdPrincipalPaid: "271.65",
      },
    ]);
  });

  it("that are hostile: what is unknown is null, never 0", () => {
    const { data, leftOut } = read("liabilities", "hostile-liabilities-get");
    expect(data.liabilities.map(({ key }) => key)).toEqual([
      "CREDIT_CARD",
      "CREDIT_CARD#2",
      "CREDIT_CARD/c1",
      "CREDIT_CARD/c1#2",
      "MORTGAGE/m1",
      "STUDENT_LOAN/s1",
    ]);
    expect(data.liabilities[1]).toMatchObject({
      remoteAccountId: null,
      isOverdue: null,
      aprs: [{ percentage: "19.99", type: "purchase_apr", balanceSubjectToApr: null, interestChargeAmount: null }],
    });
    expect(data.liabilities[4]).toMatchObject({
      isOverdue: false,
      pastDueAmount: "0",
      interestRatePercentage: null,
      propertyAddress: null,
    });
    expect(data.liabilities[5]).toMatchObject({
      disbursementDates: ["2002-08-28"],
      loanStatus: null,
      pslfPaymentsMade: null,
      pslfPaymentsRemaining: null,
      sequenceNumber: "1",
      servicerAddress: null,
    });
    const at = "liabilities.credit";
    expect(leftOut.map(({ path }) => path)).toEqual([
      "accounts",
      `${at}[1].aprs[0].apr_type`,
      `${at}[2].aprs`,
      `${at}[4]`,
    ]);
  });

  it("without their object are no answer; without one kind they are complete", () => {
    expect(() => normalize.liabilities({ accounts: [] }, [])).toThrow("liabilities: found nothing, wanted an object.");
    expect(normalize.liabilities({ liabilities: { credit: null } }, [])).toEqual({ accounts: [], liabilities: [] });
  });
});
