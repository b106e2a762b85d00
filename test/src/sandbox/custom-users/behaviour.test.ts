import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { type Answer, NOON, startTestSandbox, type TestSandbox, type WatchedClock, watchedClock } from "../start.ts";
import { customItem } from "./custom-item.ts";

type Body = Answer["body"];

const DAY_MS = 86_400_000;
/** So many days after the day of the tests' noon, 2026-06-17. */
const on = (days: number) => new Date(NOON + days * DAY_MS).toISOString().slice(0, 10);
const checking = { type: "depository", subtype: "checking" };
const paid = (amount: number, posted: number, more: object = {}) => ({
  ...{ date_transacted: on(posted - 1), date_posted: on(posted), amount, description: `Paid ${amount}` },
  ...more,
});

describe("a custom user", () => {
  let sandbox: TestSandbox;
  beforeAll(async () => {
    sandbox = await startTestSandbox();
  });
  afterAll(() => sandbox.close());
  let others: TestSandbox[] = [];
  afterEach(async () => {
    await Promise.all(others.map((one) => one.close()));
    others = [];
  });
  /** One whose clock can be turned; it closes after the test. */
  const anotherSandbox = async (clock: WatchedClock) => {
    const started = await startTestSandbox({ clock });
    others.push(started);
    return started;
  };
  const user = (accounts: object[], more: object = {}) => customItem(sandbox, { override_accounts: accounts, ...more });
  const theOnly = async (account: object) => {
    const item = user([account]);
    const [found] = await item.accounts();
    return { item, account: found, transactions: await item.transactions() };
  };

  describe("transactions", () => {
    it("are each one there, of any age, and repeated ones as often as they are named", async () => {
      const ages = [0, -1, -700, -731, -800, -9_000];
      const named = [...ages.map((age) => paid(10 - age, age)), paid(5, -3), paid(5, -3), paid(5, -3)];
      const { transactions } = await theOnly({ ...checking, transactions: named });
      const facts = (list: Body[]) => list.map(({ amount, date }) => `${date} ${amount}`).sort();
      expect(facts(transactions)).toEqual(
        facts(named.map(({ amount, date_posted }) => ({ amount, date: date_posted }))),
      );
      expect(new Set(transactions.map(({ transaction_id }) => transaction_id)).size).toBe(named.length);
    });

    it("are pending until their day of posting, and then posted under another id", async () => {
      const clock = watchedClock();
      const own = await anotherSandbox(clock);
      const item = customItem(own, {
        override_accounts: [
          { ...checking, starting_balance: 100, transactions: [paid(10, 1), paid(20, 3), paid(40, 30), paid(80, 0)] },
        ],
      });
      const state = async () => {
        const [{ balances }] = (await item.accounts()) as [Body];
        const waiting = (await item.transactions()).filter(({ pending }) => pending);
        const ids = Object.fromEntries(waiting.map(({ amount, transaction_id }) => [amount, transaction_id]));
        return {
          balances: [balances.current, balances.available],
          waiting: waiting.map(({ amount }) => amount).sort(),
          ids,
        };
      };
      const first = await state();
      expect(first).toMatchObject({ balances: [100, 30], waiting: [10, 20, 40] });
      clock.advance(DAY_MS);
      expect(await state()).toMatchObject({ balances: [90, 30], waiting: [20, 40] });
      clock.advance(2 * DAY_MS);
      expect(await state()).toMatchObject({ balances: [70, 30], waiting: [40] });
      const posted = (await item.transactions()).find(({ amount }) => amount === 20);
      expect(posted).toMatchObject({
        pending: false,
        date: on(3),
        authorized_date: on(2),
        pending_transaction_id: first.ids[20],
      });
    });

    it("of the future are listed today, with the date that the file tells as that of their authorization", async () => {
      const { transactions } = await theOnly({ ...checking, transactions: [paid(7, 90)] });
      expect(transactions).toMatchObject([{ pending: true, date: on(0), authorized_date: on(89) }]);
    });

    it("are random without a list of them, none with an empty one, and one for an entry of nulls", async () => {
      expect((await theOnly({ ...checking, starting_balance: 5_000 })).transactions.length).toBeGreaterThan(100);
      expect((await theOnly({ ...checking, transactions: [] })).transactions).toEqual([]);
      const nulls = { date_transacted: null, date_posted: null, amount: null, description: null, currency: null };
      expect((await theOnly({ ...checking, transactions: [nulls] })).transactions).toMatchObject([
        { amount: 0, date: on(0) },
      ]);
    });

    it("keep every digit, their own currency, and their words", async () => {
      const named = [
        paid(0.1, -1),
        paid(-1234567.89, -2),
        paid(0.00012345, -3, { currency: "BTC" }),
        paid(3, -4, { currency: "JPY" }),
      ];
      const { transactions, account } = await theOnly({ ...checking, currency: "EUR", transactions: named });
      expect(
        transactions.map((one) => [one.amount, one.iso_currency_code, one.unofficial_currency_code, one.name]),
      ).toEqual([
        [0.1, "EUR", null, "Paid 0.1"],
        [-1234567.89, "EUR", null, "Paid -1234567.89"],
        [0.00012345, null, "BTC", "Paid 0.00012345"],
        [3, "JPY", null, "Paid 3"],
      ]);
      expect(account.balances.iso_currency_code).toBe("EUR");
    });

    it("make the history of balances up to that of linking, and are in a report", async () => {
      const item = user([
        { ...checking, starting_balance: 1_000, transactions: [paid(100, -1), paid(-40, -3), paid(9, 2)] },
      ]);
      const request = { access_tokens: [item.accessToken], days_requested: 10 };
      const { asset_report_token } = await item.ask("/asset_report/create", { ...request, access_token: undefined });
      sandbox.clock.advance(2_000);
      const { report } = (await sandbox.atPlaid("/asset_report/get", { asset_report_token })).body;
      const [account] = report.items[0].accounts;
      expect(account.transactions).toHaveLength(3);
      expect(account.historical_balances.slice(0, 4).map(({ current }: Body) => current)).toEqual([
        1_000, 1_100, 1_100, 1_060,
      ]);
    });
  });

  describe("accounts", () => {
    it("follow from what is told of them when no type is", async () => {
      const accounts = await user([
        { subtype: "ira" },
        { type: "loan" },
        { liability: { type: "credit" } },
        { liability: { type: "student" } },
        { holdings: [] },
        { type: "other" },
        {},
      ]).accounts();
      expect(accounts.map(({ type, subtype, name, mask }) => [type, subtype, name, mask])).toEqual([
        ["investment", "ira", "Plaid Ira", "0000"],
        ["loan", "student", "Plaid Student", "1111"],
        ["credit", "credit card", "Plaid Credit Card", "2222"],
        ["loan", "student", "Plaid Student", "3333"],
        ["investment", "brokerage", "Plaid Brokerage", "4444"],
        ["other", "other", "Plaid Other", "5555"],
        ["depository", "checking", "Plaid Checking", "6666"],
      ]);
    });

    it("are one when none is named, and forty when forty are", async () => {
      expect(await customItem(sandbox, {}).accounts()).toMatchObject([{ type: "depository", subtype: "checking" }]);
      const forty = await user(
        Array.from({ length: 40 }, (_, index) => ({ ...checking, meta: { name: `${index}` } })),
      ).accounts();
      expect(forty.map(({ name }) => name)).toEqual(Array.from({ length: 40 }, (_, index) => `${index}`));
      expect(new Set(forty.map(({ mask }) => mask)).size).toBe(40);
    });

    it("say what is available as they are told to", async () => {
      const transactions = [paid(30, 5)];
      const accounts = await user([
        { ...checking, starting_balance: 100, transactions },
        { ...checking, starting_balance: 100, transactions, force_available_balance: 250.5 },
        { ...checking, starting_balance: 100, transactions, has_null_available_balance: true },
        { type: "credit", starting_balance: 100, transactions, meta: { limit: 1_000 } },
        { type: "credit", starting_balance: 100, transactions },
        { type: "loan", subtype: "auto", starting_balance: 100, transactions },
        { type: "investment", starting_balance: 100, force_available_balance: 20 },
      ]).accounts();
      expect(accounts.map(({ balances }) => [balances.current, balances.available, balances.limit])).toEqual([
        [100, 70, null],
        [100, 250.5, null],
        [100, null, null],
        [100, 870, 1_000],
        [100, null, null],
        [100, null, null],
        [100, 20, null],
      ]);
    });

    it("have the mask, category and numbers that are told", async () => {
      const item = user([
        {
          ...checking,
          meta: { mask: "ab" },
          holder_category: "business",
          numbers: { account: "987654321", ach_routing: "122105155", ach_wire_routing: "021000089" },
        },
        { ...checking, numbers: { eft_branch: "00042" } },
        { ...checking, numbers: { international_iban: "IE29AIBK93115212345678" } },
        { ...checking, numbers: { account: "55779911", bacs_sort_code: "200000", ach_routing: "011401533" } },
        { type: "depository", subtype: "money market", numbers: { account: "1" } },
      ]);
      const { accounts, numbers } = await item.ask("/auth/get");
      expect(accounts.map(({ mask, holder_category }: Body) => [mask, holder_category])).toEqual([
        ["ab", "business"],
        ["1111", "personal"],
        ["5678", "personal"],
        ["9911", "personal"],
        ["1", "personal"],
      ]);
      const ids = accounts.map(({ account_id }: Body) => account_id);
      expect(numbers.ach).toMatchObject([
        { account_id: ids[0], account: "987654321", routing: "122105155", wire_routing: "021000089" },
        { account_id: ids[3], account: "55779911", routing: "011401533" },
        { account_id: ids[4], account: "1" },
      ]);
      expect(numbers.eft).toMatchObject([{ account_id: ids[1], branch: "00042" }]);
      expect(numbers.international).toMatchObject([{ account_id: ids[2], iban: "IE29AIBK93115212345678" }]);
      expect(numbers.bacs).toMatchObject([{ account_id: ids[3], account: "55779911", sort_code: "200000" }]);
    });

    it("are all held by the first who is told, unless they have an owner of their own", async () => {
      const { accounts } = await user([
        checking,
        { ...checking, identity: { names: ["Ada"] } },
        { ...checking, identity: { names: ["Bo"] } },
      ]).ask("/identity/get");
      expect(accounts.map(({ owners }: Body) => owners[0].names)).toEqual([["Ada"], ["Ada"], ["Bo"]]);
    });
  });

  describe("inflow models", () => {
    const inflow = (type: string, more: object = {}) => ({
      inflow_model: { type, transaction_name: "THE FLOW", ...more },
    });
    const flows = (list: Body[]) =>
      list.filter(({ name }) => name === "THE FLOW").map(({ date, amount }) => [date, amount]);

    it.each<[number | string, string[]]>([
      [1, ["2026-06-01", "2026-05-01", "2026-04-01"]],
      [28, ["2026-05-28", "2026-04-28", "2026-03-28"]],
      ["last", ["2026-05-31", "2026-04-30", "2026-03-31"]],
    ])("monthly-income comes on %s of each month, for two years, besides what is named", async (day, latest) => {
      const model = inflow("monthly-income", { income_amount: 5125.25, payment_day_of_month: day });
      const { transactions } = await theOnly({ ...checking, ...model, transactions: [paid(3, -2)] });
      const income = flows(transactions);
      expect(income.slice(0, 3)).toEqual(latest.map((date) => [date, -5125.25]));
      expect([transactions.length, income.length]).toEqual([25, 24]);
    });

    it("monthly-balance-payment pays off what the statement had, from then on", async () => {
      const clock = watchedClock();
      const own = await anotherSandbox(clock);
      const model = inflow("monthly-balance-payment", { payment_day_of_month: 25, statement_day_of_month: "20" });
      const card = {
        type: "credit",
        starting_balance: 300,
        meta: { limit: 1_000 },
        ...model,
        transactions: [paid(50, 2), paid(70, 6)],
      };
      const item = customItem(own, { override_accounts: [card] });
      clock.advance(8 * DAY_MS);
      expect(flows(await item.transactions())[0]).toEqual(["2026-06-25", -350]);
      const { accounts, liabilities } = await item.ask("/liabilities/get");
      expect(accounts[0].balances).toMatchObject({ current: 70, available: 930 });
      expect(liabilities.credit).toMatchObject([
        {
          last_payment_amount: 350,
          last_payment_date: "2026-06-25",
          last_statement_balance: 350,
          last_statement_issue_date: "2026-06-20",
        },
      ]);
    });

    it("monthly-interest-only-payment pays the month's interest, and the debt stays", async () => {
      const clock = watchedClock();
      const own = await anotherSandbox(clock);
      const model = inflow("monthly-interest-only-payment", { payment_day_of_month: 10, statement_day_of_month: 1 });
      const card = {
        type: "credit",
        starting_balance: 1_200,
        ...model,
        transactions: [],
        liability: { purchase_apr: 20 },
      };
      const item = customItem(own, { override_accounts: [card] });
      expect(flows(await item.transactions())).toHaveLength(24);
      clock.advance(30 * DAY_MS);
      expect(flows(await item.transactions())[0]).toEqual(["2026-07-10", -20]);
      expect((await item.accounts())[0].balances.current).toBe(1_200);
    });

    it("was charged on what was owed then", async () => {
      const model = inflow("monthly-interest-only-payment", { payment_day_of_month: 10, statement_day_of_month: 1 });
      const bought = [paid(600, -40)]; // on 2026-05-08
      const card = {
        type: "credit",
        starting_balance: 1_200,
        ...model,
        transactions: bought,
        liability: { purchase_apr: 20 },
      };
      const { transactions } = await theOnly(card);
      expect(flows(transactions).slice(0, 2)).toEqual([
        ["2026-06-10", -20],
        ["2026-05-10", -10],
      ]);
    });

    it("what a card carried before it was linked was never paid at once", async () => {
      const { account, transactions } = await theOnly({ type: "credit", starting_balance: 50_000 });
      expect(account.balances.current).toBe(50_000);
      const payments = transactions.filter(({ amount }) => amount < 0).map(({ amount }) => -amount);
      expect(payments.length).toBeGreaterThan(20);
      expect(Math.max(...payments)).toBeLessThan(5_000);
    });

    it("none does nothing", async () => {
      expect(
        (await theOnly({ ...checking, ...inflow("none", { income_amount: 5 }), transactions: [] })).transactions,
      ).toEqual([]);
    });
  });

  describe("liabilities", () => {
    it("of a card are those that are told, and the usual ones else", async () => {
      const item = user([
        {
          type: "credit",
          transactions: [paid(-80, -5)],
          liability: {
            purchase_apr: 16.99,
            cash_apr: 24.99,
            balance_transfer_apr: 18.99,
            special_apr: 1.5,
            minimum_payment_amount: 35,
            is_overdue: true,
          },
        },
        { type: "credit", transactions: [], liability: { last_payment_amount: 250 } },
      ]);
      const [told, usual] = (await item.ask("/liabilities/get")).liabilities.credit;
      const rates = ({ aprs }: Body) => aprs.map(({ apr_type, apr_percentage }: Body) => [apr_type, apr_percentage]);
      expect(rates(told)).toEqual([
        ["balance_transfer_apr", 18.99],
        ["cash_apr", 24.99],
        ["purchase_apr", 16.99],
        ["special", 1.5],
      ]);
      expect(told).toMatchObject({
        minimum_payment_amount: 35,
        is_overdue: true,
        last_payment_amount: 80,
        last_payment_date: on(-5),
      });
      expect(rates(usual)).toEqual([
        ["balance_transfer_apr", 15.24],
        ["cash_apr", 27.95],
        ["purchase_apr", 12.5],
        ["special", 0],
      ]);
      expect(usual).toMatchObject({ last_payment_amount: 250, is_overdue: false });
    });

    const loan = (liability: object, more: object = {}) =>
      theLoan({ type: "loan", subtype: "student", liability: { type: "student", ...liability }, ...more });
    const theLoan = async (account: object) => {
      const { item, account: found, transactions } = await theOnly(account);
      const { student } = (await item.ask("/liabilities/get")).liabilities;
      return { student: student[0], current: found.balances.current, transactions };
    };
    const terms = {
      origination_date: "2024-01-10",
      principal: 12_000,
      nominal_apr: 6,
      repayment_model: { type: "standard", repayment_months: 60 },
    };

    it("of a student loan are reckoned from its terms: equal payments", async () => {
      const { student, current, transactions } = await loan(terms);
      const [rate, made] = [0.005, 29]; // from 2024-02-10 to 2026-06-10
      const payment = (12_000 * rate) / (1 - (1 + rate) ** -60);
      expect(student.last_payment_amount).toBeCloseTo(payment, 1);
      expect(current).toBeCloseTo(12_000 * (1 + rate) ** made - (payment * ((1 + rate) ** made - 1)) / rate, 0);
      expect(student).toMatchObject({
        expected_payoff_date: "2029-01-10",
        pslf_status: { payments_made: 29 },
        loan_status: { type: "repayment" },
      });
      expect(transactions.filter(({ amount }) => amount < 0).map(({ amount }) => -amount)[0]).toBe(
        student.last_payment_amount,
      );
    });

    it("interest only, and the principal at the end", async () => {
      const { student, current } = await loan({
        ...terms,
        repayment_model: { type: "interest only", repayment_months: 60 },
      });
      expect([current, student.last_payment_amount, student.next_payment_due_date]).toEqual([12_000, 60, "2026-07-10"]);
      expect(student.repayment_plan.type).toBe("interest only");
      const ended = await loan({ ...terms, repayment_model: { type: "interest only", repayment_months: 29 } });
      expect([ended.current, ended.student.last_payment_amount, ended.student.loan_status.type]).toEqual([
        0,
        12_060,
        "paid in full",
      ]);
    });

    it("in its months of rest: unpaid interest, which is added to what is owed where that is told", async () => {
      const resting = {
        ...terms,
        repayment_model: { type: "standard", non_repayment_months: 36, repayment_months: 60 },
      };
      const plain = await loan(resting);
      expect([plain.current, plain.student.last_payment_amount, plain.student.loan_status.type]).toEqual([
        12_000,
        null,
        "in grace",
      ]);
      expect(plain.student.outstanding_interest_amount).toBeCloseTo(29 * 60 + (12_000 * 0.06 * 7) / 365, 1);
      const added = await loan({ ...resting, interest_capitalization_grace_period_months: 0 });
      expect(added.current).toBeCloseTo(12_000 * 1.005 ** 29, 0);
      const half = await loan({ ...resting, interest_capitalization_grace_period_months: 12 });
      expect(half.current).toBeCloseTo((12_000 + 12 * 60) * 1.005 ** 17, 0);
    });

    it("without interest, of a told balance, or with nothing told at all", async () => {
      const free = await loan({ ...terms, nominal_apr: 0 });
      expect([free.student.last_payment_amount, free.current]).toEqual([200, 12_000 - 29 * 200]);
      const told = await loan(terms, { starting_balance: 5_000 });
      expect([told.current, told.student.origination_principal_amount]).toEqual([5_000, 12_000]);
      const nothing = await theLoan({ type: "loan" });
      expect(nothing.current).toBeGreaterThan(0);
      expect(nothing.current).toBeLessThan(nothing.student.origination_principal_amount);
    });

    it("are what the file says instead of what follows", async () => {
      const said = {
        ...{
          guarantor: "G",
          loan_name: "L",
          is_overdue: true,
          minimum_payment_amount: 12.34,
          payment_reference_number: "P",
        },
        ...{ sequence_number: "7", expected_payoff_date: "2031-05-05" },
      };
      const { student } = await loan({
        ...{ ...terms, ...said, repayment_plan_type: "pay as you earn", repayment_plan_description: "PAYE" },
        loan_status: { type: "deferment", end_date: "2027-01-01" },
        pslf_status: { estimated_eligibility_date: "2030-01-01", payments_made: 3, payments_remaining: 117 },
        servicer_address: {
          data: { street: "1 Main St", city: "Malakoff", region: "NY", postal_code: "14236", country: "US" },
          primary: true,
        },
      });
      expect(student).toMatchObject({
        ...said,
        repayment_plan: { type: "pay as you earn", description: "PAYE" },
        loan_status: { type: "deferment", end_date: "2027-01-01" },
        pslf_status: { estimated_eligibility_date: "2030-01-01", payments_made: 3, payments_remaining: 117 },
        servicer_address: { street: "1 Main St", city: "Malakoff", region: "NY", postal_code: "14236", country: "US" },
      });
    });

    it("a loan of which no terms are told has none, and owes what its transactions say", async () => {
      const { item, account } = await theOnly({
        type: "loan",
        subtype: "mortgage",
        starting_balance: 900,
        transactions: [paid(-100, -4)],
      });
      expect(account.balances.current).toBe(900);
      expect((await item.ask("/liabilities/get")).error_code).toBe("NO_LIABILITY_ACCOUNTS");
    });
  });

  describe("investments", () => {
    const held = (ticker: string | null, price: number, quantity: number, more: object = {}) => ({
      ...{ institution_price: price, quantity, currency: "USD", security: { ticker_symbol: ticker, ...more } },
    });

    it("sum up to the account, in its own currency, where no balance is told", async () => {
      const item = user([
        {
          type: "investment",
          holdings: [held("AAPL", 0.1, 3), held("VTI", 200.05, 2), { ...held("ZZZ", 5, 5), currency: "EUR" }],
        },
      ]);
      const { accounts, holdings, securities } = await item.ask("/investments/holdings/get");
      expect(accounts[0].balances.current).toBe(400.4);
      expect(holdings.map(({ institution_value }: Body) => institution_value)).toEqual([0.3, 400.1, 25]);
      expect(securities.map(({ name, type }: Body) => [name, type])).toEqual([
        ["Apple Inc", "equity"],
        ["Vanguard Total Stock Market ETF", "etf"],
        [null, "other"],
      ]);
    });

    it("keep what the file tells of a security: names, numbers, and none at all", async () => {
      const item = user([
        {
          type: "investment",
          holdings: [
            held(null, 1, 1, { name: "Grandmother's Fund", isin: "US0378331005" }),
            held("AAPL", 2, 1, { cusip: "037833100" }),
          ],
        },
        {
          type: "investment",
          holdings: [held("AAPL", 3, 1), { quantity: 4, institution_price: 2, security: null }, { quantity: 5 }],
        },
      ]);
      const { holdings, securities } = await item.ask("/investments/holdings/get");
      expect(securities.map(({ name, isin, cusip }: Body) => [name, isin, cusip])).toEqual([
        ["Grandmother's Fund", "US0378331005", null],
        ["Apple Inc", null, "037833100"],
        [null, null, null],
        [null, null, null],
      ]);
      expect(holdings[1].security_id).toBe(holdings[2].security_id);
      expect(holdings[3].security_id).not.toBe(holdings[4].security_id);
    });

    it("tell of trades from their day on, and of those without a security", async () => {
      const clock = watchedClock();
      const own = await anotherSandbox(clock);
      const trade = (date: string, type: string, quantity: number, more: object = {}) => ({
        date,
        name: type,
        quantity,
        price: 2.5,
        type,
        fees: 1,
        ...more,
      });
      const item = customItem(own, {
        override_accounts: [
          {
            type: "investment",
            investment_transactions: [
              trade(on(-2), "buy", 4, { security: { ticker_symbol: "F" } }),
              trade(on(-3), "sell", -2, { security: { ticker_symbol: "F" } }),
              { date: on(-4), type: "fee", fees: 9.5, name: "fee" },
              { date: on(-5), type: "cash", quantity: 1, price: -20, name: "cash" },
              trade(on(-900), "transfer", 1),
              trade(on(5), "buy", 1),
            ],
          },
        ],
      });
      const told = async () =>
        (await item.investmentTransactions()).investment_transactions.map((one: Body) => [
          ...[one.date, one.type, one.subtype, one.amount, one.fees, one.security_id === null],
        ]);
      const now = [
        [on(-2), "buy", "buy", 10, 1, false],
        [on(-3), "sell", "sell", -5, 1, false],
        [on(-4), "fee", "account fee", 9.5, 9.5, true],
        [on(-5), "cash", "deposit", -20, 0, true],
        [on(-900), "transfer", "transfer", 2.5, 1, true],
      ];
      expect(await told()).toEqual(now);
      clock.advance(5 * DAY_MS);
      expect(await told()).toEqual([[on(5), "buy", "buy", 2.5, 1, true], ...now]);
    });
  });

  describe("dates and chance", () => {
    it("roll forward so that the newest is of the day of linking, and stay where nothing says so", async () => {
      const accounts = [
        { ...checking, transactions: [paid(1, -100), paid(2, -103)] },
        {
          type: "investment",
          holdings: [
            { quantity: 1, institution_price: 1, institution_price_as_of: on(-110), security: { ticker_symbol: "F" } },
          ],
        },
      ];
      const dates = async (item: ReturnType<typeof customItem>) => [
        ...(await item.transactions()).map(({ authorized_date, date }) => [authorized_date, date]),
        (await item.ask("/investments/holdings/get")).holdings[0].institution_price_as_of,
      ];
      expect(await dates(user(accounts, { roll_dates_forward: true }))).toEqual([
        [on(-1), on(0)],
        [on(-4), on(-3)],
        on(-10),
      ]);
      expect(await dates(user(accounts))).toEqual([[on(-101), on(-100)], [on(-104), on(-103)], on(-110)]);
      const ahead = [{ ...checking, transactions: [paid(1, 4)] }];
      expect((await user(ahead, { roll_dates_forward: true }).transactions())[0]).toMatchObject({
        pending: true,
        authorized_date: on(3),
      });
    });

    it("same file, seed and clock: same ids and data; another seed in the file: another life", async () => {
      const read = async (custom: object) => {
        const own = await anotherSandbox(watchedClock());
        const item = customItem(own, custom);
        const all = [await item.accounts(), await item.transactions(), item.accessToken];
        return all;
      };
      const file = { seed: "a", override_accounts: [checking, { type: "credit" }] };
      const first = await read(file);
      expect(await read(file)).toEqual(first);
      const [accounts] = (await read({ ...file, seed: "b" })) as [Body[]];
      expect(accounts[0].balances.current).not.toBe((first[0] as Body[])[0].balances.current);
    });
  });

  it("whose error is forced answers with it wherever accounts are concerned", async () => {
    const item = user([checking], { force_error: "ITEM_LOCKED" });
    expect(await item.ask("/accounts/get")).toMatchObject({ error_type: "ITEM_ERROR", error_code: "ITEM_LOCKED" });
    expect((await item.ask("/item/get")).item.error).toMatchObject({ error_code: "ITEM_LOCKED" });
    const down = user([checking], { force_error: "INSTITUTION_NOT_RESPONDING" });
    expect((await down.ask("/item/get")).item.error).toBeNull(); // it is the bank's
  });
});
