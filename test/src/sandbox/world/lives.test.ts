import { afterAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { add, multiply } from "../../../../src/decimal.ts";
import { holdingsAnswer } from "../../../../src/sandbox/answers/holdings.ts";
import { investmentTransactionsAnswer } from "../../../../src/sandbox/answers/investment-transactions.ts";
import { liabilitiesAnswer } from "../../../../src/sandbox/answers/liabilities.ts";
import { IMITATED } from "../../../../src/sandbox/imitated.ts";
import { type Cents, dollars } from "../../../../src/sandbox/world/cents.ts";
import { type Day, dayOf, isoDate } from "../../../../src/sandbox/world/day.ts";
import { securityOf } from "../../../../src/sandbox/world/securities.ts";
import { NAMED_USERS } from "../../../../src/sandbox/world/users.ts";
import { createWorld, type World, type WorldAccount } from "../../../../src/sandbox/world/world.ts";

/** Every life that the named users live: one each, but for those that differ at the aggregators. */
const LIVES = Object.entries(NAMED_USERS).flatMap(([user, { plans }]) =>
  [...new Set(IMITATED.map((provider) => plans[provider]))].map((plan) => ({
    user,
    institution: plan.institutionId,
    plan,
  })),
);

/** When an item is linked, how long after it is looked at, and how long after that again. */
const MOMENTS = fc.record({
  seed: fc.integer({ min: 0, max: 1_000 }),
  linked: fc.integer({ min: dayOf(Date.UTC(2024, 0, 1)), max: dayOf(Date.UTC(2031, 11, 31)) }),
  wait: fc.integer({ min: 0, max: 400 }),
  step: fc.integer({ min: 1, max: 70 }),
});
const RUNS = { numRuns: 2, seed: 20_261_121 };

const CASH = securityOf("dollar", 0, 0).security_id;

type Kept = Extract<WorldAccount, { current: Cents }>;
const isKept = (account: WorldAccount): account is Kept => "current" in account;
const isOwed = ({ plan }: WorldAccount) => plan.type === "credit" || plan.type === "loan";
const sumOf = (values: readonly Cents[]) => values.reduce((sum, value) => sum + value, 0);
const postedIn = (account: WorldAccount, after: Day, to: Day) =>
  account.transactions().filter((one) => !one.pending && one.posted > after && one.posted <= to);

describe.each(LIVES)("the life of $user at $institution", ({ user, plan }) => {
  const newWorld = (seed: number, linked: Day, today: Day): World =>
    createWorld(plan, { seed, user: `test/${user}`, itemId: `item of ${user}`, linked }, today);
  /** The tests look at the same moments: each world is made once. */
  const known = new Map<string, World>();
  const worldAt = (...moment: Parameters<typeof newWorld>): World => {
    const world = known.get(moment.join()) ?? newWorld(...moment);
    known.set(moment.join(), world);
    return world;
  };
  afterAll(() => known.clear());
  /** For any seed and any two moments, the earlier first. */
  const always = (check: (before: World, after: World) => void) =>
    fc.assert(
      fc.property(MOMENTS, ({ seed, linked, wait, step }) => {
        check(worldAt(seed, linked, linked + wait), worldAt(seed, linked, linked + wait + step));
      }),
      RUNS,
    );

  it("is the same whenever it is told", () => {
    always(({ today, linked }) => {
      const told = (world: World) => world.accounts.map((one) => [one.id, one.transactions()]);
      expect(JSON.stringify(told(newWorld(3, linked, today)))).toBe(JSON.stringify(told(newWorld(3, linked, today))));
    });
  });

  it("has balances that are what was held before and all that posted since, on every day", () => {
    always((world) => {
      for (const account of world.accounts.filter(isKept)) {
        const sign = isOwed(account) ? 1 : -1;
        let held = account.balanceAt(world.since - 1);
        const moved = new Map<Day, Cents>();
        for (const { posted, amount } of postedIn(account, world.since - 1, world.today))
          moved.set(posted, (moved.get(posted) ?? 0) + amount);
        for (let day = world.since; day <= world.today; day += 1) {
          held += sign * (moved.get(day) ?? 0);
          if (held !== account.balanceAt(day))
            expect([isoDate(day), account.balanceAt(day)]).toEqual([isoDate(day), held]);
        }
        expect(account.current).toBe(held);
        expect(account.pending).toBe(
          sumOf(account.transactions().flatMap(({ pending, amount }) => (pending ? [amount] : []))),
        );
      }
    });
  });

  it("overdraws nothing and passes no limit", () => {
    always((_, world) => {
      for (const account of world.accounts.filter(isKept)) {
        const days = Array.from({ length: world.today - world.since + 2 }, (_, at) =>
          account.balanceAt(world.since - 1 + at),
        );
        const { key, limit } = { limit: null, ...account.plan };
        expect([key, Math.min(...days) >= 0]).toEqual([key, true]);
        if (account.plan.type === "credit" && limit) expect([key, Math.max(...days) <= limit]).toEqual([key, true]);
      }
    });
  });

  it("goes on without altering what was: ids, transactions that posted, balances of the past", () => {
    always((before, after) => {
      expect(after.accounts.map(({ id }) => id)).toEqual(before.accounts.map(({ id }) => id));
      for (const [index, account] of before.accounts.entries()) {
        const later = after.accounts[index];
        if (!later) throw new Error("an account is gone");
        const known = new Map(later.transactions().map((one) => [one.id, one]));
        const settled = new Map(later.transactions().map((one) => [one.pendingId, one]));
        for (const one of account.transactions()) {
          const now = known.get(one.id);
          if (!one.pending) {
            if (JSON.stringify(now) !== JSON.stringify(one)) expect(now).toEqual(one);
          } else if (one.posted > after.today) expect(now?.amount).toBe(one.amount);
          else {
            expect(now).toBeUndefined();
            expect(settled.get(one.id)).toMatchObject({ pending: false, amount: one.amount });
          }
        }
        const ids = new Set(account.transactions().map(({ id }) => id));
        const isNew = ({ id }: { id: string }) => !ids.has(id);
        const added = later.transactions().filter(isNew);
        expect(added.filter(({ posted, transacted }) => Math.max(posted, transacted) <= before.today)).toEqual([]);
        if (!("balanceAt" in account && "balanceAt" in later)) continue;
        for (let day = before.since; day <= before.today; day += 30)
          expect(later.balanceAt(day)).toBe(account.balanceAt(day));
      }
    });
  });

  it("trades without altering what was traded", () => {
    always((before, after) => {
      const traded = (world: World) =>
        investmentTransactionsAnswer(world, world.accounts, {
          from: world.since,
          to: world.today,
          count: 9_999,
          offset: 0,
        }).investment_transactions;
      const known = new Map(traded(after).map((one) => [one.investment_transaction_id, one]));
      for (const one of traded(before)) expect(known.get(one.investment_transaction_id)).toEqual(one);
      const added = known.size - traded(before).length;
      const recent = [...known.values()].filter(({ date }) => date > isoDate(before.today));
      expect(recent).toHaveLength(added);
    });
  });

  it("holds what its accounts are worth", () => {
    always((_, world) => {
      const { accounts, holdings, securities } = holdingsAnswer(world, world.accounts);
      for (const { account_id, balances } of accounts) {
        const own = holdings.filter((one) => one.account_id === account_id);
        for (const { institution_price, quantity, institution_value, security_id } of own) {
          expect(String(institution_value)).toBe(multiply(String(institution_price), String(quantity)));
          expect(securities.filter((one) => one.security_id === security_id)).toHaveLength(1);
        }
        const summed = own.filter(({ iso_currency_code }) => iso_currency_code === balances.iso_currency_code);
        expect(summed.map(({ institution_value }) => String(institution_value)).reduce(add, "0")).toBe(
          String(balances.current),
        );
      }
    });
  });

  it("holds what it held before and what it bought since", () => {
    always((before, after) => {
      const asked = { from: before.today + 1, to: after.today, count: 9_999, offset: 0 };
      const { investment_transactions: trades } = investmentTransactionsAnswer(after, after.accounts, asked);
      const later = holdingsAnswer(after, after.accounts).holdings;
      const held = holdingsAnswer(before, before.accounts).holdings;
      expect(later).toHaveLength(held.length);
      for (const { account_id, security_id, quantity } of held) {
        const isOfIt = (one: { account_id: string; security_id: string | null }) =>
          one.account_id === account_id && one.security_id === security_id;
        const bought = trades.filter((one) => isOfIt(one) && one.type === "buy").map((one) => String(one.quantity));
        const paid = trades.filter((one) => one.account_id === account_id && one.subtype === "dividend");
        const dividends = paid.filter((one) => one.iso_currency_code === "USD").map(({ amount }) => String(-amount));
        const now = later.find(isOfIt);
        expect(String(now?.quantity)).toBe((security_id === CASH ? dividends : bought).reduce(add, String(quantity)));
      }
    });
  });

  it("pays its loans as their schedules say", () => {
    always((before, after) => {
      for (const [index, account] of before.accounts.entries()) {
        const later = after.accounts[index];
        if (!("loan" in account) || !later || !("loan" in later)) continue;
        const { loan, state } = account;
        let owed = state.balance;
        let made = state.paymentsMade;
        for (let day = before.today + 1; day <= after.today; day += 1) {
          const payment = loan.paymentOn(day);
          if (!payment) continue;
          made += 1;
          expect(day).toBe(loan.at(day - 1).nextPayment?.day);
          expect(payment.interest + payment.principal).toBe(loan.at(day - 1).nextPayment?.amount);
          owed -= payment.principal;
        }
        expect([later.state.balance, later.state.paymentsMade]).toEqual([owed, made]);
        expect(later.state.nextPayment?.day ?? Number.POSITIVE_INFINITY).toBeGreaterThan(after.today);
        expect(later.state.lastPayment?.day ?? 0).toBeLessThanOrEqual(after.today);
        expect(loan.at(loan.paidOff)).toMatchObject({ balance: 0, paymentsLeft: 0, nextPayment: null });
        // where its own account tells of the payments, they lead from one balance to the next
        const shown = postedIn(later, before.today, after.today);
        if (later.transactions().length > 0)
          expect(state.balance + sumOf(shown.map(({ amount }) => amount))).toBe(owed);
      }
    });
  });

  it("tells of its debts what its accounts tell: balances, dues and payments", () => {
    always((_, world) => {
      const { today, accounts } = world;
      const { credit, mortgage, student } = liabilitiesAnswer(world, accounts);
      const account = (id: string | null) => {
        const found = accounts.find((one) => one.id === id);
        if (!found) throw new Error(`no account ${id}`);
        return found;
      };
      for (const card of credit ?? []) {
        const own = account(card.account_id);
        const closed = String(card.last_statement_issue_date);
        if (!isKept(own)) throw new Error("a card is not kept");
        const since = own.transactions().filter((one) => !one.pending && isoDate(one.posted) > closed);
        expect(dollars(own.current - sumOf(since.map(({ amount }) => amount)))).toBe(card.last_statement_balance);
        expect(card.minimum_payment_amount).toBeLessThanOrEqual(card.last_statement_balance ?? 0);
        expect(String(card.next_payment_due_date) > closed).toBe(true);
        const paid = own.transactions().filter((one) => isoDate(one.posted) === card.last_payment_date);
        if (card.last_payment_date !== null)
          expect(paid.map(({ amount }) => dollars(-amount))).toContain(card.last_payment_amount);
      }
      for (const loan of [...(mortgage ?? []), ...(student ?? [])]) {
        const own = account(loan.account_id);
        if (!("loan" in own)) throw new Error("a loan has no schedule");
        expect(String(loan.next_payment_due_date) > isoDate(today)).toBe(true);
        expect(String(loan.last_payment_date) <= isoDate(today)).toBe(true);
        // what was paid has left another account on the day
        const amount = Math.round((loan.last_payment_amount ?? 0) * 100);
        const paid = accounts
          .filter((one) => one.plan.type === "depository")
          .flatMap((one) => one.transactions())
          .filter((one) => isoDate(one.posted) === loan.last_payment_date && one.amount === amount);
        expect(paid.length).toBeGreaterThan(0);
      }
    });
  });
});
