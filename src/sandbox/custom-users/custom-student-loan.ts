import { centsOf } from "../world/cents.ts";
import { addMonths, calendar, type Day, isoDate } from "../world/day.ts";
import type { LoanTerms } from "../world/loan.ts";
import type { LoanPlan } from "../world/plan.ts";
import { addressData } from "./custom-owner.ts";
import type { CustomAccount } from "./custom-user-schema.ts";

type Liability = NonNullable<CustomAccount["liability"]>;

/** What holds of a student loan whose file does not say. */
const USUAL = { apr: 5.25, months: 120, monthsAgo: 24 };

/** A student loan's terms, and what the aggregators tell of it in words of its own. */
export function customStudentLoan(
  { liability = {} as Liability, inflow_model: inflow, starting_balance }: CustomAccount,
  linked: Day,
  usualPrincipal: number,
): Pick<LoanPlan, "terms" | "told"> {
  const { repayment_model: model, origination_date: on = addMonths(linked, -USUAL.monthsAgo) } = liability;
  const terms: LoanTerms = {
    principal: centsOf(liability.principal ?? starting_balance ?? usualPrincipal),
    yearlyBasisPoints: centsOf(liability.nominal_apr ?? USUAL.apr),
    months: model?.repayment_months ?? USUAL.months,
    began: {
      on,
      restMonths: model?.non_repayment_months ?? 0,
      capitalizedAfter: liability.interest_capitalization_grace_period_months ?? null,
    },
    paymentDate: inflow?.payment_day_of_month ?? calendar(on).date,
    interestOnly: model?.type === "interest only" || inflow?.type === "monthly-interest-only-payment",
    escrow: 0,
  };
  return { terms, told: toldOf(liability, terms) };
}

function toldOf(liability: Liability, { interestOnly }: LoanTerms): LoanPlan["told"] {
  const { loan_status: status, pslf_status: pslf, repayment_plan_description: description } = liability;
  const { expected_payoff_date: paidOff, guarantor, is_overdue, loan_name, minimum_payment_amount } = liability;
  const { payment_reference_number, sequence_number, servicer_address: servicer } = liability;
  const plan = liability.repayment_plan_type ?? (interestOnly ? "interest only" : undefined);
  const address = addressData(servicer);
  const told: LoanPlan["told"] = {
    ...{ guarantor, is_overdue, loan_name, minimum_payment_amount, payment_reference_number, sequence_number },
    expected_payoff_date: paidOff === undefined ? undefined : isoDate(paidOff),
    loan_status: status?.type && { type: status.type, end_date: dateOrNull(status.end_date) },
    pslf_status: pslf && {
      estimated_eligibility_date: dateOrNull(pslf.estimated_eligibility_date),
      payments_made: pslf.payments_made ?? null,
      payments_remaining: pslf.payments_remaining ?? null,
    },
    repayment_plan:
      (plan ?? description) === undefined
        ? undefined
        : { type: plan ?? "other", description: description ?? plan ?? null },
    servicer_address: address ?? undefined,
  };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
}

function dateOrNull(day: Day | undefined): string | null {
  return day === undefined ? null : isoDate(day);
}
