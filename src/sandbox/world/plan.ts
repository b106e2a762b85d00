import type { AccountSubtype } from "plaid";
import type { DecimalText } from "../../decimal.ts";
import type { Cents } from "./cents.ts";
import type { LoanTerms } from "./loan.ts";
import type { PlainOwner } from "./owners.ts";
import type { Routine } from "./routines.ts";
import type { SecurityName } from "./securities.ts";

/** So many of a security in an account. */
export interface Position {
  security: SecurityName;
  quantity: DecimalText;
  price: DecimalText;
  /** What all of it cost; null when the institution does not say. */
  cost: DecimalText | null;
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
  /** Null when the institution does not tell. */
  owner: PlainOwner | null;
}

export interface DepositoryPlan extends AnyAccountPlan {
  type: "depository";
  /** What it held two years before it was linked. */
  opening: Cents;
}

export interface CardPlan extends AnyAccountPlan {
  type: "credit";
  /** What was owed two years before it was linked. */
  opening: Cents;
  limit: Cents;
}

export interface LoanPlan extends AnyAccountPlan {
  type: "loan";
  terms: LoanTerms;
}

export interface InvestmentPlan extends AnyAccountPlan {
  type: "investment";
  positions: readonly Position[];
  /** Whether its cash can be withdrawn: not from a retirement account. */
  withdrawable: boolean;
}

/** One account as a user has it. */
export type AccountPlan = DepositoryPlan | CardPlan | LoanPlan | InvestmentPlan;

/** A user of the imitated aggregators: one login at one institution, and how its holders live. */
export interface UserPlan {
  institutionId: string;
  accounts: readonly AccountPlan[];
  routines: readonly Routine[];
  /** The login no longer works. */
  loginRequired?: boolean;
}
