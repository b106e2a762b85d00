import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startTestSandbox, type TestSandbox } from "./start.ts";

/** Fields that the `plaid` package's types require, by the path at which they stand; `[]` is each element of a list. */
type Required = Record<string, readonly string[]>;

const ITEM: Required = {
  item: [
    "item_id",
    "webhook",
    "error",
    "available_products",
    "billed_products",
    "consent_expiration_time",
    "update_type",
  ],
};
const BALANCES = ["available", "current", "limit", "iso_currency_code", "unofficial_currency_code"];
const ACCOUNT = ["account_id", "balances", "mask", "name", "official_name", "type", "subtype"];
const ACCOUNTS: Required = { ...ITEM, "": ["request_id"], "accounts[]": ACCOUNT, "accounts[].balances": BALANCES };

const ANSWERS: readonly (readonly [string, 0 | 1, Required])[] = [
  ["/item/get", 0, { ...ITEM, "": ["request_id", "status"] }],
  ["/accounts/get", 0, ACCOUNTS],
  ["/accounts/get", 1, ACCOUNTS],
  ["/accounts/balance/get", 0, ACCOUNTS],
  [
    "/auth/get",
    0,
    {
      ...ACCOUNTS,
      numbers: ["ach", "eft", "international", "bacs"],
      "numbers.ach[]": ["account", "account_id", "routing", "wire_routing"],
    },
  ],
  [
    "/identity/get",
    0,
    {
      ...ACCOUNTS,
      "accounts[]": [...ACCOUNT, "owners"],
      "accounts[].owners[]": ["names", "phone_numbers", "emails", "addresses"],
    },
  ],
  [
    "/investments/auth/get",
    1,
    {
      ...ACCOUNTS,
      "": ["request_id", "holdings", "securities"],
      "owners[]": ["account_id", "names"],
      "numbers.acats[]": ["account", "account_id", "dtc_numbers"],
      "numbers.retirement_401k[]": ["account", "account_id", "plan"],
      data_sources: ["numbers", "owners", "holdings"],
    },
  ],
  [
    "/investments/holdings/get",
    1,
    {
      ...ACCOUNTS,
      "accounts[].balances": [...BALANCES, "margin_loan_amount"],
      "holdings[]": [
        "account_id",
        "security_id",
        "institution_price",
        "institution_value",
        "cost_basis",
        "quantity",
        "iso_currency_code",
        "unofficial_currency_code",
      ],
      "securities[]": [
        "security_id",
        "isin",
        "cusip",
        "sedol",
        "institution_security_id",
        "institution_id",
        "proxy_security_id",
        "name",
        "ticker_symbol",
        "is_cash_equivalent",
        "type",
        "close_price",
        "close_price_as_of",
        "iso_currency_code",
        "unofficial_currency_code",
        "market_identifier_code",
        "sector",
        "industry",
        "cfi_code",
        "figi",
        "option_contract",
        "fixed_income",
      ],
      "securities[].option_contract": [
        "contract_type",
        "expiration_date",
        "strike_price",
        "underlying_security_ticker",
      ],
      "securities[].fixed_income": ["yield_rate", "maturity_date", "issue_date", "face_value"],
      "securities[].fixed_income.yield_rate": ["percentage", "type"],
    },
  ],
  [
    "/liabilities/get",
    0,
    {
      ...ACCOUNTS,
      liabilities: ["credit", "mortgage", "student"],
      "liabilities.credit[]": [
        "account_id",
        "aprs",
        "is_overdue",
        "last_payment_amount",
        "last_payment_date",
        "last_statement_issue_date",
        "last_statement_balance",
        "minimum_payment_amount",
        "next_payment_due_date",
      ],
      "liabilities.credit[].aprs[]": ["apr_percentage", "apr_type", "balance_subject_to_apr", "interest_charge_amount"],
      "liabilities.mortgage[]": [
        "account_id",
        "account_number",
        "current_late_fee",
        "escrow_balance",
        "has_pmi",
        "has_prepayment_penalty",
        "interest_rate",
        "last_payment_amount",
        "last_payment_date",
        "loan_type_description",
        "loan_term",
        "maturity_date",
        "next_monthly_payment",
        "next_payment_due_date",
        "origination_date",
        "origination_principal_amount",
        "past_due_amount",
        "property_address",
        "ytd_interest_paid",
        "ytd_principal_paid",
      ],
      "liabilities.mortgage[].interest_rate": ["percentage", "type"],
      "liabilities.mortgage[].property_address": ["city", "country", "postal_code", "region", "street"],
      "liabilities.student[]": [
        "account_id",
        "account_number",
        "disbursement_dates",
        "expected_payoff_date",
        "guarantor",
        "interest_rate_percentage",
        "is_overdue",
        "last_payment_amount",
        "last_payment_date",
        "last_statement_issue_date",
        "loan_name",
        "loan_status",
        "minimum_payment_amount",
        "next_payment_due_date",
        "origination_date",
        "origination_principal_amount",
        "outstanding_interest_amount",
        "payment_reference_number",
        "pslf_status",
        "repayment_plan",
        "sequence_number",
        "servicer_address",
        "ytd_interest_paid",
        "ytd_principal_paid",
      ],
      "liabilities.student[].loan_status": ["end_date", "type"],
      "liabilities.student[].pslf_status": ["estimated_eligibility_date", "payments_made", "payments_remaining"],
      "liabilities.student[].repayment_plan": ["description", "type"],
      "liabilities.student[].servicer_address": ["city", "country", "postal_code", "region", "street"],
    },
  ],
];

const REPORT: Required = {
  "": ["report", "warnings", "request_id"],
  report: ["asset_report_id", "client_report_id", "date_generated", "days_requested", "user", "items"],
  "report.items[]": ["item_id", "institution_name", "institution_id", "date_last_updated", "accounts"],
  "report.items[].accounts[]": [...ACCOUNT, "days_available", "transactions", "owners", "historical_balances"],
  "report.items[].accounts[].balances": [...BALANCES, "margin_loan_amount"],
  "report.items[].accounts[].historical_balances[]": [
    "date",
    "current",
    "iso_currency_code",
    "unofficial_currency_code",
  ],
  "report.items[].accounts[].owners[]": ["names", "phone_numbers", "emails", "addresses"],
  "report.items[].accounts[].owners[].phone_numbers[]": ["data", "primary", "type"],
  "report.items[].accounts[].owners[].emails[]": ["data", "primary", "type"],
  "report.items[].accounts[].owners[].addresses[].data": ["city", "region", "street", "postal_code", "country"],
  "report.items[].accounts[].transactions[]": [
    "account_id",
    "amount",
    "iso_currency_code",
    "unofficial_currency_code",
    "original_description",
    "date",
    "pending",
    "transaction_id",
  ],
};

/** The values at a path; a null on the way ends it there. */
function at(value: unknown, path: string): unknown[] {
  if (path === "") return [value];
  const [head = "", ...rest] = path.split(".");
  const name = head.replace("[]", "");
  const found = (value as Record<string, unknown>)[name];
  const values = head.endsWith("[]") ? (found as unknown[]) : [found];
  return values.filter((one) => one !== null).flatMap((one) => at(one, rest.join(".")));
}

function lacking(answer: unknown, required: Required): string[] {
  return Object.entries(required).flatMap(([path, fields]) => {
    const values = at(answer, path);
    if (values.length === 0) return [`${path}: nothing there`];
    return values.flatMap((value) =>
      fields.filter((field) => !(field in (value as object))).map((field) => `${path}.${field}`),
    );
  });
}

describe("Plaid's answers", () => {
  let sandbox: TestSandbox;
  beforeAll(async () => {
    sandbox = await startTestSandbox();
  });
  afterAll(() => sandbox.close());

  it.each(ANSWERS)("%s of item %i has every field that the SDK's types require", async (path, item, required) => {
    const { status, body } = await sandbox.atPlaid(path, { access_token: sandbox.demo.PLAID[item] });
    expect(status).toBe(200);
    expect(lacking(body, required)).toEqual([]);
  });

  it("a report has every field that the SDK's types require", async () => {
    const request = { access_tokens: sandbox.demo.PLAID, days_requested: 60 };
    const created = await sandbox.atPlaid("/asset_report/create", request);
    sandbox.clock.advance(2_000);
    const { body } = await sandbox.atPlaid("/asset_report/get", {
      asset_report_token: created.body.asset_report_token,
    });
    expect(lacking(body, REPORT)).toEqual([]);
  });

  it("an institution tells address, colour and status only when asked", async () => {
    const asked = { institution_id: "ins_109508", country_codes: ["US"] };
    const plain = await sandbox.atPlaid("/institutions/get_by_id", asked);
    const required = ["institution_id", "name", "products", "country_codes", "routing_numbers", "oauth"];
    expect(Object.keys(plain.body.institution).sort()).toEqual(required.sort());
    const options = { include_optional_metadata: true, include_status: true };
    const full = await sandbox.atPlaid("/institutions/get_by_id", { ...asked, options });
    expect(full.body.institution).toMatchObject({
      name: "First Platypus Bank",
      url: "https://platypus.example.com",
      status: { item_logins: { status: "HEALTHY", breakdown: { success: 0.9, error_plaid: 0.01 } } },
    });
  });

  it("numbers are in the manner of their countries, end in the mask, and are the same at every link", async () => {
    const [one, two] = await Promise.all(
      [1, 2].map(async () => {
        const { accessToken: access_token } = sandbox.createItem("PLAID", { user: "abroad" });
        const { body } = await sandbox.atPlaid("/auth/get", { access_token });
        const { ach, eft, international, bacs } = body.numbers;
        const without = (list: { account_id: string }[]) => list.map(({ account_id: _, ...number }) => number);
        return {
          masks: body.accounts,
          ach,
          eft: without(eft),
          international: without(international),
          bacs: without(bacs),
        };
      }),
    );
    expect(one).toMatchObject({
      ach: [],
      eft: [{ account: expect.stringMatching(/^\d{3}2201$/), institution: "621", branch: "01140" }],
      international: [
        { iban: expect.stringMatching(/^GB\d{2}ROYP601613\d{4}7734$/), bic: "ROYPGB2L" },
        { iban: expect.stringMatching(/^DE\d{2}50010517\d{6}3000$/), bic: "ROYPDE2L" },
      ],
      bacs: [{ account: expect.stringMatching(/^\d{4}7734$/), sort_code: "601613" }],
    });
    for (const { iban } of (one?.international ?? []) as { iban: string }[]) {
      const turned = `${iban.slice(4)}${iban.slice(0, 4)}`.replaceAll(/[A-Z]/g, (one) =>
        String(one.charCodeAt(0) - 55),
      );
      expect(BigInt(turned) % 97n).toBe(1n);
    }
    expect([two?.eft, two?.international, two?.bacs]).toEqual([one?.eft, one?.international, one?.bacs]);
  });

  it("numbers of a bank that makes them for each link differ, the account's id for life does not", async () => {
    const [one, two] = await Promise.all(
      [1, 2].map(async () => {
        const { accessToken: access_token } = sandbox.createItem("PLAID", { user: "large" });
        const { body } = await sandbox.atPlaid("/auth/get", { access_token });
        return { number: body.numbers.ach[0], account: body.accounts[0] };
      }),
    );
    expect(one?.number).toMatchObject({
      is_tokenized_account_number: true,
      account: expect.stringMatching(/^\d{16}$/),
    });
    expect(two?.number.account).not.toBe(one?.number.account);
    expect(one?.account.persistent_account_id).toMatch(/^[0-9a-f]{64}$/);
    expect(two?.account.persistent_account_id).toBe(one?.account.persistent_account_id);
  });

  it("transfers go by ACATS, by ATON in Canada, by the plan for an employer's account", async () => {
    const { body } = await sandbox.atPlaid("/investments/auth/get", { access_token: sandbox.demo.PLAID[1] });
    const ends = (list: { account: string }[]) => list.map(({ account }) => account.slice(-4));
    expect([ends(body.numbers.acats), ends(body.numbers.aton), ends(body.numbers.retirement_401k)]).toEqual([
      ["5555", "4646"],
      [],
      ["6666"],
    ]);
    const { accessToken: access_token } = sandbox.createItem("PLAID", { user: "abroad" });
    const abroad = await sandbox.atPlaid("/investments/auth/get", { access_token });
    expect([abroad.body.numbers.acats, ends(abroad.body.numbers.aton)]).toEqual([[], ["9081"]]);
  });

  it("balances of cards at one bank are those of its last look, which may be no older than told", async () => {
    const { accessToken: access_token } = sandbox.createItem("PLAID", { user: "card-of-yesterday" });
    const ask = (options: object) => sandbox.atPlaid("/accounts/balance/get", { access_token, options });
    expect((await ask({})).body.error_code).toBe("INVALID_FIELD");
    const now = new Date(sandbox.clock.now()).toISOString();
    const looked = `${new Date(Math.floor(sandbox.clock.now() / 21_600_000) * 21_600_000).toISOString().slice(0, 19)}Z`;
    const later = new Date(sandbox.clock.now() + 21_600_000).toISOString();
    expect((await ask({ min_last_updated_datetime: later })).body.error_code).toBe(
      "LAST_UPDATED_DATETIME_OUT_OF_RANGE",
    );
    expect(looked <= now).toBe(true);
    const { body } = await ask({ min_last_updated_datetime: looked });
    expect(
      body.accounts.map((one: { balances: { last_updated_datetime?: string } }) => one.balances.last_updated_datetime),
    ).toEqual([undefined, undefined, looked]);
    const [{ account_id }] = body.accounts;
    expect((await ask({ account_ids: [account_id] })).status).toBe(200);
  });

  it("gives only the accounts that are asked for", async () => {
    const access_token = sandbox.demo.PLAID[0];
    const all = await sandbox.atPlaid("/accounts/get", { access_token });
    const wanted = all.body.accounts[3].account_id;
    const some = await sandbox.atPlaid("/accounts/get", { access_token, options: { account_ids: [wanted] } });
    expect(some.body.accounts).toEqual([all.body.accounts[3]]);
    const owed = await sandbox.atPlaid("/liabilities/get", { access_token, options: { account_ids: [wanted] } });
    expect(owed.body.liabilities).toMatchObject({ mortgage: null, student: null, credit: [{ account_id: wanted }] });
  });
});
