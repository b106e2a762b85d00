import type { Transaction, TransactionPaymentChannelEnum } from "plaid";
import type { Plain } from "../plain.ts";
import { isoDate } from "../world/day.ts";
import type { Description } from "../world/description.ts";
import { kindOf } from "../world/kinds.ts";
import type { WorldAccount, WorldTransaction } from "../world/world.ts";
import { insightsOf, transactionOf } from "./report.ts";

/** Which transactions, and what a page of them has. */
export interface TransactionsAsked {
  /** Days, both included. */
  from: number;
  to: number;
  count: number;
  offset: number;
  /** Plaid tells these only when asked. */
  originalDescription?: boolean;
  personalFinanceCategory?: boolean;
  /** What the aggregator adds of its own. */
  extras?(transaction: WorldTransaction): object;
}

/** The transactions of these accounts within the days, newest first: a page of them, and how many there are. */
export function transactionsAnswer(accounts: readonly WorldAccount[], asked: TransactionsAsked) {
  const all = accounts
    .flatMap((account) => account.transactions().map((one) => ({ one, account })))
    .filter(({ one }) => one.date >= asked.from && one.date <= asked.to)
    .sort((a, b) => b.one.date - a.one.date);
  return {
    transactions: all.slice(asked.offset, asked.offset + asked.count).map(({ one, account }) => ({
      ...transactionAnswer(one, account, asked),
      ...asked.extras?.(one),
    })),
    total_transactions: all.length,
  };
}

const CHANNELS: Readonly<Record<Description["type"], `${TransactionPaymentChannelEnum}`>> = {
  digital: "online",
  place: "in store",
  special: "other",
};

/** A report's transaction with its insights, in the shape of an answer of its own. */
export function transactionAnswer(
  one: WorldTransaction,
  account: WorldAccount,
  asked: Pick<TransactionsAsked, "originalDescription" | "personalFinanceCategory">,
): Plain<Transaction> {
  const { description } = one;
  const { date_transacted: _, original_description, ...told } = transactionOf(one, account);
  const { credit_category: __, location, payment_meta, ...insights } = insightsOf(one);
  const { primary, detailed } = kindOf(description.kind);
  return {
    ...told,
    ...insights,
    location,
    payment_meta,
    name: description.name,
    authorized_date: isoDate(one.transacted),
    authorized_datetime: null,
    datetime: null,
    payment_channel: CHANNELS[description.type],
    transaction_code: null,
    ...(asked.originalDescription && { original_description }),
    ...(asked.personalFinanceCategory && {
      personal_finance_category: { primary, detailed, confidence_level: "VERY_HIGH" },
    }),
  };
}
