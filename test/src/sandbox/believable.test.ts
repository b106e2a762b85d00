import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { add, compare, multiply, subtract } from "../../../src/decimal.ts";
import { USER_NAMES, userOf } from "../../../src/sandbox/world/users.ts";
import { type Answer, NOON, startTestSandbox, type TestSandbox, watchedClock } from "./start.ts";

type Account = Answer["body"];

const DAY_MS = 86_400_000;
const text = (value: number) => String(value);
const sum = (values: string[]) => values.reduce(add, "0");
const later = (date: string, than: string) => date > than;

const cents = (dollars: number) => Math.round(dollars * 100);

/** What a transaction does to its account's balance, in cents: what is owed grows by what what is held shrinks by. */
function effect({ type }: Account, { amount }: Account): number {
  return type === "credit" || type === "loan" ? cents(amount) : -cents(amount);
}

async function reportOf(sandbox: TestSandbox, accessTokens: string[], days: number): Promise<Account> {
  const request = { access_tokens: accessTokens, days_requested: days };
  const created = await sandbox.atPlaid("/asset_report/create", request);
  sandbox.clock.advance(2_000);
  const { asset_report_token } = created.body;
  const { body } = await sandbox.atPlaid("/asset_report/get", { asset_report_token, include_insights: true });
  return body.report;
}

describe.each([
  ["on an ordinary day", NOON],
  ["at the end of a leap February", Date.UTC(2028, 1, 29, 23, 59)],
  ["on New Year's Day", Date.UTC(2027, 0, 1)],
])("the imitated world %s", (_when, start) => {
  let sandbox: TestSandbox;
  beforeAll(async () => {
    sandbox = await startTestSandbox({ clock: watchedClock(start) });
  });
  afterAll(() => sandbox.close());

  const known = new Map<string, Promise<Account[]>>();
  /** The user's accounts as a report shows them, with the longest history that there is. */
  const accountsOf = (user: string): Promise<Account[]> => {
    const made = known.get(user);
    if (made) return made;
    const { accessToken } = sandbox.createItem("PLAID", { user });
    const accounts = reportOf(sandbox, [accessToken], 731).then(({ items }) => items[0].accounts);
    known.set(user, accounts);
    return accounts;
  };
  const users = USER_NAMES.filter((user) => userOf(user, "PLAID")?.error === undefined);

  it.each(users)("%s: each day's balance differs from the current one by what posted since", async (user) => {
    for (const account of await accountsOf(user)) {
      const posted = account.transactions.filter((one: Account) => !one.pending);
      let reckoned = cents(account.balances.current);
      for (const { date, current } of account.historical_balances) {
        while (posted.length > 0 && later(posted[0].date, date)) reckoned -= effect(account, posted.shift());
        if (reckoned !== cents(current))
          expect([account.name, date, current]).toEqual([account.name, date, reckoned / 100]);
      }
      if (account.type === "depository") expect(account.historical_balances).toHaveLength(731);
    }
  });

  it.each(users)("%s: what is available leaves out what is pending", async (user) => {
    for (const { type, balances, transactions } of await accountsOf(user)) {
      if (type !== "depository" && type !== "credit") continue;
      const pending = sum(transactions.filter((one: Account) => one.pending).map((one: Account) => text(one.amount)));
      const whole = type === "credit" ? subtract(text(balances.limit), text(balances.current)) : text(balances.current);
      expect(text(balances.available)).toBe(subtract(whole, pending));
    }
  });

  it.each(users)("%s: nothing is overdrawn, no limit is passed", async (user) => {
    for (const { type, balances, historical_balances, name } of await accountsOf(user)) {
      const all = [balances.current, ...historical_balances.map((one: Account) => one.current)];
      expect([name, Math.min(...all) >= 0]).toEqual([name, true]);
      if (type === "credit") expect([name, Math.max(...all) <= balances.limit]).toEqual([name, true]);
    }
  });

  it("holdings are worth price × quantity, and sum to the account to the last digit", async () => {
    for (const user of ["brokerage", "no-liabilities"]) {
      const access_token = sandbox.createItem("PLAID", { user }).accessToken;
      const { body } = await sandbox.atPlaid("/investments/holdings/get", { access_token });
      for (const { institution_price, quantity, institution_value, security_id } of body.holdings) {
        expect(text(institution_value)).toBe(multiply(text(institution_price), text(quantity)));
        expect(body.securities.filter((one: Account) => one.security_id === security_id)).toHaveLength(1);
      }
      for (const { account_id, balances } of body.accounts) {
        const held = body.holdings.filter((one: Account) => one.account_id === account_id);
        expect(sum(held.map((one: Account) => text(one.institution_value)))).toBe(text(balances.current));
      }
    }
  });

  it("a card's debt is its statement, less the payment, and all that came since", async () => {
    const access_token = sandbox.createItem("PLAID").accessToken;
    const { body } = await sandbox.atPlaid("/liabilities/get", { access_token });
    const [card] = body.liabilities.credit;
    const [report] = (await reportOf(sandbox, [access_token], 120)).items;
    const account = report.accounts.find((one: Account) => one.account_id === card.account_id);
    const since = account.transactions.filter(
      (one: Account) => !one.pending && later(one.date, card.last_statement_issue_date),
    );
    expect(add(text(card.last_statement_balance), sum(since.map((one: Account) => text(one.amount))))).toBe(
      text(account.balances.current),
    );
    const paid = account.transactions.filter((one: Account) => one.date === card.last_payment_date && one.amount < 0);
    expect(paid.map((one: Account) => -one.amount)).toContain(card.last_payment_amount);
    expect(card.minimum_payment_amount).toBeLessThanOrEqual(card.last_statement_balance);
    expect(later(card.next_payment_due_date, card.last_statement_issue_date)).toBe(true);
  });

  it("a card's payments leave the checking account on the same day", async () => {
    const [checking, , , card] = await accountsOf("default");
    const payments = card.transactions.filter((one: Account) => one.amount < 0);
    expect(payments.length).toBeGreaterThanOrEqual(23);
    for (const { date, amount } of payments) {
      const other = checking.transactions.find((one: Account) => one.date === date && one.amount === -amount);
      expect([date, other?.credit_category.detailed]).toEqual([date, "LOAN_PAYMENTS_CREDIT_CARD_PAYMENT"]);
    }
  });

  it("a loan is paid from the checking account, and its payments split into interest and principal", async () => {
    const access_token = sandbox.createItem("PLAID").accessToken;
    const { body } = await sandbox.atPlaid("/liabilities/get", { access_token });
    const { accounts } = (await reportOf(sandbox, [access_token], 400)).items[0];
    const [student] = body.liabilities.student;
    const [mortgage] = body.liabilities.mortgage;
    for (const loan of [student, mortgage]) {
      const paid = accounts[0].transactions.find(
        (one: Account) => one.date === loan.last_payment_date && one.amount === loan.last_payment_amount,
      );
      expect(paid?.credit_category.primary).toBe("LOAN_PAYMENTS");
    }
    const year = student.last_payment_date.slice(0, 4);
    const own = accounts.find((one: Account) => one.account_id === student.account_id).transactions;
    const amounts = (kind: string) =>
      own
        .filter((one: Account) => one.date.startsWith(year) && one.credit_category.detailed === kind)
        .map((one: Account) => text(one.amount));
    const interest = sum(amounts("BANK_FEES_INTEREST_CHARGE"));
    const paid = sum(amounts("LOAN_PAYMENTS_STUDENT_LOAN_PAYMENT"));
    if (year === new Date(start).toISOString().slice(0, 4)) {
      expect(text(student.ytd_interest_paid)).toBe(interest);
      expect(add(text(student.ytd_principal_paid), interest)).toBe(subtract("0", paid));
    }
  });

  it("what Cameron sends from Link Money arrives in the joint account", async () => {
    const joint = (await reportOf(sandbox, [sandbox.demo.PLAID[0] ?? ""], 120)).items[0].accounts[0];
    const request = { access_tokens: sandbox.demo.LINK_MONEY, days_requested: 120 };
    const created = await sandbox.atLinkMoney("/asset_report/create", request);
    sandbox.clock.advance(2_000);
    const { asset_report_token } = created.body;
    const { body } = await sandbox.atLinkMoney("/asset_report/get", { asset_report_token, include_insights: true });
    const sent = body.report.items[0].accounts[0].transactions.filter(
      (one: Account) => one.name === "Alberta Charleson",
    );
    expect(sent.length).toBeGreaterThanOrEqual(3);
    for (const { date } of sent) {
      const arrived = joint.transactions.find((one: Account) => one.date === date && one.amount === -900);
      expect([date, arrived?.name]).toEqual([date, "Cameron Howe"]);
    }
  });
});

describe("the demo household", () => {
  let sandbox: TestSandbox;
  beforeAll(async () => {
    sandbox = await startTestSandbox();
  });
  afterAll(() => sandbox.close());

  it("has the accounts of the aggregators' examples, the 401k with its four decimals", async () => {
    const [bank, brokerage] = await Promise.all(
      sandbox.demo.PLAID.map((access_token) => sandbox.atPlaid("/accounts/get", { access_token })),
    );
    const named = (answer?: Answer) => answer?.body.accounts.map((one: Account) => [one.name, one.mask, one.subtype]);
    expect(named(bank)).toEqual([
      ["Plaid Checking", "0000", "checking"],
      ["Plaid Saving", "1111", "savings"],
      ["Plaid CD", "2222", "cd"],
      ["Plaid Credit Card", "3333", "credit card"],
      ["Plaid Money Market", "4444", "money market"],
      ["Plaid Student Loan", "7777", "student"],
      ["Plaid Mortgage", "8888", "mortgage"],
    ]);
    expect(named(brokerage)).toEqual([
      ["Plaid IRA", "5555", "ira"],
      ["Plaid 401k", "6666", "401k"],
      ["Plaid Brokerage", "4646", "brokerage"],
    ]);
    const current = (answer?: Answer) => answer?.body.accounts.map((one: Account) => one.balances.current);
    expect(current(brokerage).slice(0, 2)).toEqual([320.76, 23631.9805]);
    expect(current(bank)).toEqual(expect.arrayContaining([1000, 43200, 65262, 56302.06]));
  });

  it("owes what it owed in the examples on the day of linking, and less after each payment", async () => {
    const owed = async () => {
      const { body } = await sandbox.atPlaid("/liabilities/get", { access_token: sandbox.demo.PLAID[0] });
      return body.accounts.slice(1).map((one: Account) => one.balances.current);
    };
    expect(await owed()).toEqual([65262, 56302.06]);
    sandbox.clock.advance(30 * DAY_MS);
    const [student, mortgage] = await owed();
    expect([student < 65262, mortgage < 56302.06]).toEqual([true, true]);
  });

  it("holds an option, funds, an ETF, equities, cash, and bonds with their terms", async () => {
    const { body } = await sandbox.atPlaid("/investments/holdings/get", { access_token: sandbox.demo.PLAID[1] });
    expect(new Set(body.securities.map((one: Account) => one.type))).toEqual(
      new Set(["derivative", "cash", "equity", "mutual fund", "etf", "fixed income"]),
    );
    const option = body.securities.find((one: Account) => one.option_contract);
    expect(later(option.option_contract.expiration_date, "2026-06-17")).toBe(true);
    expect(option.ticker_symbol).toBe(
      `NFLX${option.option_contract.expiration_date.slice(2).replaceAll("-", "")}C00355000`,
    );
    for (const bond of body.securities.filter((one: Account) => one.fixed_income)) {
      expect(bond.fixed_income.yield_rate.percentage).toBeGreaterThan(0);
      expect(later(bond.fixed_income.maturity_date, bond.fixed_income.issue_date)).toBe(true);
    }
  });

  it("has a joint account with both names in one owner", async () => {
    const { items } = await reportOf(sandbox, sandbox.demo.PLAID, 1);
    const [joint, single] = items[0].accounts;
    expect(joint.owners.map((one: Account) => one.names)).toEqual([["Alberta Bobbeth Charleson", "Cameron Howe"]]);
    expect([joint.ownership_type, single.ownership_type]).toEqual(["joint", "individual"]);
  });

  it("has purchases pending in the last days only, which settle under an id of their own", async () => {
    const card = async () => (await reportOf(sandbox, sandbox.demo.PLAID, 30)).items[0].accounts[3];
    const before = await card();
    const pending = before.transactions.filter((one: Account) => one.pending);
    expect(pending.length).toBeGreaterThan(0);
    sandbox.clock.advance(5 * DAY_MS);
    const after = await card();
    for (const { transaction_id, amount, date } of pending) {
      const settled = after.transactions.find((one: Account) => one.pending_transaction_id === transaction_id);
      expect(settled).toMatchObject({ amount, pending: false, date_transacted: date });
      expect(settled.transaction_id).not.toBe(transaction_id);
    }
  });

  it("lists two years of transactions, newest first, each once", async () => {
    const { items } = await reportOf(sandbox, sandbox.demo.PLAID, 731);
    const all = items.flatMap((item: Account) => item.accounts).flatMap((account: Account) => account.transactions);
    expect(new Set(all.map((one: Account) => one.transaction_id)).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(1_500);
    for (const { transactions } of items[0].accounts) {
      const dates = transactions.map((one: Account) => one.date);
      expect(dates).toEqual([...dates].sort().reverse());
    }
    const [checking] = items[0].accounts;
    expect(compare(text(checking.days_available), "731")).toBe(0);
    const oldest = Date.parse(checking.transactions.at(-1).date);
    expect(sandbox.clock.now() - oldest).toBeGreaterThan(725 * DAY_MS);
  });
});
