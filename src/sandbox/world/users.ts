import type { Imitated } from "../imitated.ts";
import type { UserPlan } from "./plan.ts";
import { abroad } from "./users/abroad.ts";
import { bank } from "./users/bank.ts";
import { brokerage } from "./users/brokerage.ts";
import { linkMoneyBank } from "./users/link-money-bank.ts";
import {
  brokenLogin,
  cardOfYesterday,
  large,
  noInvestments,
  noLiabilities,
  other,
  ownersUnavailable,
} from "./users/small.ts";

const USERS: Readonly<Record<string, UserPlan>> = {
  brokerage,
  "no-investments": noInvestments,
  "no-liabilities": noLiabilities,
  "broken-login": brokenLogin,
  "owners-unavailable": ownersUnavailable,
  large,
  abroad,
  "card-of-yesterday": cardOfYesterday,
  other,
};

/** The users that items are made of, by name. */
export const USER_NAMES: readonly string[] = ["default", ...Object.keys(USERS)];

/** The named user; "default" is the demo household's bank at this aggregator. Null when there is no such user. */
export function userOf(name: string, provider: Imitated): UserPlan | null {
  if (name === "default") return provider === "PLAID" ? bank : linkMoneyBank;
  return Object.hasOwn(USERS, name) ? (USERS[name] ?? null) : null;
}
