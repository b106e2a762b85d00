import { type Book, createBook, type Dated, type Entry, type Ledger } from "./book.ts";
import type { Cents } from "./cents.ts";
import { createChance } from "./chance.ts";
import { calendar, type Day, isoDate } from "./day.ts";
import { institutionOf } from "./institutions.ts";
import { createLoan, type Loan, type LoanState } from "./loan.ts";
import type {
  AccountPlan,
  CardPlan,
  DebtPlan,
  DepositoryPlan,
  InvestmentPlan,
  LoanPlan,
  Position,
  UserPlan,
} from "./plan.ts";
import { positionsAfter } from "./positions-after.ts";

/** How far before its linking an item's history goes back. */
export const HISTORY_DAYS = 731;

/** A transaction with the ids that it has once pending and once posted. */
export interface WorldTransaction extends Entry {
  id: string;
  pending: boolean;
  /** That the aggregators give: of posting, or while pending of the purchase, which is not said to be in the future. */
  date: Day;
  /** Of a posted one that was pending before. */
  pendingId: string | null;
}

/** What an account's verification by micro-deposits can come to. */
export type VerificationStatus = "automatically_verified" | "verification_expired";

interface AnyWorldAccount<P extends AccountPlan> {
  plan: P;
  id: string;
  /** The same at every link, where account numbers are not; null elsewhere. */
  persistentId: string | null;
  /** How far its verification by micro-deposits came. */
  verification?: VerificationStatus;
  /** Known to the aggregator, newest first; told when asked, for most calls do not ask. */
  transactions(): readonly WorldTransaction[];
}

/** An account whose balance comes from its transactions. */
interface Kept {
  current: Cents;
  /** Pending outflows less pending inflows. */
  pending: Cents;
  /** What was held or owed at the end of a day. */
  balanceAt(day: Day): Cents;
}

export type WorldDepository = AnyWorldAccount<DepositoryPlan> & Kept;
export type WorldDebt = AnyWorldAccount<DebtPlan> & Kept;
export type WorldCard = AnyWorldAccount<CardPlan> & Kept & { statement: Dated; lastPayment: Dated | null };
export type WorldLoan = AnyWorldAccount<LoanPlan> & { loan: Loan; state: LoanState; balanceAt(day: Day): Cents };
export type WorldInvestment = AnyWorldAccount<InvestmentPlan> & { positions: readonly Position[] };
export type WorldAccount = WorldDepository | WorldDebt | WorldCard | WorldLoan | WorldInvestment;

/** One item's accounts as they stand on one day. */
export interface World {
  today: Day;
  linked: Day;
  /** The first day that is known. */
  since: Day;
  accounts: WorldAccount[];
}

/** What makes an item's world: the same gives the same. */
export interface WorldKey {
  seed: number;
  /** The user's name: two items of one user tell the same story under other ids. */
  user: string;
  itemId: string;
  linked: Day;
}

/** Makes the item's world by living the user's plan from two years before the item was linked up to today. */
export function createWorld(plan: UserPlan, key: WorldKey, today: Day): World {
  const since = key.linked - HISTORY_DAYS;
  const loans = loansOf(plan, key.linked);
  const book = live(plan, key, loans, since, today);

  const complete = (account: AccountPlan): WorldAccount => {
    const id = createChance(key.seed, key.itemId, account.key).id(37);
    const persistentId =
      account.type === "depository" && institutionOf(plan.institutionId)?.tokenizes
        ? createChance("persistent account", plan.institutionId, account.key).hex(64)
        : null;
    if (account.type === "investment") {
      const positions = positionsAfter(account, { since, linked: key.linked, today });
      return { plan: account, id, persistentId, transactions: () => [], positions };
    }
    const entries = book.entries(account.key);
    let told: WorldTransaction[] | null = null;
    const transactions = () => {
      told ??= entries.map((entry) => identified(entry, `${key.seed}/${id}`, today)).sort(newestFirst);
      return told;
    };
    if (account.type === "loan" && account.terms !== null) {
      const loan = loans(account.key);
      const balanceAt = (day: Day) => loan.at(day).balance;
      return { plan: account, id, persistentId, transactions, balanceAt, loan, state: loan.at(today) };
    }
    const balanceAt = (day: Day) => book.balanceAt(account.key, day);
    const pending = entries.reduce((sum, entry) => (entry.posted > today ? sum + entry.amount : sum), 0);
    const kept = { id, persistentId, transactions, balanceAt, pending, current: book.balance(account.key) };
    if (account.type === "loan") return { plan: account, ...kept };
    if (account.type !== "credit") return { plan: account, ...kept };
    const lastPayment = book.lastPayment(account.key);
    return { plan: account, ...kept, statement: book.statement(account.key), lastPayment };
  };
  return { today, linked: key.linked, since, accounts: plan.accounts.map(complete) };
}

type Loans = (account: string) => Loan;

function loansOf(plan: UserPlan, linked: Day): Loans {
  const loans = new Map<string, Loan>();
  for (const { key, ...account } of plan.accounts) {
    if (account.type !== "loan" || account.terms === null) continue;
    loans.set(key, owing(createLoan(account.terms, linked), account.atLinking, linked));
  }
  return (account) => {
    const found = loans.get(account);
    if (!found) throw new Error(`the plan has no loan "${account}"`);
    return found;
  };
}

/** The loan, of which so much is owed on the day of linking, more or less than its schedule says. */
function owing(loan: Loan, atLinking: Cents | undefined, linked: Day): Loan {
  if (atLinking === undefined) return loan;
  const by = atLinking - loan.at(linked).balance;
  return {
    ...loan,
    at(day) {
      const state = loan.at(day);
      return { ...state, balance: Math.max(0, state.balance + by) };
    },
  };
}

/** Writes the book of all days from `since` to `today`. */
function live(plan: UserPlan, { seed, user, linked }: WorldKey, loan: Loans, since: Day, today: Day): Book {
  const ledgers = plan.accounts.flatMap((account): Ledger[] => {
    const { key, type } = account;
    if (type === "investment") return [];
    const owed = type === "credit" || type === "loan";
    if (type === "loan" && account.terms !== null) return [{ key, opening: loan(key).at(since - 1).balance, owed }];
    return [{ key, opening: account.opening, owed }];
  });
  const book = createBook(ledgers, since);
  for (const { key, entries = [] } of plan.accounts) for (const entry of entries) book.enter(key, entry);
  for (let day = since; day <= today; day += 1) {
    book.turn(day);
    const { date } = calendar(day);
    const isLastDate = calendar(day + 1).date === 1;
    const chance = createChance(seed, user, day);
    for (const routine of plan.routines) routine({ day, date, isLastDate, chance, book, loan });
    if (day !== linked) continue;
    for (const { key, type, atLinking } of plan.accounts) {
      if (atLinking !== undefined && type !== "investment") book.rebase(key, atLinking);
    }
  }
  return book;
}

function identified(entry: Entry, scope: string, today: Day): WorldTransaction {
  const id = (state: string) => createChance(scope, isoDate(entry.transacted), entry.ordinal, state).id(37);
  const waited = entry.posted > entry.transacted;
  const pending = entry.posted > today;
  return {
    ...entry,
    pending,
    date: pending ? Math.min(entry.transacted, today) : entry.posted,
    id: id(pending ? "pending" : "posted"),
    pendingId: waited && !pending ? id("pending") : null,
  };
}

/** The order in which the aggregators tell transactions. */
export function newestFirst(a: WorldTransaction, b: WorldTransaction): number {
  return b.date - a.date || b.transacted - a.transacted || b.ordinal - a.ordinal;
}
