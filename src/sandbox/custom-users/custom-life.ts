import { type Cents, centsOf } from "../world/cents.ts";
import { ach, internal } from "../world/description.ts";
import type { AccountPlan, DebtPlan, InvestmentPlan } from "../world/plan.ts";
import {
  bill,
  cash,
  closeStatements,
  income,
  interest,
  monthly,
  payInterest,
  payOff,
  type Routine,
  type StatementDates,
  shopping,
  showRepayments,
} from "../world/routines.ts";
import type { CustomAccount } from "./custom-user-schema.ts";

const USUAL_DATES: StatementDates = { closing: 28, payment: 22 };
/** Percent a year on debts whose rate is not told. */
const USUAL_APR = 12.5;
/** Less than this on an account, and nobody shops for more than a coffee. */
const ENOUGH: Cents = 200_000;

/**
 * How the holder of a custom account lives: as its inflow model says, and, where the file has no list of transactions, as people do.
 * Investments have their trades instead.
 */
export function customLife(plan: Exclude<AccountPlan, InvestmentPlan>, account: CustomAccount): Routine[] {
  const { inflow_model: inflow, transactions } = account;
  const { key, type } = plan;
  const pays = inflow?.type === "monthly-balance-payment" || inflow?.type === "monthly-interest-only-payment";
  const named = inflow?.transaction_name;
  const life: Routine[] = [];

  if (inflow?.type === "monthly-income" && inflow.income_amount !== undefined) {
    const name = named ?? "Income";
    const earned = ach("wages", name, { raw: name, payer: name });
    life.push(income(key, inflow.payment_day_of_month ?? 1, centsOf(inflow.income_amount), earned));
  }
  if (type === "loan" && plan.terms !== null) {
    const name = named ?? "Payment Received";
    if (pays || transactions === undefined) life.push(showRepayments(key, internal("studentPayment", name, name)));
  } else if (type === "credit" || type === "loan") {
    life.push(...debtor(plan, account));
  } else if (transactions === undefined) {
    life.push(...household(plan, inflow?.type === "monthly-income"));
  }
  return life;
}

/** Whether all that is owed is paid every month, so that nothing of one month is owed in the next. */
export function paysOff({ inflow_model: inflow, transactions }: CustomAccount, type: AccountPlan["type"]): boolean {
  if (type !== "credit" && type !== "loan") return false;
  if (inflow?.type === "monthly-balance-payment") return true;
  return type === "credit" && transactions === undefined && inflow?.type !== "monthly-interest-only-payment";
}

function debtor(
  { key, type, entries = [] }: DebtPlan | Extract<AccountPlan, { type: "credit" }>,
  account: CustomAccount,
): Routine[] {
  const { inflow_model: inflow, transactions, liability } = account;
  const dates = {
    closing: inflow?.statement_day_of_month ?? USUAL_DATES.closing,
    payment: inflow?.payment_day_of_month ?? USUAL_DATES.payment,
  };
  const name = inflow?.transaction_name ?? "Payment Thank You";
  const paid = internal(type === "credit" ? "cardPayment" : "studentPayment", name, name);
  const life: Routine[] = [];
  if (inflow?.type === "monthly-interest-only-payment") {
    const apr = (type === "credit" ? liability?.purchase_apr : liability?.nominal_apr) ?? USUAL_APR;
    life.push(payInterest(key, dates, centsOf(apr), paid));
  } else if (paysOff(account, type)) {
    life.push(payOff(key, dates, paid));
  } else {
    life.push(closeStatements(key, dates.closing), notePayments(key, entries));
  }
  if (type === "credit" && transactions === undefined) {
    life.unshift(shopping(key, 30, ["beanery", "noodles", "greenMarket"]), shopping(key, 4, ["books", "fuel"]));
  }
  return life;
}

/** What is on record as paid is the last payment from the day on which it posts. */
function notePayments(key: string, entries: NonNullable<AccountPlan["entries"]>): Routine {
  const payments = new Map(entries.filter(({ amount }) => amount < 0).map(({ posted, amount }) => [posted, -amount]));
  return ({ day, book }) => {
    const amount = payments.get(day);
    if (amount !== undefined) book.pay(key, amount);
  };
}

/** What goes out comes in again on the first, so that the balance stays about where it is told to be. */
function household(
  { key, type, subtype, atLinking = 0 }: Extract<AccountPlan, { type: "depository" | "other" }>,
  earns: boolean,
): Routine[] {
  if (type === "other") return [];
  if (subtype !== "checking") return [interest(key, 45)];
  if (atLinking < ENOUGH) return [shopping(key, 3, ["beanery"])];
  const electricity = { raw: "UPSTATE ELECTRIC 402117", payee: "Upstate Electric" };
  const wages = ach("wages", "Tern & Sons", { raw: "TERN AND SONS PAYROLL 70024", payer: "Tern & Sons" });
  const spending = [
    bill(key, 10, [4_210, 9_870], ach("electricity", "Upstate Electric", electricity)),
    shopping(key, 35, ["greenMarket", "noodles", "farmStand"]),
    cash(key, 4),
  ];
  const step: Cents = 5_000;
  const earning = monthly(1, ({ book }) => {
    const amount = Math.ceil((atLinking - book.balance(key)) / step) * step;
    if (amount > 0) book.record(key, -amount, wages);
  });
  return earns ? spending : [...spending, earning];
}
