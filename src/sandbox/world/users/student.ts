import { ach } from "../description.ts";
import { OWNERS } from "../owners.ts";
import type { LoanPlan, UserPlan } from "../plan.ts";
import { bill, card, income, repay, shopping } from "../routines.ts";

const owner = OWNERS.nora;

const loan = (key: string, mask: string, terms: Pick<LoanPlan["terms"], "principal" | "yearlyBasisPoints" | "began">) =>
  ({
    ...{ key, name: `Student Loan ${mask}`, officialName: null, mask, type: "loan", subtype: "student", owner },
    terms: { ...terms, months: 120, paymentDate: 12, escrow: 0 },
  }) satisfies LoanPlan;

const repaid = (key: string, mask: string) =>
  repay(
    key,
    "checking",
    ach("studentPayment", "Student Loan Services", {
      raw: `STUDENT LN SVCS PYMT ${mask}`,
      payee: "Student Loan Services",
    }),
    { shown: true },
  );

/** A student with little on hand, a small card, and two student loans of which one has hardly begun to be paid back. */
export const student: UserPlan = {
  institutionId: "ins_109512",
  accounts: [
    {
      ...{ key: "checking", name: "Campus Checking", officialName: "Houndstooth Student Checking", mask: "1510" },
      ...{ type: "depository", subtype: "checking", opening: 96_430, owner },
    },
    {
      ...{ key: "card", name: "Campus Card", officialName: null, mask: "1520" },
      ...{ type: "credit", subtype: "credit card", opening: 9_860, limit: 150_000, owner },
    },
    loan("first", "1531", { principal: 1_350_000, yearlyBasisPoints: 499, began: { paidAtLinking: 26 } }),
    loan("second", "1532", { principal: 875_000, yearlyBasisPoints: 655, began: { paidAtLinking: 3 } }),
  ],
  routines: [
    income(
      "checking",
      1,
      95_000,
      ach("transferIn", "Allowance", { raw: "ACH CREDIT HOME ALLOWANCE 001510", payer: "P Lindqvist" }),
    ),
    income(
      "checking",
      15,
      61_500,
      ach("wages", "Campus Library", { raw: "CAMPUS LIBRARY PAYROLL 20715", payer: "Campus Library" }),
    ),
    bill(
      "checking",
      3,
      58_000,
      ach("rent", "Harbor Street Studios", { raw: "HARBOR ST STUDIOS ROOM 0044", payee: "Harbor Street Studios" }),
    ),
    repaid("first", "1531"),
    repaid("second", "1532"),
    shopping("card", 50, ["beanery", "noodles"]),
    shopping("card", 5, ["books"]),
    card("card", "checking"),
  ],
};
