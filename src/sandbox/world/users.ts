import type { Imitated } from "../imitated.ts";
import type { UserPlan } from "./plan.ts";
import { abroad } from "./users/abroad.ts";
import { bank } from "./users/bank.ts";
import { brokerage } from "./users/brokerage.ts";
import { business } from "./users/business.ts";
import { busy } from "./users/busy.ts";
import { currencies } from "./users/currencies.ts";
import { duplicates } from "./users/duplicates.ts";
import { expiringConsent } from "./users/expiring-consent.ts";
import { joint } from "./users/joint.ts";
import { linkMoneyBank } from "./users/link-money-bank.ts";
import { newAccount } from "./users/new-account.ts";
import { oauth } from "./users/oauth.ts";
import {
  bankDown,
  brokenLogin,
  cardOfYesterday,
  large,
  noInvestments,
  noLiabilities,
  other,
  ownersUnavailable,
} from "./users/small.ts";
import { student } from "./users/student.ts";

/** A user that items are made of by name. */
export interface NamedUser {
  plans: Readonly<Record<Imitated, UserPlan>>;
  /** What there is to see, and what that is good for, as the docs have it. */
  has: string;
  goodFor: string;
}

const everywhere = (plan: UserPlan, has: string, goodFor: string): NamedUser => ({
  plans: { PLAID: plan, LINK_MONEY: plan },
  ...{ has, goodFor },
});

/** The users that items are made of, by name. */
export const NAMED_USERS: Readonly<Record<string, NamedUser>> = {
  default: {
    plans: { PLAID: bank, LINK_MONEY: linkMoneyBank },
    has: "The demo household. Plaid: checking (joint), savings, CD, money market, card, mortgage and student loan. Link Money: Cameron's checking, card, brokerage and student loan.",
    goodFor: "Nearly everything: two years of a life in which each payment leaves one account and arrives in another.",
  },
  brokerage: everywhere(
    brokerage,
    "The household's IRA, 401k and brokerage: equities, funds, an ETF, an option, bonds, cash; no bank account.",
    "Holdings, securities of every kind, investment transactions, transfer numbers.",
  ),
  joint: everywhere(
    joint,
    "Two people: a joint checking and a joint savings account, whose one owner has two names, and a card of each.",
    "Owners, who holds what, two incomes.",
  ),
  oauth: everywhere(
    oauth,
    "A bank that signs in by OAuth: account numbers are tokens, accounts have an id for life, consent lasts 365 days.",
    "OAuth links, tokenized numbers, the same account at every link; by advancing the clock, PENDING_DISCONNECT.",
  ),
  "no-investments": everywhere(
    noInvestments,
    "Checking, savings and a card.",
    "A product that an item does not have: NO_INVESTMENT_ACCOUNTS.",
  ),
  "no-liabilities": everywhere(
    noLiabilities,
    "Checking, savings and an IRA; nothing is owed.",
    "A product that an item does not have: NO_LIABILITY_ACCOUNTS.",
  ),
  large: everywhere(large, "40 accounts at one login: checking, savings and cards.", "Paging, lists, layouts."),
  busy: everywhere(
    busy,
    "Checking, savings and a card with more than 5,000 transactions in two years.",
    "Paging through transactions, searching them, loads.",
  ),
  currencies: everywhere(
    currencies,
    "Accounts in EUR, GBP, JPY, CHF and, by an unofficial code, BTC; a custody account with holdings in USD, EUR and GBP, one of them bitcoin.",
    "Sums that must not mix currencies, codes that ISO 4217 lacks, amounts below a cent's worth.",
  ),
  abroad: everywhere(
    abroad,
    "Accounts in Canada, Great Britain and Germany.",
    "Numbers of every kind: EFT, Bacs, IBAN and BIC; ATON.",
  ),
  duplicates: everywhere(
    duplicates,
    "Checking, savings and a card that both aggregators tell alike, if linked there on the same day: institution, names, masks, balances.",
    "`sameAs`, `deduplicate`, and a net worth that counts each account once.",
  ),
  "broken-login": everywhere(
    brokenLogin,
    "Checking and savings behind a password that was changed.",
    "ITEM_LOGIN_REQUIRED, and repairs: `sandbox.repairItem(itemId)` gives the login anew.",
  ),
  "expiring-consent": everywhere(
    expiringConsent,
    "A British current and savings account; `consent_expiration_time` is the eighth day after linking.",
    "By advancing the clock, PENDING_EXPIRATION on the next day and ITEM_LOGIN_REQUIRED on the eighth.",
  ),
  "bank-down": everywhere(
    bankDown,
    "A bank that does not answer, and whose status says so.",
    "INSTITUTION_DOWN: what is shown while nothing can be read.",
  ),
  business: everywhere(
    business,
    "A bakery's accounts (`holder_category` business): checking, money market, card, an equipment loan and a credit line.",
    "Business holders, loans of which the aggregators know no liability, large amounts.",
  ),
  student: everywhere(
    student,
    "Checking, a small card and two student loans, one paid back for two years, one for three months.",
    "Student loans and their schedules, small balances.",
  ),
  "new-account": everywhere(
    newAccount,
    "One checking account that holds nothing and never did.",
    "Empty lists, zeros, histories without a change.",
  ),
  "owners-unavailable": everywhere(
    ownersUnavailable,
    "Checking and savings at a bank that does not tell who holds them.",
    "Owners that are missing: PRODUCTS_NOT_SUPPORTED, and a report's OWNERS_UNAVAILABLE.",
  ),
  "card-of-yesterday": everywhere(
    cardOfYesterday,
    "Checking, savings and a card at Capital One.",
    "Balances that are wanted no older than a given moment (`min_last_updated_datetime`).",
  ),
  other: everywhere(other, "Checking, savings and a card.", "Another person, with no tie to the household."),
};

/** The names of all of them. */
export const USER_NAMES: readonly string[] = Object.keys(NAMED_USERS);

/** The named user's plan at this aggregator; null when there is no such user. */
export function userOf(name: string, provider: Imitated): UserPlan | null {
  return Object.hasOwn(NAMED_USERS, name) ? (NAMED_USERS[name]?.plans[provider] ?? null) : null;
}
