import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type Answer, startTestSandbox, type TestSandbox, watchedClock } from "../start.ts";
import { CUSTOM_USER_FILES, customItem, customUserFile } from "./custom-item.ts";

type Body = Answer["body"];

const TODAY = "2026-11-21";

/** Days by which a file that asks for it is shifted to end today. */
function rolled(file: Body): (date: string) => string {
  const dates = file.override_accounts.flatMap(({ transactions = [] }: Body) =>
    transactions.map((one: Body) => Date.parse(one.date_posted)),
  );
  const by = file.roll_dates_forward ? Date.parse(TODAY) - Math.max(...dates) : 0;
  return (date) => new Date(Date.parse(date) + by).toISOString().slice(0, 10);
}

const byContent = (list: Body[][]) => list.map((one) => JSON.stringify(one)).sort();

describe.each(CUSTOM_USER_FILES)("%s", (name) => {
  const file = customUserFile(name);
  const named: Body[] = file.override_accounts;
  let sandbox: TestSandbox;
  let item: ReturnType<typeof customItem>;
  let accounts: Body[];
  beforeAll(async () => {
    sandbox = await startTestSandbox({ clock: watchedClock(Date.parse(`${TODAY}T12:00:00Z`)) });
    item = customItem(sandbox, file);
    accounts = await item.accounts();
  });
  afterAll(() => sandbox.close());

  it("has as many accounts as it names, in order, as it names them", () => {
    expect(accounts).toHaveLength(named.length);
    for (const [index, told] of named.entries()) {
      const { type, subtype, name, official_name, balances, mask, holder_category } = accounts[index];
      if (told.type) expect(type).toBe(told.type === "payroll" ? "other" : told.type);
      if (told.subtype) expect(subtype).toBe(told.subtype);
      if (told.meta?.name) expect(name).toBe(told.meta.name);
      expect(official_name).toBe(told.meta?.official_name ?? null);
      if (told.starting_balance) expect(balances.current).toBe(told.starting_balance);
      if (told.force_available_balance) expect(balances.available).toBe(told.force_available_balance);
      expect(balances.limit).toBe(told.meta?.limit ?? null);
      expect(balances.iso_currency_code).toBe("USD");
      expect(holder_category).toBe(told.holder_category ?? "personal");
      const number = told.numbers?.account ?? told.numbers?.international_iban;
      if (number) expect(mask).toBe(number.slice(-4));
    }
  });

  it("has each transaction that it names, and those alone where it names any", async () => {
    const at = rolled(file);
    for (const [index, told] of named.entries()) {
      if (!told.transactions || told.inflow_model?.type || told.type === "investment") continue;
      const dated = told.transactions.filter((one: Body) => one.date_posted);
      const served = await item.transactions(accounts[index].account_id);
      expect(served).toHaveLength(told.transactions.length);
      const shown = served.filter((one) => one.name !== "Transaction");
      expect(
        byContent(shown.map((one) => [one.authorized_date, one.date, one.amount, one.name, one.iso_currency_code])),
      ).toEqual(
        byContent(
          dated.map((one: Body) => [
            ...[at(one.date_transacted), at(one.date_posted), one.amount, one.description, one.currency],
          ]),
        ),
      );
      expect(served.filter((one) => one.pending)).toEqual([]);
    }
  });

  it("is held by whom it names", async () => {
    const answer = await item.ask("/identity/get");
    for (const [index, told] of named.entries()) {
      const [owner] = answer.accounts[index].owners;
      const names = (told.identity?.names ?? []).filter(Boolean);
      if (names.length === 0) continue;
      const { phone_numbers = [], emails = [], addresses = [] } = told.identity;
      expect(owner).toEqual({ names, phone_numbers, emails, addresses });
    }
  });

  it("has the numbers that it names, in the kinds of their countries", async () => {
    const answer = await item.ask("/auth/get");
    for (const [index, { numbers }] of named.entries()) {
      const { account_id } = accounts[index];
      if (!numbers?.account && !numbers?.international_iban) continue;
      const kinds = Object.entries(answer.numbers as Record<string, Body[]>).flatMap(([kind, list]) =>
        list.filter((one) => one.account_id === account_id).map((one) => [kind, one]),
      );
      expect(kinds).toHaveLength(1);
      const [[kind, found]] = kinds as [[string, Body]];
      if (numbers.ach_routing) {
        expect([kind, found.account, found.routing]).toEqual(["ach", numbers.account, numbers.ach_routing]);
      }
      if (numbers.eft_branch) {
        expect([kind, found.account, found.institution, found.branch]).toEqual([
          ...["eft", numbers.account, numbers.eft_institution, numbers.eft_branch],
        ]);
      }
      if (numbers.bacs_sort_code) {
        expect([kind, found.account, found.sort_code]).toEqual(["bacs", numbers.account, numbers.bacs_sort_code]);
      }
      if (numbers.international_iban) {
        expect([kind, found.iban, found.bic]).toEqual([
          ...["international", numbers.international_iban, numbers.international_bic],
        ]);
      }
    }
  });

  it("holds what it names, and traded what it names", async () => {
    const all = named.filter(({ holdings }) => holdings);
    const answer = all.length > 0 ? await item.ask("/investments/holdings/get") : { holdings: [] };
    const tickerOf = (list: Body[]) => new Map(list.map((one) => [one.security_id, one.ticker_symbol]));
    expect(
      answer.holdings.map((one: Body) => [
        ...[tickerOf(answer.securities).get(one.security_id), one.quantity, one.institution_price],
        ...[one.institution_price_as_of, one.cost_basis, one.iso_currency_code],
      ]),
    ).toEqual(
      all.flatMap(({ holdings }) =>
        holdings.map((one: Body) => [
          ...[one.security.ticker_symbol, one.quantity, one.institution_price],
          ...[one.institution_price_as_of, one.cost_basis ?? null, one.currency],
        ]),
      ),
    );
    const traded = named.flatMap(({ investment_transactions }) => investment_transactions ?? []);
    if (traded.length === 0) return;
    const trades = await item.investmentTransactions();
    const told = (one: Body, ticker: string) => [
      one.date,
      one.name,
      one.type,
      ticker,
      one.quantity,
      one.price,
      one.fees,
    ];
    expect(
      byContent(
        trades.investment_transactions.map((one: Body) =>
          told(one, tickerOf(trades.securities).get(one.security_id) ?? ""),
        ),
      ),
    ).toEqual(byContent(traded.map((one) => told(one, one.security.ticker_symbol))));
  });

  it("is the same at Link Money, to which the same person has another login", async () => {
    const { accessToken } = sandbox.createItem("LINK_MONEY", { custom: file });
    const { body } = await sandbox.atLinkMoney("/accounts/get", {}, accessToken);
    const facts = (list: Body[]) =>
      list.map(({ name, type, subtype, mask, balances }) => [name, type, subtype, mask, balances.current]);
    expect(facts(body.accounts)).toEqual(facts(accounts));
  });
});

describe("the brokerage's file", () => {
  let sandbox: TestSandbox;
  beforeAll(async () => {
    sandbox = await startTestSandbox({ clock: watchedClock(Date.parse(`${TODAY}T12:00:00Z`)) });
  });
  afterAll(() => sandbox.close());

  it("has securities resolved by their tickers, and unknown ones kept", async () => {
    const item = customItem(sandbox, customUserFile("brokerage_custom_user.json"));
    const { securities, holdings } = await item.ask("/investments/holdings/get");
    const of = (ticker: string) => securities.find((one: Body) => one.ticker_symbol === ticker);
    expect([securities.length, holdings.length]).toEqual([18, 18]);
    expect(of("AAPL")).toMatchObject({
      name: "Apple Inc",
      type: "equity",
      close_price: 140.4,
      close_price_as_of: "2026-06-03",
    });
    expect(of("PAGP")).toMatchObject({ name: "Plains GP Holdings LP", market_identifier_code: "XNAS" });
    expect(of("CUR:BTC")).toMatchObject({ name: "Bitcoin", type: "cryptocurrency", close_price: 19999.54 });
    expect(of("F241108C00005000")).toMatchObject({
      type: "derivative",
      option_contract: {
        contract_type: "call",
        expiration_date: "2024-11-08",
        strike_price: 5,
        underlying_security_ticker: "F",
      },
    });
    const { securities: traded, investment_transactions: trades } = await item.investmentTransactions();
    expect(traded.find((one: Body) => one.ticker_symbol === "PLAID")).toMatchObject({
      name: null,
      type: "other",
      close_price: 10,
    });
    expect(trades[0]).toMatchObject({
      date: "2026-06-07",
      amount: 150,
      quantity: 15,
      price: 10,
      fees: 20,
      subtype: "buy",
    });
  });
});

describe("the student loan's file", () => {
  it("has the balance and payments that its terms make", async () => {
    const sandbox = await startTestSandbox({ clock: watchedClock(Date.parse(`${TODAY}T12:00:00Z`)) });
    const item = customItem(sandbox, customUserFile("student_loan_custom_user.json"));
    const { accounts, liabilities } = await item.ask("/liabilities/get");
    await sandbox.close();
    // 46 payments from 2023-02-01 to 2026-11-01, by the annuity's formula
    const [rate, paid] = [0.0423 / 12, 46];
    const payment = (45_123 * rate) / (1 - (1 + rate) ** -120);
    const owed = 45_123 * (1 + rate) ** paid - (payment * ((1 + rate) ** paid - 1)) / rate;
    expect(accounts[0].balances.current).toBeCloseTo(owed, 0);
    const [loan] = liabilities.student;
    expect(loan).toMatchObject({
      ...{ origination_date: "2022-01-01", origination_principal_amount: 45123, interest_rate_percentage: 4.23 },
      ...{ loan_name: "Plaid Student Loan", guarantor: "DEPT OF ED", expected_payoff_date: "2033-01-01" },
      ...{ last_payment_date: "2026-11-01", next_payment_due_date: "2026-12-01", is_overdue: false },
      loan_status: { type: "repayment" },
      repayment_plan: { type: "standard" },
    });
    // besides the annuity it pays off the unpaid interest of the twelve months of rest
    expect(loan.minimum_payment_amount).toBeCloseTo(payment + (45_123 * rate * 12) / 120, 1);
    expect(loan.outstanding_interest_amount).toBeGreaterThan(0);
  });
});
