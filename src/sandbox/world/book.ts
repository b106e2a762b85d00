import type { Cents } from "./cents.ts";
import { type Day, postingDay } from "./day.ts";
import type { Description } from "./description.ts";

/** One transaction of an account. */
export interface Entry {
  /** Which of the account's transactions of its day it is, from 0. */
  ordinal: number;
  transacted: Day;
  /** May be after the day of looking: then it is pending. */
  posted: Day;
  /** Positive when money leaves the account; on a card or loan, when more is owed. */
  amount: Cents;
  /** Of the amount, where it is not the account's. */
  currency?: string;
  description: Description;
}

/** A transaction whose dates are given. */
export interface NewEntry extends Omit<Entry, "ordinal"> {}

/** What the book must know of an account. */
export interface Ledger {
  key: string;
  /** What is held, or owed, before the first day. */
  opening: Cents;
  /** Cards and loans: the balance is what is owed, and grows by positive amounts. */
  owed: boolean;
}

/** An amount as of a day. */
export interface Dated {
  day: Day;
  amount: Cents;
}

/** The accounts of one item, written day by day. A balance is always the opening and all that posted since. */
export interface Book {
  /** What is held or owed now: on the day being written. */
  balance(account: string): Cents;
  /** Records a transaction of the day being written; it posts at once, or after `lag` days on a weekday. */
  record(account: string, amount: Cents, description: Description, lag?: number): void;
  /** Records a transaction of any day; one that posted before the first day is in the opening balance. */
  enter(account: string, entry: NewEntry): void;
  /** Says what is held or owed now: all that was before shifts along. */
  rebase(account: string, balance: Cents): void;
  /** Closes a card's statement at its balance now. */
  closeStatement(card: string): void;
  /** The card's latest statement; its opening balance before there is one. */
  statement(card: string): Dated;
  /** Notes that a card's statement was paid now. */
  pay(card: string, amount: Cents): void;
  lastPayment(card: string): Dated | null;
  /** Goes on to the next day: what falls due posts. */
  turn(day: Day): void;
  /** All transactions, in the order of their recording. */
  entries(account: string): readonly Entry[];
  /** What was held or owed at the end of a written day; the opening balance for a day before. */
  balanceAt(account: string, day: Day): Cents;
}

interface Page {
  ledger: Ledger;
  opening: Cents;
  entries: Entry[];
  /** How many transactions each day has. */
  counts: Map<Day, number>;
  due: Map<Day, Cents>;
  now: Cents;
  /** At the end of each day, from the first. */
  days: Cents[];
  statement: Dated;
  payment: Dated | null;
}

/** An empty book that begins on `start`. */
export function createBook(ledgers: readonly Ledger[], start: Day): Book {
  let today = start;
  const pages = new Map<string, Page>(
    ledgers.map((ledger) => [
      ledger.key,
      {
        ledger,
        opening: ledger.opening,
        entries: [],
        counts: new Map(),
        due: new Map(),
        now: ledger.opening,
        days: [],
        statement: { day: start - 1, amount: ledger.opening },
        payment: null,
      },
    ]),
  );
  const page = (key: string): Page => {
    const found = pages.get(key);
    if (!found) throw new Error(`the book has no account "${key}"`);
    return found;
  };
  const post = (on: Page, amount: Cents) => {
    on.now += on.ledger.owed ? amount : -amount;
    on.days[today - start] = on.now;
  };
  const enter: Book["enter"] = (account, entry) => {
    const on = page(account);
    const { transacted, posted, amount } = entry;
    const ordinal = on.counts.get(transacted) ?? 0;
    on.counts.set(transacted, ordinal + 1);
    on.entries.push({ ordinal, ...entry });
    if (posted === today) post(on, amount);
    else if (posted > today) on.due.set(posted, (on.due.get(posted) ?? 0) + amount);
  };
  return {
    balance: (account) => page(account).now,
    record(account, amount, description, lag = 0) {
      const posted = lag === 0 ? today : postingDay(today + lag);
      enter(account, { transacted: today, posted, amount, description });
    },
    enter,
    rebase(account, balance) {
      const on = page(account);
      const by = balance - on.now;
      on.opening += by;
      on.now = balance;
      on.days = on.days.map((one) => one + by);
      on.statement = { ...on.statement, amount: on.statement.amount + by };
    },
    closeStatement(card) {
      const on = page(card);
      on.statement = { day: today, amount: on.now };
    },
    statement: (card) => page(card).statement,
    pay(card, amount) {
      page(card).payment = { day: today, amount };
    },
    lastPayment: (card) => page(card).payment,
    turn(day) {
      today = day;
      for (const on of pages.values()) {
        post(on, on.due.get(day) ?? 0);
        on.due.delete(day);
      }
    },
    entries: (account) => page(account).entries,
    balanceAt(account, day) {
      const on = page(account);
      return day < start ? on.opening : (on.days[day - start] ?? on.now);
    },
  };
}
