import type { AccountSubtype } from "plaid";

type Subtype = `${AccountSubtype}`;

/** The subtypes of accounts by the type that they belong to, each type's usual one first (plaid.com/docs/api/accounts, "Account type schema"). */
export const SUBTYPES = {
  depository: ["checking", "savings", "cash management", "cd", "ebt", "hsa", "money market", "paypal", "prepaid"],
  credit: ["credit card", "charge card"],
  loan: [
    ...["student", "auto", "business", "commercial", "construction", "consumer", "home equity", "line of credit"],
    ...["home equity loan", "installment", "commercial line of credit", "loan", "mortgage", "overdraft"],
  ],
  investment: [
    ...["brokerage", "401a", "401k", "403B", "457b", "529", "cash isa", "crypto exchange", "education savings account"],
    ...["fhsa", "fixed annuity", "gic", "health reimbursement arrangement", "ira", "isa", "keogh", "lif"],
    ...["life insurance", "lira", "lrif", "lrsp", "mutual fund", "non-custodial wallet"],
    ...["non-taxable brokerage account", "other annuity", "other insurance", "pension", "prediction market", "prif"],
    ...["profit sharing plan", "qshr", "rdsp", "resp", "retirement", "rlif", "roth", "roth 401k", "roth 403B"],
    ...["roth 457b", "roth pension", "roth profit sharing plan", "roth thrift savings plan", "rrif", "rrsp", "sarsep"],
    ...["sep ira", "simple ira", "sipp", "stock plan", "tfsa", "thrift savings plan", "trust", "ugma", "utma"],
    "variable annuity",
  ],
  other: ["other", "limited purpose checking"],
  payroll: ["payroll"],
} as const satisfies Record<string, readonly Subtype[]>;
