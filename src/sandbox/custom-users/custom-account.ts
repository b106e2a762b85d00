import type { AccountSubtype } from "plaid";
import type { NewEntry } from "../world/book.ts";
import { type Cents, centsOf } from "../world/cents.ts";
import type { Chance } from "../world/chance.ts";
import type { Day } from "../world/day.ts";
import { internal } from "../world/description.ts";
import type { PlainOwner } from "../world/owners.ts";
import type { AccountPlan, CardPlan, InvestmentPlan } from "../world/plan.ts";
import { HISTORY_DAYS } from "../world/world.ts";
import { paysOff } from "./custom-life.ts";
import { customNumbers } from "./custom-numbers.ts";
import type { CustomSecurities } from "./custom-securities.ts";
import { customStudentLoan } from "./custom-student-loan.ts";
import type { CustomAccount } from "./custom-user-schema.ts";
import { kindOfWords } from "./kind-of-words.ts";
import { SUBTYPES } from "./subtypes.ts";

/** What an account is made with besides what the file tells of it. */
export interface AccountMaking {
  /** Its place in the file. */
  index: number;
  linked: Day;
  securities: CustomSecurities;
  owner: PlainOwner;
  chance: Chance;
}

type Type = keyof typeof SUBTYPES;

/** Dollars that an account has whose balance is not told: the least and the most. */
const USUAL_BALANCES: Readonly<Record<Exclude<Type, "investment">, readonly [number, number]>> = {
  depository: [2_500, 9_000],
  credit: [200, 1_900],
  loan: [8_000, 30_000],
  other: [100, 1_000],
  payroll: [0, 0],
};

/** The account that the file tells of, in the imitated world's terms. */
export function customAccount(account: CustomAccount, making: AccountMaking): AccountPlan {
  const { index, linked, owner, chance } = making;
  const { meta, currency = "USD", starting_balance, force_available_balance } = account;
  const type = typeOf(account);
  const subtype = account.subtype ?? SUBTYPES[type][0];
  const numbers = customNumbers(account.numbers);
  const common = {
    key: `account-${index + 1}`,
    name: meta?.name ?? usualName(subtype),
    officialName: meta?.official_name ?? null,
    mask: meta?.mask ?? (numbers?.account?.slice(-4) || usualMask(index)),
    subtype,
    currency,
    owner,
    ...(numbers && { numbers }),
    ...(account.holder_category === "business" && { holder: "business" as const }),
    ...(force_available_balance !== undefined && { available: centsOf(force_available_balance) }),
    ...(account.has_null_available_balance && { available: null }),
  };
  const told = starting_balance === undefined ? {} : { atLinking: centsOf(starting_balance) };
  if (type === "investment") return { ...common, ...told, ...investments(account, common.key, currency, making) };

  const [least, most] = USUAL_BALANCES[type];
  const usual = chance.int(least * 100, most * 100);
  const entries = entriesOf(account, linked);
  const { atLinking } = { atLinking: usual, ...told };
  const wireType = type === "payroll" ? "other" : type;
  // what is wrong with an opening balance is put right at linking, but interest before is reckoned on it
  const opening = paysOff(account, wireType) ? 0 : balanceBefore(atLinking, wireType, entries, linked);
  const kept = { ...common, atLinking, opening, entries };
  if (type === "credit") return { ...kept, ...cardOf(account) };
  if (type === "loan") {
    if (!isScheduled(account, subtype)) return { ...kept, type, terms: null };
    return { ...common, ...told, entries, type, ...customStudentLoan(account, linked, usual / 100) };
  }
  const limit = meta?.limit === undefined ? {} : { limit: centsOf(meta.limit) };
  return { ...kept, ...limit, type: wireType === "other" ? "other" : "depository" };
}

/** What was held or owed before the history began, without what is on record since. */
function balanceBefore(atLinking: Cents, type: AccountPlan["type"], entries: readonly NewEntry[], linked: Day): Cents {
  const between = entries.filter(({ posted }) => posted >= linked - HISTORY_DAYS && posted <= linked);
  const sum = between.reduce((all, { amount }) => all + amount, 0);
  return type === "credit" || type === "loan" ? atLinking - sum : atLinking + sum;
}

/** The type that is told, or follows from what is told instead. */
function typeOf({ type, subtype, liability, holdings, investment_transactions }: CustomAccount): Type {
  if (type) return type;
  const types = Object.keys(SUBTYPES) as Type[];
  const found = types.find((one) => SUBTYPES[one].some((own) => own === subtype));
  if (found) return found;
  if (liability?.type) return liability.type === "credit" ? "credit" : "loan";
  return (holdings ?? investment_transactions) ? "investment" : "depository";
}

/** Of a student loan a schedule is known; Plaid has none of mortgages here. */
function isScheduled({ liability }: CustomAccount, subtype: `${AccountSubtype}`): boolean {
  return subtype === "student" || (liability?.type === "student" && subtype !== "mortgage");
}

function entriesOf({ transactions = [] }: CustomAccount, linked: Day): NewEntry[] {
  return transactions.map(({ date_transacted, date_posted, amount = 0, description = "Transaction", currency }) => {
    const transacted = date_transacted ?? date_posted ?? linked;
    return {
      transacted,
      posted: date_posted ?? transacted,
      amount: centsOf(amount),
      description: internal(kindOfWords(description, amount), description, description),
      ...(currency && { currency }),
    };
  });
}

function cardOf({ meta, liability }: CustomAccount): Pick<CardPlan, "type" | "limit" | "aprs" | "told"> {
  const { last_payment_amount, minimum_payment_amount, is_overdue } = liability ?? {};
  return {
    type: "credit",
    limit: meta?.limit === undefined ? null : centsOf(meta.limit),
    aprs: {
      purchase_apr: liability?.purchase_apr,
      cash_apr: liability?.cash_apr,
      balance_transfer_apr: liability?.balance_transfer_apr,
      special: liability?.special_apr,
    },
    told: {
      ...(last_payment_amount !== undefined && { last_payment_amount }),
      ...(minimum_payment_amount !== undefined && { minimum_payment_amount }),
      ...(is_overdue !== undefined && { is_overdue }),
    },
  };
}

function investments(
  { holdings = [], investment_transactions = [] }: CustomAccount,
  key: string,
  currency: string,
  { securities }: AccountMaking,
): Pick<InvestmentPlan, "type" | "positions" | "trades" | "withdrawable"> {
  return {
    type: "investment",
    withdrawable: false,
    positions: holdings.map((one, index) => securities.position(one, currency, `${key}/${index}`)),
    trades: investment_transactions.map((one, index) => securities.trade(one, currency, `${key}/traded/${index}`)),
  };
}

/** "Plaid Checking". */
function usualName(subtype: string): string {
  return `Plaid ${subtype.replaceAll(/(^| )[a-z]/g, (letter) => letter.toUpperCase())}`;
}

/** "0000", "1111" and so on, as Plaid's own accounts have. */
function usualMask(index: number): string {
  return index < 10 ? String(index).repeat(4) : String(1_000 + index);
}
