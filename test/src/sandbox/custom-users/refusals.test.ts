import { describe, expect, it } from "@jest/globals";
import { CustomUserError, readCustomUser } from "../../../../src/sandbox/custom-users/read-custom-user.ts";
import { CUSTOM_USER_FILES, customUserFile } from "./custom-item.ts";

/** The error of a custom user that cannot be read. */
function refusalOf(written: unknown): CustomUserError {
  try {
    readCustomUser(written, "ada.json");
  } catch (error) {
    if (error instanceof CustomUserError) return error;
    throw error;
  }
  throw new Error(`was read: ${JSON.stringify(written)}`);
}

const inAccount = (account: object) => ({ override_accounts: [{}, {}, account] });

describe("a custom user that cannot be read is refused, with the key at fault", () => {
  it.each<[key: string, written: unknown]>([
    ["", []],
    ["", null],
    ["", 7],
    ["version", { version: "3" }],
    ["seed", { seed: {} }],
    ["roll_dates_forward", { roll_dates_forward: "yes" }],
    ["force_error", { force_error: "ITEM_TIRED" }],
    ["override_accounts", { override_accounts: "many" }],
    ["override_accounts[1]", { override_accounts: [{}, 3] }],
    ["override_accounts[2].type", inAccount({ type: "bank" })],
    ["override_accounts[2].subtype", inAccount({ subtype: "sock" })],
    ["override_accounts[2].starting_balance", inAccount({ starting_balance: "100" })],
    ["override_accounts[2].starting_balance", inAccount({ starting_balance: 1e13 })],
    [
      "override_accounts[2].force_available_balance",
      inAccount({ force_available_balance: 1, has_null_available_balance: true }),
    ],
    ["override_accounts[2].currency", inAccount({ currency: "" })],
    ["override_accounts[2].holder_category", inAccount({ holder_category: "ghost" })],
    ["override_accounts[2].meta", inAccount({ meta: [] })],
    ["override_accounts[2].meta.name", inAccount({ meta: { name: 1 } })],
    ["override_accounts[2].meta.mask", inAccount({ meta: { mask: "12345" } })],
    ["override_accounts[2].numbers.account", inAccount({ numbers: { account: 123456 } })],
    ["override_accounts[2].transactions[0].amount", inAccount({ transactions: [{ amount: "12.50" }] })],
    [
      "override_accounts[2].transactions[1].date_posted",
      inAccount({ transactions: [{}, { date_posted: "2026-02-30" }] }),
    ],
    [
      "override_accounts[2].transactions[0].date_transacted",
      inAccount({ transactions: [{ date_transacted: "18.11.2026" }] }),
    ],
    ["override_accounts[2].holdings[0].quantity", inAccount({ holdings: [{ quantity: "1" }] })],
    [
      "override_accounts[2].holdings[0].security.ticker_symbol",
      inAccount({ holdings: [{ security: { ticker_symbol: 1 } }] }),
    ],
    [
      "override_accounts[2].investment_transactions[0].type",
      inAccount({ investment_transactions: [{ type: "steal" }] }),
    ],
    ["override_accounts[2].identity.names[0]", inAccount({ identity: { names: [1] } })],
    ["override_accounts[2].identity.emails[0].type", inAccount({ identity: { emails: [{ type: "best" }] } })],
    [
      "override_accounts[2].identity.addresses[0].data.city",
      inAccount({ identity: { addresses: [{ data: { city: 1 } }] } }),
    ],
    ["override_accounts[2].liability.type", inAccount({ liability: { type: "mortgage" } })],
    ["override_accounts[2].liability.purchase_apr", inAccount({ liability: { purchase_apr: -1 } })],
    ["override_accounts[2].liability.origination_date", inAccount({ liability: { origination_date: "2022" } })],
    [
      "override_accounts[2].liability.repayment_model.type",
      inAccount({ liability: { repayment_model: { type: "graduated" } } }),
    ],
    [
      "override_accounts[2].liability.repayment_model.repayment_months",
      inAccount({ liability: { repayment_model: { repayment_months: 0 } } }),
    ],
    ["override_accounts[2].liability.loan_status.type", inAccount({ liability: { loan_status: { type: "gone" } } })],
    [
      "override_accounts[2].liability.pslf_status.payments_made",
      inAccount({ liability: { pslf_status: { payments_made: 1.5 } } }),
    ],
    ["override_accounts[2].inflow_model.type", inAccount({ inflow_model: { type: "weekly-income" } })],
    [
      "override_accounts[2].inflow_model.payment_day_of_month",
      inAccount({ inflow_model: { payment_day_of_month: 29 } }),
    ],
    [
      "override_accounts[2].inflow_model.statement_day_of_month",
      inAccount({ inflow_model: { statement_day_of_month: "first" } }),
    ],
  ])("%s of %j", (key, written) => {
    const refusal = refusalOf(written);
    expect(refusal.faults.map((fault) => fault.key)).toEqual([key]);
    expect(refusal.message).toMatch(key === "" ? /^ada\.json: \S/ : `ada.json: ${key}: `);
  });

  it("all of them at once", () => {
    const written = { force_error: "?", override_accounts: [{ type: "?" }, { transactions: [{ amount: "?" }] }] };
    const keys = refusalOf(written).faults.map((fault) => fault.key);
    expect(keys.sort()).toEqual([
      ...["force_error", "override_accounts[0].type", "override_accounts[1].transactions[0].amount"],
    ]);
  });

  it("text that is no JSON", () => {
    expect(refusalOf("{'a': 1}").message).toMatch(/^ada\.json: is not JSON: /);
  });
});

describe("a custom user is read", () => {
  it.each(CUSTOM_USER_FILES)("from %s, as it is and as text", (name) => {
    const file = customUserFile(name);
    expect(readCustomUser(JSON.stringify(file), name)).toEqual(readCustomUser(file, name));
  });

  it("with keys that nobody knows, wherever they stand", () => {
    const strange = { of_our_own: { a: [1] } };
    const account = {
      ...strange,
      type: "depository",
      meta: { ...strange, name: "N" },
      transactions: [{ ...strange, amount: 1 }],
    };
    const { override_accounts: [read] = [] } = readCustomUser({ ...strange, override_accounts: [account] }, "x");
    expect(read).toMatchObject({ type: "depository", meta: { name: "N" }, transactions: [{ amount: 1 }] });
    expect(JSON.stringify(read)).not.toContain("of_our_own");
  });

  it("with null wherever a key may stand, as without that key", () => {
    const nulls = customUserFile("blank_template_custom_sandbox_user.json");
    const { override_accounts: [blank] = [], ...user } = readCustomUser(nulls, "x");
    expect(JSON.stringify(user)).toBe("{}");
    expect(JSON.stringify(blank)).not.toContain("null");
  });

  it("with a date of the month as a number, a text or the last", () => {
    const dated = (date: unknown) =>
      inAccount({ inflow_model: { statement_day_of_month: date, payment_day_of_month: date } });
    const read = (date: unknown) => readCustomUser(dated(date), "x").override_accounts?.[2]?.inflow_model;
    for (const [written, date] of [
      [15, 15],
      ["15", 15],
      ["last", 31],
    ] as const) {
      expect(read(written)).toMatchObject({ statement_day_of_month: date, payment_day_of_month: date });
    }
  });
});
