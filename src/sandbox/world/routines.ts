import type { Book } from "./book.ts";
import { type Cents, monthlyInterest } from "./cents.ts";
import type { Chance } from "./chance.ts";
import { calendar, type Day } from "./day.ts";
import { check, type Description, internal, purchase } from "./description.ts";
import type { Loan, LoanPayment } from "./loan.ts";
import { type MerchantName, merchantOf } from "./merchants.ts";

/** The day being lived. */
export interface Today {
  day: Day;
  /** Of the month, and whether it is the month's last. */
  date: number;
  isLastDate: boolean;
  chance: Chance;
  book: Book;
  /** The loan of an account. */
  loan(account: string): Loan;
}

/** Something that people do: called each day, it records what happens on it. */
export type Routine = (today: Today) => void;

/** `act` on one date of every month; the 31st is the month's last day. */
export function monthly(date: number, act: Routine): Routine {
  return (today) => {
    if (today.date === date || (today.isLastDate && today.date < date)) act(today);
  };
}

/** Wages every other Friday. */
export function wages(account: string, amount: Cents, description: Description): Routine {
  const firstFriday: Day = 1;
  return ({ day, book }) => {
    if (day % 14 === firstFriday) book.record(account, -amount, description);
  };
}

/** A bill paid on one date of the month; between two amounts when it varies. */
export function bill(
  account: string,
  date: number,
  amount: Cents | readonly [Cents, Cents],
  what: Description,
): Routine {
  const [least, most] = typeof amount === "number" ? [amount, amount] : amount;
  return monthly(date, ({ book, chance }) => book.record(account, chance.int(least, most), what));
}

/** Money that comes in on one date of the month. */
export function income(account: string, date: number, amount: Cents, description: Description): Routine {
  return monthly(date, ({ book }) => book.record(account, -amount, description));
}

/** Shopping by card on `percent` of the days; a purchase posts one or two days later. */
export function shopping(account: string, percent: number, merchants: readonly MerchantName[]): Routine {
  return ({ book, chance }) => {
    if (!chance.yes(percent)) return;
    const name = chance.pick(merchants);
    const [least, most] = merchantOf(name).price;
    book.record(account, chance.int(least, most), purchase(name), chance.int(1, 2));
  };
}

/** A subscription charged to a card on one date of the month. */
export function subscription(account: string, date: number, name: MerchantName): Routine {
  return monthly(date, ({ book }) => book.record(account, merchantOf(name).price[0], purchase(name), 1));
}

/** Cash from the machine, in twenties, on `percent` of the days. */
export function cash(account: string, percent: number): Routine {
  return ({ book, chance }) => {
    if (!chance.yes(percent)) return;
    book.record(
      account,
      chance.int(2, 5) * 2_000,
      internal("cash", "ATM Withdrawal", "ATM WITHDRAWAL 004821 HARBOR ST"),
    );
  };
}

/** A check on one date of the month, numbered on from 1001. */
export function checks(account: string, date: number, amount: Cents): Routine {
  return monthly(date, ({ book, day }) => {
    const { year, month } = calendar(day);
    book.record(account, amount, check("childcare", 1001 + (((year - 2020) * 12 + month) % 8_000)), 2);
  });
}

/** Moves what an account has above `keep` to another, in steps of 50, on one date of the month. */
export function sweep(from: string, to: string, date: number, keep: Cents): Routine {
  const step: Cents = 5_000;
  return monthly(date, ({ book }) => {
    const amount = Math.floor((book.balance(from) - keep) / step) * step;
    if (amount <= 0) return;
    book.record(from, amount, internal("saving", "Transfer to Savings", "ONLINE TRANSFER TO SAV ...1111"));
    book.record(to, -amount, internal("transferIn", "Transfer from Checking", "ONLINE TRANSFER FROM CHK ...0000"));
  });
}

/** Interest on what is held, on the last day of every month. */
export function interest(account: string, yearlyBasisPoints: number): Routine {
  return monthly(31, ({ book }) => {
    const amount = monthlyInterest(book.balance(account), yearlyBasisPoints);
    if (amount > 0) book.record(account, -amount, internal("interestEarned", "Interest Payment", "INTRST PYMNT"));
  });
}

/** Interest on what is held, paid out to another account on the last day of every month. */
export function interestTo(account: string, to: string, yearlyBasisPoints: number): Routine {
  return monthly(31, ({ book }) => {
    const amount = monthlyInterest(book.balance(account), yearlyBasisPoints);
    book.record(account, -amount, internal("interestEarned", "Interest Payment", "INTRST PYMNT"));
    book.record(account, amount, internal("transferOut", "Interest Paid Out", "INTRST PAID OUT TO CHK"));
    book.record(to, -amount, internal("transferIn", "Interest Received", "INTRST RECEIVED FROM SAV"));
  });
}

/** A card's statement closes on the 28th and is paid in full from `from` on the 22nd after; both sides show it. */
export function card(account: string, from: string): Routine {
  const pay = monthly(22, ({ book }) => {
    const { amount } = book.statement(account);
    if (amount <= 0) return;
    const reference = String(100_000_000 + amount).slice(1);
    book.record(from, amount, internal("cardPayment", "Credit Card Payment", `CREDIT CRD AUTOPAY 29812 ${reference}`));
    book.record(
      account,
      -amount,
      internal("cardPayment", "Payment Thank You", `AUTOPAY PAYMENT THANK YOU ${reference}`),
    );
    book.pay(account, amount);
  });
  return inTurn(pay, closeStatements(account, 28));
}

/** Pays a loan from `from` as its schedule says; with `shown`, as for a student loan, its own account tells of it too. */
export function repay(account: string, from: string, what: Description, { shown = false } = {}): Routine {
  return ({ book, day, loan }) => {
    const { terms, paymentOn } = loan(account);
    const payment = paymentOn(day);
    if (!payment) return;
    const amount = payment.interest + payment.principal;
    book.record(from, amount + terms.escrow, what);
    if (!shown) return;
    const received = internal(what.kind, "Payment Received", "PAYMENT RECEIVED - THANK YOU");
    recordRepayment(book, account, payment, received);
  };
}

/** Has a loan's own account tell of its payments. */
export function showRepayments(account: string, received: Description): Routine {
  return ({ book, day, loan }) => {
    const payment = loan(account).paymentOn(day);
    if (payment) recordRepayment(book, account, payment, received);
  };
}

function recordRepayment(
  book: Book,
  account: string,
  { interest, principal }: LoanPayment,
  received: Description,
): void {
  if (interest > 0) book.record(account, interest, CHARGED);
  book.record(account, -(interest + principal), received);
}

const CHARGED = internal("interestCharged", "Interest Charged", "INTEREST CHARGED");

/** When a debt's statement closes and when it is paid: dates of the month. */
export interface StatementDates {
  closing: number;
  payment: number;
}

/** What was owed when the statement closed is paid on the payment's date after. */
export function payOff(account: string, { closing, payment }: StatementDates, what: Description): Routine {
  const pay = monthly(payment, ({ book }) => {
    const { amount } = book.statement(account);
    if (amount <= 0) return;
    book.record(account, -amount, what);
    book.pay(account, amount);
  });
  return inTurn(pay, closeStatements(account, closing));
}

/** Interest on what is owed is charged when the statement closes, and paid on the payment's date after. */
export function payInterest(
  account: string,
  { closing, payment }: StatementDates,
  yearlyBasisPoints: number,
  what: Description,
): Routine {
  const due = (book: Book) => monthlyInterest(Math.max(0, book.statement(account).amount), yearlyBasisPoints);
  const pay = monthly(payment, ({ book }) => {
    const amount = due(book);
    if (amount === 0) return;
    book.record(account, -amount, what);
    book.pay(account, amount);
  });
  const charge = monthly(closing, ({ book }) => {
    const amount = due(book);
    if (amount > 0) book.record(account, amount, CHARGED);
  });
  return inTurn(pay, closeStatements(account, closing), charge);
}

/** A statement closes on one date of the month. */
export function closeStatements(account: string, date: number): Routine {
  return monthly(date, ({ book }) => book.closeStatement(account));
}

function inTurn(...routines: readonly Routine[]): Routine {
  return (today) => {
    for (const routine of routines) routine(today);
  };
}
