import { Field, ID, Int, InterfaceType, ObjectType } from "type-graphql";
import type { LiabilityKind } from "./enums.ts";
import { Node } from "./node.ts";
import { Provenance } from "./provenance.ts";
import { GraphQLDate, GraphQLDecimal } from "./scalars.ts";

@ObjectType({ description: "One interest rate of a credit card.", simpleResolvers: true })
export class Apr {
  @Field(() => GraphQLDecimal, { description: 'Annual percentage rate: "15.24" is 15.24 %.', nullable: true })
  percentage!: string | null;
  @Field(() => String, {
    description: "What it applies to, as the provider words it: purchase_apr, cash_apr, balance_transfer_apr, special.",
  })
  type!: string;
  @Field(() => GraphQLDecimal, {
    description: "The balance that it applies to, in the account's currency; issuers compute it in different ways.",
    nullable: true,
  })
  balanceSubjectToApr!: string | null;
  @Field(() => GraphQLDecimal, {
    description: "The interest charged with the last statement, in the account's currency.",
    nullable: true,
  })
  interestChargeAmount!: string | null;
}

@ObjectType({ description: "A postal address.", simpleResolvers: true })
export class PostalAddress {
  @Field(() => String, { description: "Street and number.", nullable: true })
  street!: string | null;
  @Field(() => String, { description: "City or town.", nullable: true })
  city!: string | null;
  @Field(() => String, { description: "State, province or region, e.g. CA.", nullable: true })
  region!: string | null;
  @Field(() => String, { description: "Postal or ZIP code.", nullable: true })
  postalCode!: string | null;
  @Field(() => String, { description: "ISO 3166-1 alpha-2 code, e.g. US.", nullable: true })
  country!: string | null;
}

@InterfaceType({
  description: "What is owed on an account, with its terms. Amounts are in the account's currency.",
  implements: [Node],
})
export abstract class Liability {
  kind!: LiabilityKind;
  /** Our uuid of the item. */
  itemId!: string;
  /** The aggregator's account_id; null when it names none. */
  remoteAccountId!: string | null;
  /** The record as received. */
  record!: unknown;
  @Field(() => ID, { description: "Global id, stable as long as the item stays linked." })
  id!: string;
  @Field(() => GraphQLDecimal, { description: "The amount of the last payment.", nullable: true })
  lastPaymentAmount!: string | null;
  @Field(() => GraphQLDate, { description: "The day of the last payment.", nullable: true })
  lastPaymentDate!: string | null;
  @Field(() => GraphQLDate, {
    description: "The day by which the next payment is due; null when none is expected.",
    nullable: true,
  })
  nextPaymentDueDate!: string | null;
  @Field(() => Boolean, { description: "For a mortgage: whether an amount is past due.", nullable: true })
  isOverdue!: boolean | null;
  @Field(() => Provenance, { description: "Which upstream answer the liability came from, and when." })
  provenance!: Provenance;
}

@ObjectType({ description: "What is owed on a credit card.", implements: [Liability], simpleResolvers: true })
export class CreditCardLiability extends Liability {
  @Field(() => [Apr], { description: "Its interest rates; empty when the issuer gives none." })
  aprs!: Apr[];
  @Field(() => GraphQLDate, { description: "The day of the last statement.", nullable: true })
  lastStatementIssueDate!: string | null;
  @Field(() => GraphQLDecimal, {
    description: "What was owed as of the last statement. Null where the provider does not say (Link Money).",
    nullable: true,
  })
  lastStatementBalance!: string | null;
  @Field(() => GraphQLDecimal, { description: "The least that must be paid for the coming cycle.", nullable: true })
  minimumPaymentAmount!: string | null;
}

@ObjectType({ description: "What is owed on a mortgage.", implements: [Liability], simpleResolvers: true })
export class MortgageLiability extends Liability {
  /** Shown with scope numbers:read. */
  fullAccountNumber!: string | null;
  @Field(() => GraphQLDecimal, { description: "Outstanding fees for late payment.", nullable: true })
  currentLateFee!: string | null;
  @Field(() => GraphQLDecimal, { description: "What is held in escrow for taxes and insurance.", nullable: true })
  escrowBalance!: string | null;
  @Field(() => Boolean, { description: "Whether private mortgage insurance is in effect.", nullable: true })
  hasPmi!: boolean | null;
  @Field(() => Boolean, { description: "Whether paying it off early costs a penalty.", nullable: true })
  hasPrepaymentPenalty!: boolean | null;
  @Field(() => GraphQLDecimal, { description: 'Yearly interest rate: "3.99" is 3.99 %.', nullable: true })
  interestRatePercentage!: string | null;
  @Field(() => String, { description: "fixed or variable, as the provider words it.", nullable: true })
  interestRateType!: string | null;
  @Field(() => String, { description: 'The whole term as agreed at the start, in words: "30 year".', nullable: true })
  loanTerm!: string | null;
  @Field(() => String, { description: "The type of loan in the servicer's words: conventional ...", nullable: true })
  loanTypeDescription!: string | null;
  @Field(() => GraphQLDate, { description: "The day on which all of it is due.", nullable: true })
  maturityDate!: string | null;
  @Field(() => GraphQLDecimal, { description: "The amount of the next payment.", nullable: true })
  nextMonthlyPayment!: string | null;
  @Field(() => GraphQLDate, { description: "The day on which it was lent.", nullable: true })
  originationDate!: string | null;
  @Field(() => GraphQLDecimal, { description: "What was lent.", nullable: true })
  originationPrincipalAmount!: string | null;
  @Field(() => GraphQLDecimal, { description: "Principal and interest that are past due.", nullable: true })
  pastDueAmount!: string | null;
  @Field(() => PostalAddress, { description: "The address of the property.", nullable: true })
  propertyAddress!: PostalAddress | null;
  @Field(() => GraphQLDecimal, { description: "Interest paid since the beginning of the year.", nullable: true })
  ytdInterestPaid!: string | null;
  @Field(() => GraphQLDecimal, { description: "Principal paid since the beginning of the year.", nullable: true })
  ytdPrincipalPaid!: string | null;
}

@ObjectType({ description: "What is owed on a student loan.", implements: [Liability], simpleResolvers: true })
export class StudentLoanLiability extends Liability {
  /** Shown with scope numbers:read. */
  fullAccountNumber!: string | null;
  @Field(() => [GraphQLDate], { description: "The days on which it was or will be paid out.", nullable: true })
  disbursementDates!: string[] | null;
  @Field(() => GraphQLDate, { description: "The day by which it is expected to be paid off.", nullable: true })
  expectedPayoffDate!: string | null;
  @Field(() => String, { description: "Who guarantees it, e.g. DEPT OF ED.", nullable: true })
  guarantor!: string | null;
  @Field(() => GraphQLDecimal, { description: 'Yearly interest rate: "5.25" is 5.25 %.', nullable: true })
  interestRatePercentage!: string | null;
  @Field(() => GraphQLDate, { description: "The day of the last statement.", nullable: true })
  lastStatementIssueDate!: string | null;
  @Field(() => String, { description: "The kind of loan, e.g. Consolidation.", nullable: true })
  loanName!: string | null;
  @Field(() => String, {
    description: "Where the loan stands, as the provider words it: repayment, deferment, in school, paid in full ...",
    nullable: true,
  })
  loanStatus!: string | null;
  @Field(() => GraphQLDate, { description: "The day until which that status holds.", nullable: true })
  loanStatusEndDate!: string | null;
  @Field(() => GraphQLDecimal, {
    description:
      "The least that must be paid for the coming cycle; some servicers give that of all their loans together.",
    nullable: true,
  })
  minimumPaymentAmount!: string | null;
  @Field(() => GraphQLDate, { description: "The day on which it was lent.", nullable: true })
  originationDate!: string | null;
  @Field(() => GraphQLDecimal, { description: "What was lent.", nullable: true })
  originationPrincipalAmount!: string | null;
  @Field(() => GraphQLDecimal, {
    description: "Interest that has accrued and is not paid; null where it is part of the balance.",
    nullable: true,
  })
  outstandingInterestAmount!: string | null;
  @Field(() => String, { description: "The number to give with a payment; often the account number.", nullable: true })
  paymentReferenceNumber!: string | null;
  @Field(() => GraphQLDate, {
    description:
      "Public Service Loan Forgiveness: the day on which 120 qualifying payments are expected to be reached.",
    nullable: true,
  })
  pslfEstimatedEligibilityDate!: string | null;
  @Field(() => Int, {
    description: "Public Service Loan Forgiveness: qualifying payments made so far.",
    nullable: true,
  })
  pslfPaymentsMade!: number | null;
  @Field(() => Int, {
    description: "Public Service Loan Forgiveness: qualifying payments still to be made.",
    nullable: true,
  })
  pslfPaymentsRemaining!: number | null;
  @Field(() => String, {
    description: "The kind of repayment plan, as the provider words it: standard, income-based repayment ...",
    nullable: true,
  })
  repaymentPlanType!: string | null;
  @Field(() => String, { description: "The repayment plan in the servicer's words.", nullable: true })
  repaymentPlanDescription!: string | null;
  @Field(() => String, { description: "Tells the loans of one account apart.", nullable: true })
  sequenceNumber!: string | null;
  @Field(() => PostalAddress, { description: "Where the servicer takes payments.", nullable: true })
  servicerAddress!: PostalAddress | null;
  @Field(() => GraphQLDecimal, { description: "Interest paid since the beginning of the year.", nullable: true })
  ytdInterestPaid!: string | null;
  @Field(() => GraphQLDecimal, { description: "Principal paid since the beginning of the year.", nullable: true })
  ytdPrincipalPaid!: string | null;
}
