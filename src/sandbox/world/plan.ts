import type { AccountSubtype, CreditCardLiability, StudentLoan } from "plaid";
import type { DecimalText } from "../../decimal.ts";
import type { Plain } from "../plain.ts";
import type { NewEntry } from "./book.ts";
import type { Cents } from "./cents.ts";
import type { Day } from "./day.ts";
import type { LoanTerms } from "./loan.ts";
import type { PlainOwner } from "./owners.ts";
import type { Routine } from "./routines.ts";
import type { AnySecurity } from "./securities.ts";

/** So many of a security in an account. */
export interface Position {
  security: AnySecurity;
  quantity: DecimalText;
  price: DecimalText;
  /** The last market day when absent. */
  pricedOn?: Day;
  /** What all of it cost; null when the institution does not say. */
  cost: DecimalText | null;
  /** USD when absent. */
  currency?: string;
}

/** A trade that is on record, in the aggregators' words. */
export interface PlannedTrade {
  day: Day;
  name: string;
  type: "buy" | "sell" | "cash" | "fee" | "transfer";
  /** Null when no security is concerned. */
  security: AnySecurity | null;
  /** Negative when sold. */
  quantity: DecimalText;
  price: DecimalText;
  fees: DecimalText;
  currency: string;
}

/** Numbers that money is sent by, as far as they are told; each kind that is there at all is answered. */
export interface PlannedNumbers {
  account?: string;
  ach?: { routing?: string; wire?: string };
  eft?: { institution?: string; branch?: string };
  bacs?: { sortCode: string };
  international?: { iban?: string; bic?: string };
}

/** The countries whose accounts there are. */
export type Country = "US" | "CA" | "GB" | "DE";

interface AnyAccountPlan {
  /** Names it within its user's plan. */
  key: string;
  name: string;
  officialName: string | null;
  mask: string;
  subtype: `${AccountSubtype}`;
  /** Where it is kept: the kind of its numbers and, unless it is an investment, its currency. The United States when absent. */
  country?: Country;
  /** Its currency where that does not follow from the country; ISO 4217 or not. */
  currency?: string;
  /** Private when absent. */
  holder?: "business";
  /** Made up in the country's manner when absent. */
  numbers?: PlannedNumbers;
  /** Said to be available whatever happens; null is nothing said. */
  available?: Cents | null;
  /** What is held or owed at the end of the day of linking; it follows from the opening when absent. */
  atLinking?: Cents;
  /** On record whatever its holder does. */
  entries?: readonly NewEntry[];
  /** Null when the institution does not tell. */
  owner: PlainOwner | null;
}

/** What money is kept in: a bank's account, or one of no other type. */
export interface DepositoryPlan extends AnyAccountPlan {
  type: "depository" | "other";
  /** What it held two years before it was linked. */
  opening: Cents;
  /** How far it may be overdrawn. */
  limit?: Cents;
}

export interface CardPlan extends AnyAccountPlan {
  type: "credit";
  /** What was owed two years before it was linked. */
  opening: Cents;
  /** Null when there is none, or none is told. */
  limit: Cents | null;
  /** Percent a year, where they are not the usual ones. */
  aprs?: Readonly<Partial<Record<AprType, number>>>;
  /** What the aggregators tell of it in place of what they would. */
  told?: Partial<Plain<CreditCardLiability>>;
}

/** The kinds of a card's rates. */
export type AprType = "balance_transfer_apr" | "cash_apr" | "purchase_apr" | "special";

export interface LoanPlan extends AnyAccountPlan {
  type: "loan";
  terms: LoanTerms;
  /** What the aggregators tell of it in place of what they would. */
  told?: Partial<Plain<StudentLoan>>;
}

/** A loan of which no terms are known: what is owed follows from its transactions. */
export interface DebtPlan extends AnyAccountPlan {
  type: "loan";
  terms: null;
  /** What was owed two years before it was linked. */
  opening: Cents;
}

export interface InvestmentPlan extends AnyAccountPlan {
  type: "investment";
  positions: readonly Position[];
  /** All that it traded; a savings plan's when absent. */
  trades?: readonly PlannedTrade[];
  /** Whether its cash can be withdrawn: not from a retirement account. */
  withdrawable: boolean;
}

/** One account as a user has it. */
export type AccountPlan = DepositoryPlan | CardPlan | LoanPlan | DebtPlan | InvestmentPlan;

/** A user of the imitated aggregators: one login at one institution, and how its holders live. */
export interface UserPlan {
  institutionId: string;
  accounts: readonly AccountPlan[];
  routines: readonly Routine[];
  /** Both aggregators tell of one person; when absent each tells of another of this name. */
  isOneLife?: boolean;
  /** The code of the error that every call about it has, e.g. ITEM_LOGIN_REQUIRED when the login no longer works. */
  error?: string;
  /** How many days after the linking the person's consent ends; it does not when absent. */
  consentDays?: number;
}
