import type { CreditCardLiability, LiabilitiesObject, MortgageLiability, StudentLoan } from "plaid";
import type { Plain } from "../plain.ts";
import { dollars } from "../world/cents.ts";
import { createChance } from "../world/chance.ts";
import { addMonths, type Day, isoDate, nextDate } from "../world/day.ts";
import type { Loan, LoanState } from "../world/loan.ts";
import type { AprType } from "../world/plan.ts";
import type { World, WorldAccount, WorldCard, WorldLoan } from "../world/world.ts";

const isCard = (account: WorldAccount): account is WorldCard => account.plan.type === "credit";
/** A mortgage or a student loan: of other loans, as a business has them, the aggregators know no liability. */
const isLoan = (account: WorldAccount): account is WorldLoan =>
  "loan" in account && (["mortgage", "student"].includes(account.plan.subtype) || account.plan.told !== undefined);

/** Whether the account is a card, or a loan of a kind that is known and of known terms. */
export function isLiability(account: WorldAccount): boolean {
  return isCard(account) || isLoan(account);
}

/** What is known of the cards and loans among these accounts; a kind that there is none of is null. */
export function liabilitiesAnswer(world: World, among: readonly WorldAccount[]): Plain<LiabilitiesObject> {
  const loans = (isMortgage: boolean) =>
    among.filter(isLoan).filter(({ plan }) => (plan.subtype === "mortgage") === isMortgage);
  const orNull = <T>(list: T[]) => (list.length > 0 ? list : null);
  return {
    credit: orNull(among.filter(isCard).map(cardAnswer)),
    mortgage: orNull(loans(true).map(mortgageAnswer)),
    student: orNull(loans(false).map((account) => studentLoanAnswer(account, world))),
  };
}

/** Paid in full every month, so only purchases stand and none costs interest. */
function cardAnswer({ id, plan, statement, lastPayment }: WorldCard): Plain<CreditCardLiability> {
  const standing = (usual: number, type: AprType, subject = 0) => ({
    apr_percentage: plan.aprs?.[type] ?? usual,
    apr_type: type,
    balance_subject_to_apr: subject,
    interest_charge_amount: 0,
  });
  const minimum = Math.min(statement.amount, Math.max(2_000, Math.round(statement.amount / 50)));
  return {
    account_id: id,
    aprs: [
      standing(15.24, "balance_transfer_apr"),
      standing(27.95, "cash_apr"),
      standing(12.5, "purchase_apr", dollars(Math.max(0, statement.amount))),
      standing(0, "special"),
    ],
    is_overdue: false,
    last_payment_amount: lastPayment && dollars(lastPayment.amount),
    last_payment_date: lastPayment && isoDate(lastPayment.day),
    last_statement_balance: dollars(statement.amount),
    last_statement_issue_date: isoDate(statement.day),
    minimum_payment_amount: dollars(Math.max(0, minimum)),
    next_payment_due_date: isoDate(nextDate(25, statement.day)),
    ...plan.told,
  };
}

function mortgageAnswer({ id, plan, loan, state }: WorldLoan): Plain<MortgageLiability> {
  const { lastPayment, nextPayment } = state;
  return {
    account_id: id,
    account_number: createChance("number", id).int(1_000_000, 9_999_999) + plan.mask,
    current_late_fee: 25,
    escrow_balance: dollars(plan.terms.escrow * 6),
    has_pmi: false,
    has_prepayment_penalty: false,
    interest_rate: { percentage: plan.terms.yearlyBasisPoints / 100, type: "fixed" },
    last_payment_amount: lastPayment && dollars(lastPayment.amount + plan.terms.escrow),
    last_payment_date: lastPayment && isoDate(lastPayment.day),
    loan_term: `${plan.terms.months / 12} year`,
    loan_type_description: "conventional",
    maturity_date: isoDate(loan.paidOff),
    next_monthly_payment: nextPayment && dollars(nextPayment.amount + plan.terms.escrow),
    next_payment_due_date: nextPayment && isoDate(nextPayment.day),
    origination_date: isoDate(loan.originated),
    origination_principal_amount: dollars(plan.terms.principal),
    past_due_amount: 0,
    property_address: {
      city: "Malakoff",
      country: "US",
      postal_code: "14236",
      region: "NY",
      street: "2992 Cameron Road",
    },
    ytd_interest_paid: dollars(state.interestThisYear),
    ytd_principal_paid: dollars(state.principalThisYear),
  };
}

function studentLoanAnswer({ id, plan, loan, state }: WorldLoan, { today }: World): Plain<StudentLoan> {
  const { lastPayment, nextPayment } = state;
  const number = createChance("number", id).int(100_000, 999_999) + plan.mask;
  const forgivenAfter = 120;
  return {
    account_id: id,
    account_number: number,
    disbursement_dates: [isoDate(loan.originated)],
    expected_payoff_date: isoDate(loan.paidOff),
    guarantor: "DEPT OF ED",
    interest_rate_percentage: plan.terms.yearlyBasisPoints / 100,
    is_overdue: false,
    last_payment_amount: lastPayment && dollars(lastPayment.amount),
    last_payment_date: lastPayment && isoDate(lastPayment.day),
    last_statement_balance: dollars(state.balance),
    last_statement_issue_date: lastPayment && isoDate(lastPayment.day),
    loan_name: "Consolidation",
    loan_status: { end_date: isoDate(loan.paidOff), type: statusOf(state, loan, today) },
    minimum_payment_amount: nextPayment && dollars(nextPayment.amount),
    next_payment_due_date: nextPayment && isoDate(nextPayment.day),
    origination_date: isoDate(loan.originated),
    origination_principal_amount: dollars(plan.terms.principal),
    outstanding_interest_amount: dollars(state.interestAccrued),
    payment_reference_number: number,
    pslf_status: {
      estimated_eligibility_date: isoDate(addMonths(today, Math.max(0, forgivenAfter - state.paymentsMade))),
      payments_made: state.paymentsMade,
      payments_remaining: Math.max(0, forgivenAfter - state.paymentsMade),
    },
    repayment_plan: { description: "Standard Repayment", type: "standard" },
    sequence_number: "1",
    servicer_address: {
      city: "San Matias",
      country: "US",
      postal_code: "99415",
      region: "CA",
      street: "123 Relaxation Road",
    },
    ytd_interest_paid: dollars(state.interestThisYear),
    ytd_principal_paid: dollars(state.principalThisYear),
    ...plan.told,
  };
}

function statusOf({ balance, paymentsMade }: LoanState, { originated, paidOff }: Loan, today: Day) {
  if (balance === 0 && paymentsMade > 0) return "paid in full";
  return paymentsMade === 0 && today > originated && today < paidOff ? "in grace" : "repayment";
}
