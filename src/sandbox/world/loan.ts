import { type Cents, monthlyInterest } from "./cents.ts";
import { addMonths, calendar, type Day, dayAt, latestDate, monthsBetween } from "./day.ts";

/** An annuity loan, as its contract has it. */
export interface LoanTerms {
  principal: Cents;
  /** 525 is 5.25 % a year. */
  yearlyBasisPoints: number;
  months: number;
  /** How many payments were made when the item was linked: it anchors the schedule to the clock. */
  paidAtLinking: number;
  /** Date of the month on which a payment is due, 1 to 28. */
  paymentDate: number;
  /** Paid on top of each payment, kept for taxes and insurance. */
  escrow: Cents;
}

/** One monthly payment. */
export interface LoanPayment {
  interest: Cents;
  principal: Cents;
  /** What is owed after it. */
  balance: Cents;
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
  /** Grown since the last payment. */
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
  const schedule = scheduleOf(terms);
  const anchor = latestDate(terms.paymentDate, linked);
  const dayOfPayment = (n: number) => {
    const { year, month } = calendar(anchor);
    return dayAt(year, month + n - terms.paidAtLinking, terms.paymentDate);
  };
  const amountOf = (n: number) => {
    const payment = schedule[n - 1];
    return payment ? { day: dayOfPayment(n), amount: payment.interest + payment.principal } : null;
  };
  const paidBy = (day: Day) => {
    const made = terms.paidAtLinking + monthsBetween(anchor, latestDate(terms.paymentDate, day));
    return Math.max(0, Math.min(terms.months, made));
  };
  return {
    terms,
    originated: addMonths(dayOfPayment(1), -1),
    paidOff: dayOfPayment(terms.months),
    paymentOn(day) {
      const n = paidBy(day);
      return n > 0 && dayOfPayment(n) === day ? (schedule[n - 1] ?? null) : null;
    },
    at(day) {
      const made = paidBy(day);
      const balance = made === 0 ? terms.principal : (schedule[made - 1]?.balance ?? 0);
      const january = terms.paidAtLinking + monthsBetween(anchor, dayAt(calendar(day).year, 0, 1));
      const thisYear = schedule.slice(Math.max(0, january - 1), made);
      const last = amountOf(made);
      const daysSince = last ? day - last.day : 0;
      return {
        balance,
        paymentsMade: made,
        paymentsLeft: terms.months - made,
        lastPayment: last,
        nextPayment: amountOf(made + 1),
        interestThisYear: thisYear.reduce((sum, payment) => sum + payment.interest, 0),
        principalThisYear: thisYear.reduce((sum, payment) => sum + payment.principal, 0),
        interestAccrued: Math.round((balance * terms.yearlyBasisPoints * daysSince) / 3_650_000),
      };
    },
  };
}

function scheduleOf({ principal, yearlyBasisPoints, months }: LoanTerms): LoanPayment[] {
  const rate = yearlyBasisPoints / 120_000;
  const payment = Math.round((principal * rate) / (1 - (1 + rate) ** -months));
  let balance = principal;
  return Array.from({ length: months }, (_, index) => {
    const interest = monthlyInterest(balance, yearlyBasisPoints);
    const repaid = index === months - 1 ? balance : Math.min(balance, payment - interest);
    balance -= repaid;
    return { interest, principal: repaid, balance };
  });
}
