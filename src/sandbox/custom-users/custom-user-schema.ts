import { z } from "zod";
import { dayOf } from "../world/day.ts";
import { SUBTYPES } from "./subtypes.ts";

/** No sum of the file's amounts loses a digit up to here. */
const MOST = 1e12;
const LONGEST_LOAN = 600;

/** Null is absent. */
const maybe = <S extends z.ZodType>(schema: S) => schema.nullish().transform((value) => value ?? undefined);
/** Null elements are absent; a lone object is a list of one, as the SDK's types have some of the lists. */
const list = <S extends z.ZodType>(schema: S) =>
  maybe(
    z.preprocess(
      (found) => (isRecord(found) ? [found] : found),
      z.array(schema.nullable()).transform((all) => all.filter((one) => one !== null)),
    ),
  );
const record = <S extends z.ZodRawShape>(shape: S) => maybe(z.object(shape));

const text = maybe(z.string());
const flag = maybe(z.boolean());
const amount = maybe(z.number().min(-MOST).max(MOST));
const percent = maybe(z.number().min(0).max(1000));
const months = maybe(z.int().min(0).max(LONGEST_LOAN));
const count = maybe(z.int().min(0));
const day = maybe(z.iso.date().transform((date) => dayOf(Date.parse(date))));
const currency = maybe(z.string().min(1));
/** 1 to 28, or the month's last day: the 31st to routines. Plaid's types have it as a number here and a string there. */
const dateOfMonth = maybe(
  z
    .union([z.int().min(1).max(28), z.literal("last"), z.string().regex(/^([1-9]|1\d|2[0-8])$/)], {
      error: 'wanted 1 to 28 or "last"',
    })
    .transform((date) => (date === "last" ? 31 : Number(date))),
);

const isRecord = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);

const address = record({
  data: record({ street: text, city: text, region: text, postal_code: text, country: text }),
  primary: flag,
});

const identity = record({
  names: list(z.string()),
  phone_numbers: list(
    z.object({
      data: text,
      primary: flag,
      type: maybe(z.enum(["home", "work", "office", "mobile", "mobile1", "other"])),
    }),
  ),
  emails: list(z.object({ data: text, primary: flag, type: maybe(z.enum(["primary", "secondary", "other"])) })),
  addresses: list(address),
});

const security = record({
  isin: text,
  cusip: text,
  sedol: text,
  name: text,
  ticker_symbol: text,
  currency,
});

const transaction = z.object({ date_transacted: day, date_posted: day, amount, description: text, currency });

const holding = z.object({
  institution_price: amount,
  institution_price_as_of: day,
  cost_basis: amount,
  quantity: amount,
  currency,
  security,
});

const investmentTransaction = z.object({
  date: day,
  name: text,
  quantity: amount,
  price: amount,
  fees: amount,
  type: maybe(z.enum(["buy", "sell", "cash", "fee", "transfer"])),
  currency,
  security,
});

const numbers = record({
  account: text,
  ach_routing: text,
  ach_wire_routing: text,
  eft_institution: text,
  eft_branch: text,
  international_bic: text,
  international_iban: text,
  bacs_sort_code: text,
});

const LOAN_STATUSES = [
  ...(["cancelled", "charged off", "claim", "consolidated", "deferment", "delinquent", "discharged"] as const),
  ...(["extension", "forbearance", "in grace", "in military", "in school", "not fully disbursed", "other"] as const),
  ...(["paid in full", "refunded", "repayment", "transferred", "pending idr"] as const),
] as const;
const REPAYMENT_PLANS = [
  ...(["extended graduated", "extended standard", "graduated", "income-contingent repayment"] as const),
  ...(["income-based repayment", "income-sensitive repayment", "interest only", "other", "pay as you earn"] as const),
  ...(["revised pay as you earn", "standard", "saving on a valuable education"] as const),
] as const;

const liability = record({
  type: maybe(z.enum(["credit", "student"])),
  purchase_apr: percent,
  cash_apr: percent,
  balance_transfer_apr: percent,
  special_apr: percent,
  last_payment_amount: amount,
  minimum_payment_amount: amount,
  is_overdue: flag,
  origination_date: day,
  principal: maybe(z.number().min(0).max(MOST)),
  nominal_apr: percent,
  interest_capitalization_grace_period_months: months,
  repayment_model: record({
    type: maybe(z.enum(["standard", "interest only"])),
    non_repayment_months: months,
    repayment_months: maybe(z.int().min(1).max(LONGEST_LOAN)),
  }),
  expected_payoff_date: day,
  guarantor: text,
  loan_name: text,
  loan_status: record({ end_date: day, type: maybe(z.enum(LOAN_STATUSES)) }),
  payment_reference_number: text,
  pslf_status: record({ estimated_eligibility_date: day, payments_made: count, payments_remaining: count }),
  repayment_plan_description: text,
  repayment_plan_type: maybe(z.enum(REPAYMENT_PLANS)),
  sequence_number: text,
  servicer_address: address,
});

const inflow = record({
  type: maybe(z.enum(["none", "monthly-income", "monthly-balance-payment", "monthly-interest-only-payment"])),
  income_amount: amount,
  payment_day_of_month: dateOfMonth,
  transaction_name: text,
  statement_day_of_month: dateOfMonth,
});

const account = z
  .object({
    type: maybe(z.enum(Object.keys(SUBTYPES) as (keyof typeof SUBTYPES)[])),
    subtype: maybe(z.enum(Object.values(SUBTYPES).flat())),
    starting_balance: amount,
    force_available_balance: amount,
    has_null_available_balance: flag,
    currency,
    holder_category: maybe(z.enum(["personal", "business"])),
    meta: record({
      name: text,
      official_name: text,
      limit: amount,
      mask: maybe(z.string().regex(/^([A-Za-z0-9]{2,4})?$/, "wanted 2 to 4 letters and digits, or none")),
    }),
    numbers,
    transactions: list(transaction),
    holdings: list(holding),
    investment_transactions: list(investmentTransaction),
    identity,
    liability,
    inflow_model: inflow,
  })
  .refine((found) => found.force_available_balance === undefined || !found.has_null_available_balance, {
    path: ["force_available_balance"],
    error: "cannot be set together with has_null_available_balance",
  });

/** Codes that `force_error` may name. */
const FORCED_ERRORS = [
  ...(["INSTITUTION_NOT_RESPONDING", "INSTITUTION_NO_LONGER_SUPPORTED", "INVALID_CREDENTIALS", "INVALID_MFA"] as const),
  ...(["ITEM_LOCKED", "ITEM_LOGIN_REQUIRED", "ITEM_NOT_SUPPORTED", "INVALID_LINK_TOKEN", "MFA_NOT_SUPPORTED"] as const),
  ...(["NO_ACCOUNTS", "PLAID_ERROR", "USER_INPUT_TIMEOUT", "USER_SETUP_REQUIRED"] as const),
] as const;

/**
 * Plaid's custom user (plaid.com/docs/sandbox/user-custom and its SDK's `UserCustomPassword`): every key may be left out or null,
 * and keys that are not here are not looked at. `income`, which is a product of its own, is one of those, and so are `mfa` and
 * `recaptcha`, which are for Link's own windows.
 */
export const CUSTOM_USER_SCHEMA = z.object({
  version: maybe(z.enum(["1", "2"]).or(z.literal([1, 2]))),
  seed: maybe(z.string().or(z.number())),
  /** All dates shift alike, so that the newest of them is the day of linking. */
  roll_dates_forward: flag,
  override_accounts: list(account),
  force_error: maybe(z.enum(FORCED_ERRORS)),
});

/** A custom user as it was read: days instead of dates, `undefined` for what is not told. */
export type CustomUser = z.output<typeof CUSTOM_USER_SCHEMA>;
export type CustomAccount = NonNullable<CustomUser["override_accounts"]>[number];
