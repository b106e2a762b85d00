import type {
  APR,
  CreditCardLiability,
  MortgageInterestRate,
  MortgageLiability,
  PSLFStatus,
  StudentLoan,
  StudentLoanStatus,
  StudentRepaymentPlan,
} from "plaid";
import type { LiabilityKind } from "../../schema/enums.ts";
import type { Apr } from "../../schema/liability.ts";
import { compare } from "../../src/decimal.ts";
import type { LeftOut, LiabilitiesData, LiabilityRecord } from "../adapter.ts";
import { bool, date, decimal, int, text, textOrNumber } from "../fields.ts";
import { isObject, raw, readList, required } from "../records.ts";
import { normalizeAccount } from "./normalize-account.ts";
import { postalAddressOf } from "./postal-address-of.ts";
import { uniqueKeys } from "./unique-keys.ts";

/** The answer of /liabilities/get. @throws GatewayError PROVIDER_BAD_RESPONSE when it holds no liabilities object at all. */
export function normalizeLiabilities(body: Record<string, unknown>, leftOut: LeftOut[]): LiabilitiesData {
  const found = required(
    isObject(body.liabilities) ? body.liabilities : null,
    body.liabilities,
    "liabilities",
    "an object",
  );
  const unique = uniqueKeys();
  const read = (list: unknown, name: string, one: (value: unknown, path: string) => LiabilityRecord) =>
    readList(list, `liabilities.${name}`, leftOut, (value, at) => {
      const record = one(value, at);
      return { ...record, key: unique(record.key) };
    });
  return {
    accounts: readList(body.accounts, "accounts", leftOut, normalizeAccount),
    liabilities: [
      ...read(found.credit, "credit", (value, at) => creditCard(value, at, leftOut)),
      ...read(found.mortgage, "mortgage", mortgage),
      ...read(found.student, "student", studentLoan),
    ],
  };
}

function common<K extends LiabilityKind>(kind: K, value: unknown) {
  const liability = raw<CreditCardLiability>(value);
  const remoteAccountId = text(liability.account_id);
  return {
    kind,
    key: remoteAccountId === null ? kind : `${kind}/${remoteAccountId}`,
    remoteAccountId,
    record: value,
    lastPaymentAmount: decimal(liability.last_payment_amount),
    lastPaymentDate: date(liability.last_payment_date),
    nextPaymentDueDate: date(liability.next_payment_due_date),
    isOverdue: bool(liability.is_overdue),
  };
}

function creditCard(value: unknown, path: string, leftOut: LeftOut[]): LiabilityRecord {
  mustBeObject(value, path);
  const card = raw<CreditCardLiability>(value);
  return {
    ...common("CREDIT_CARD", value),
    aprs: readList(card.aprs, `${path}.aprs`, leftOut, aprOf),
    lastStatementIssueDate: date(card.last_statement_issue_date),
    lastStatementBalance: decimal(card.last_statement_balance),
    minimumPaymentAmount: decimal(card.minimum_payment_amount),
  };
}

function aprOf(value: unknown, path: string): Apr {
  const apr = raw<APR>(value);
  return {
    percentage: decimal(apr.apr_percentage),
    type: required(text(apr.apr_type), apr.apr_type, `${path}.apr_type`, "a string"),
    balanceSubjectToApr: decimal(apr.balance_subject_to_apr),
    interestChargeAmount: decimal(apr.interest_charge_amount),
  };
}

function mortgage(value: unknown, path: string): LiabilityRecord {
  mustBeObject(value, path);
  const loan = raw<MortgageLiability>(value);
  const rate = raw<MortgageInterestRate>(loan.interest_rate);
  const pastDueAmount = decimal(loan.past_due_amount);
  return {
    ...common("MORTGAGE", value),
    isOverdue: pastDueAmount === null ? null : compare(pastDueAmount, "0") > 0,
    fullAccountNumber: textOrNumber(loan.account_number),
    currentLateFee: decimal(loan.current_late_fee),
    escrowBalance: decimal(loan.escrow_balance),
    hasPmi: bool(loan.has_pmi),
    hasPrepaymentPenalty: bool(loan.has_prepayment_penalty),
    interestRatePercentage: decimal(rate.percentage),
    interestRateType: text(rate.type),
    loanTerm: text(loan.loan_term),
    loanTypeDescription: text(loan.loan_type_description),
    maturityDate: date(loan.maturity_date),
    nextMonthlyPayment: decimal(loan.next_monthly_payment),
    originationDate: date(loan.origination_date),
    originationPrincipalAmount: decimal(loan.origination_principal_amount),
    pastDueAmount,
    propertyAddress: postalAddressOf(loan.property_address),
    ytdInterestPaid: decimal(loan.ytd_interest_paid),
    ytdPrincipalPaid: decimal(loan.ytd_principal_paid),
  };
}

function studentLoan(value: unknown, path: string): LiabilityRecord {
  mustBeObject(value, path);
  const loan = raw<StudentLoan>(value);
  const status = raw<StudentLoanStatus>(loan.loan_status);
  const pslf = raw<PSLFStatus>(loan.pslf_status);
  const plan = raw<StudentRepaymentPlan>(loan.repayment_plan);
  return {
    ...common("STUDENT_LOAN", value),
    fullAccountNumber: textOrNumber(loan.account_number),
    disbursementDates: Array.isArray(loan.disbursement_dates)
      ? loan.disbursement_dates.map(date).filter((day) => day !== null)
      : null,
    expectedPayoffDate: date(loan.expected_payoff_date),
    guarantor: text(loan.guarantor),
    interestRatePercentage: decimal(loan.interest_rate_percentage),
    lastStatementIssueDate: date(loan.last_statement_issue_date),
    loanName: text(loan.loan_name),
    loanStatus: text(status.type),
    loanStatusEndDate: date(status.end_date),
    minimumPaymentAmount: decimal(loan.minimum_payment_amount),
    originationDate: date(loan.origination_date),
    originationPrincipalAmount: decimal(loan.origination_principal_amount),
    outstandingInterestAmount: decimal(loan.outstanding_interest_amount),
    paymentReferenceNumber: textOrNumber(loan.payment_reference_number),
    pslfEstimatedEligibilityDate: date(pslf.estimated_eligibility_date),
    pslfPaymentsMade: int(pslf.payments_made),
    pslfPaymentsRemaining: int(pslf.payments_remaining),
    repaymentPlanType: text(plan.type),
    repaymentPlanDescription: text(plan.description),
    sequenceNumber: textOrNumber(loan.sequence_number),
    servicerAddress: postalAddressOf(loan.servicer_address),
    ytdInterestPaid: decimal(loan.ytd_interest_paid),
    ytdPrincipalPaid: decimal(loan.ytd_principal_paid),
  };
}

function mustBeObject(value: unknown, path: string): void {
  required(isObject(value) ? value : null, value, path, "an object");
}
