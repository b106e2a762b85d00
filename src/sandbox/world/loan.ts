import { type Cents, monthlyInterest } from "./cents.ts";
import { addMonths, calendar, type Day, dayAt, latestDate, monthsBetween, nextDate } from "./day.ts";

/** A loan, as its contract has it. */
export interface LoanTerms {
  principal: Cents;
  /** 525 is 5.25 % a year. */
  yearlyBasisPoints: number;
  /** How many payments there are. */
  months: number;
  /** When it began: by a date, or by how many payments were made when the item was linked, which anchors it to the clock. */
  began: { on: Day; restMonths: number; capitalizedAfter: number | null } | { paidAtLinking: number };
  /** Date of the month on which a payment is due, 1 to 31. */
  paymentDate: number;
  /** Only interest is paid, and the principal with the last payment; else all payments are equal. */
  interestOnly?: boolean;
  /** Paid on top of each payment, kept for taxes and insurance. */
  escrow: Cents;
}

/** One monthly payment. */
export interface LoanPayment {
  interest: Cents;
  principal: Cents;
  /** What is owed after it. */
  balance: Cents;
  /** What of the interest from before the first payment is still unpaid. */
  unpaid: Cents;
}

/** How a loan stands on one day. */
export interface LoanState {
  balance: Cents;
  paymentsMade: number;
  paymentsLeft: number;
  lastPayment: { day: Day; amount: Cents } | null;
  nextPayment: { day: Day; amount: Cents } | null;
  /** Of the calendar year up to the day. */
  interestThisYear: Cents;
  principalThisYear: Cents;
  /** Grown since the last payment, and left from before the first. */
  interestAccrued: Cents;
}

/** A loan with its whole schedule. */
export interface Loan {
  terms: LoanTerms;
  originated: Day;
  paidOff: Day;
  /** What is paid on this day; null on most. */
  paymentOn(day: Day): LoanPayment | null;
  at(day: Day): LoanState;
}

/** The loan of these terms, of an item that was linked on `linked`. */
export function createLoan(terms: LoanTerms, linked: Day): Loan {
  const { began, months, paymentDate } = terms;
  const anchor =
    "on" in began
      ? nextDate(paymentDate, addMonths(began.on, began.restMonths + 1) - 1)
      : latestDate(paymentDate, linked);
  const first = "on" in began ? 1 : began.paidAtLinking;
  const { year, month } = calendar(anchor);
  const days = Array.from({ length: months }, (_, index) => dayAt(year, month + index + 1 - first, paymentDate));
  const dayOfPayment = (n: number) => days[n - 1] ?? anchor;
  const rest = "on" in began ? resting(terms, began) : { owed: [terms.principal], unpaid: [0] };
  const originated = "on" in began ? began.on : addMonths(dayOfPayment(1), -1);
  const schedule = scheduleOf(terms, rest.owed.at(-1) ?? terms.principal, rest.unpaid.at(-1) ?? 0);

  const amountOf = (n: number) => {
    const payment = schedule[n - 1];
    return payment ? { day: dayOfPayment(n), amount: payment.interest + payment.principal } : null;
  };
  const paidBy = (day: Day) => {
    const next = days.findIndex((one) => one > day);
    return next === -1 ? months : next;
  };
  /** Grown since the last payment, or the whole month of rest before it. */
  const accrued = (balance: Cents, since: Day, day: Day) =>
    Math.round((balance * terms.yearlyBasisPoints * Math.max(0, day - since)) / 3_650_000);

  /** Before the first payment. */
  const restingOn = (day: Day): { balance: Cents; interest: Cents } => {
    const whole = Math.max(0, Math.min(rest.owed.length - 1, wholeMonths(originated, day)));
    const balance = rest.owed[whole] ?? terms.principal;
    if (!("on" in began)) return { balance, interest: 0 };
    return { balance, interest: (rest.unpaid[whole] ?? 0) + accrued(balance, addMonths(originated, whole), day) };
  };

  return {
    terms,
    originated,
    paidOff: dayOfPayment(months),
    paymentOn(day) {
      const n = paidBy(day);
      return n > 0 && dayOfPayment(n) === day ? (schedule[n - 1] ?? null) : null;
    },
    at(day) {
      const made = paidBy(day);
      const before = restingOn(day);
      const paid = schedule[made - 1];
      const balance = paid ? paid.balance : before.balance;
      const thisYear = schedule.slice(paidBy(dayAt(calendar(day).year, 0, 1) - 1), made);
      const last = amountOf(made);
      return {
        balance,
        paymentsMade: made,
        paymentsLeft: months - made,
        lastPayment: last,
        nextPayment: amountOf(made + 1),
        interestThisYear: thisYear.reduce((sum, payment) => sum + payment.interest, 0),
        principalThisYear: thisYear.reduce((sum, payment) => sum + payment.principal, 0),
        interestAccrued: last ? (paid?.unpaid ?? 0) + accrued(balance, last.day, day) : before.interest,
      };
    },
  };
}

function wholeMonths(from: Day, to: Day): number {
  const months = monthsBetween(from, to);
  return addMonths(from, months) > to ? months - 1 : months;
}

/**
 * What is owed, and what interest is unpaid, after each month in which nothing is paid yet: from month `capitalizedAfter` on,
 * interest is added to what is owed.
 */
function resting(
  { principal, yearlyBasisPoints }: LoanTerms,
  { restMonths, capitalizedAfter }: { restMonths: number; capitalizedAfter: number | null },
): { owed: Cents[]; unpaid: Cents[] } {
  const owed = [principal];
  const unpaid = [0];
  for (let month = 1; month <= restMonths; month += 1) {
    const before = owed[month - 1] ?? principal;
    const interest = (unpaid[month - 1] ?? 0) + monthlyInterest(before, yearlyBasisPoints);
    const capitalized = capitalizedAfter !== null && month >= capitalizedAfter;
    owed.push(capitalized ? before + interest : before);
    unpaid.push(capitalized ? 0 : interest);
  }
  return { owed, unpaid };
}

/** Each payment pays the month's interest, its share of the interest that was unpaid before the first, and principal. */
function scheduleOf(
  { yearlyBasisPoints, months, interestOnly = false }: LoanTerms,
  owed: Cents,
  unpaid: Cents,
): LoanPayment[] {
  const rate = yearlyBasisPoints / 120_000;
  const payment = Math.round(rate === 0 ? owed / months : (owed * rate) / (1 - (1 + rate) ** -months));
  let balance = owed;
  let open = unpaid;
  return Array.from({ length: months }, (_, index) => {
    const interest = monthlyInterest(balance, yearlyBasisPoints);
    const isLast = index === months - 1;
    const repaid = isLast ? balance : interestOnly ? 0 : Math.min(balance, payment - interest);
    const share = isLast ? open : Math.round(open / (months - index));
    balance -= repaid;
    open -= share;
    return { interest: interest + share, principal: repaid, balance, unpaid: open };
  });
}
