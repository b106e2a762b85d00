import { Field, Float, ID, ObjectType } from "type-graphql";
import { Node } from "./node.ts";
import { Provenance } from "./provenance.ts";
import { GraphQLDate, GraphQLDateTime, GraphQLDecimal, GraphQLUrl } from "./scalars.ts";

@ObjectType({
  description: "What a transaction was for, in a taxonomy made for people's own finances.",
  simpleResolvers: true,
})
export class PersonalFinanceCategory {
  @Field(() => String, { description: "The broad category, e.g. FOOD_AND_DRINK." })
  primary!: string;
  @Field(() => String, { description: "The narrow category, e.g. FOOD_AND_DRINK_GROCERIES." })
  detailed!: string;
  @Field(() => String, {
    description: "How sure the provider is, as it words it: VERY_HIGH, HIGH, MEDIUM, LOW, UNKNOWN.",
    nullable: true,
  })
  confidenceLevel!: string | null;
}

@ObjectType({ description: "What a transaction was for, in a taxonomy made for lenders.", simpleResolvers: true })
export class CreditCategory {
  @Field(() => String, { description: "The broad category, e.g. FOOD_AND_DRINK." })
  primary!: string;
  @Field(() => String, { description: "The narrow category, e.g. FOOD_AND_DRINK_GROCERIES." })
  detailed!: string;
}

@ObjectType({ description: "Where a transaction took place.", simpleResolvers: true })
export class Location {
  @Field(() => String, { description: "Street and number.", nullable: true })
  address!: string | null;
  @Field(() => String, { description: "City or town.", nullable: true })
  city!: string | null;
  @Field(() => String, { description: "State, province or region, e.g. CA.", nullable: true })
  region!: string | null;
  @Field(() => String, { description: "Postal or ZIP code.", nullable: true })
  postalCode!: string | null;
  @Field(() => String, { description: "ISO 3166-1 alpha-2 code, e.g. US.", nullable: true })
  country!: string | null;
  @Field(() => Float, { description: "Latitude, degrees.", nullable: true })
  lat!: number | null;
  @Field(() => Float, { description: "Longitude, degrees.", nullable: true })
  lon!: number | null;
  @Field(() => String, { description: "The merchant's own number of the store.", nullable: true })
  storeNumber!: string | null;
}

@ObjectType({
  description: "What a payment says of itself; mostly for transfers between banks.",
  simpleResolvers: true,
})
export class PaymentMeta {
  @Field(() => String, { description: "The institution's reference of the payment.", nullable: true })
  referenceNumber!: string | null;
  @Field(() => String, { description: "The payer's ACH PPD id.", nullable: true })
  ppdId!: string | null;
  @Field(() => String, { description: "Who receives a transfer.", nullable: true })
  payee!: string | null;
  @Field(() => String, { description: "Who ordered a wire transfer.", nullable: true })
  byOrderOf!: string | null;
  @Field(() => String, { description: "Who pays a transfer.", nullable: true })
  payer!: string | null;
  @Field(() => String, { description: "The kind of transfer, e.g. ACH.", nullable: true })
  paymentMethod!: string | null;
  @Field(() => String, { description: "Who processed the payment.", nullable: true })
  paymentProcessor!: string | null;
  @Field(() => String, { description: "What the payer wrote.", nullable: true })
  reason!: string | null;
}

@ObjectType({ description: "Advice about one transaction, from Link Money.", simpleResolvers: true })
export class TransactionInsight {
  @Field(() => String, { description: "The advice, for people.", nullable: true })
  text!: string | null;
  @Field(() => GraphQLUrl, { description: "Where the advice leads to.", nullable: true })
  ctaUrl!: string | null;
  @Field(() => GraphQLUrl, { description: "A picture for the advice.", nullable: true })
  imageUrl!: string | null;
  @Field(() => String, { description: "What it recommends.", nullable: true })
  recommendation!: string | null;
  @Field(() => GraphQLDecimal, { description: "What could be saved, in the transaction's currency.", nullable: true })
  amountFound!: string | null;
}

@ObjectType({
  description: "One movement of money, of an account or of a report.",
  implements: [Node],
  simpleResolvers: true,
})
export class Transaction {
  /** The account that it is of: our uuid of the item, and the aggregator's account_id; null in a report. */
  accountKey!: { itemId: string; remoteId: string } | null;
  /** The record as received. */
  record!: unknown;
  @Field(() => ID, { description: "Global id; a report's transaction has an id of its own." })
  id!: string;
  @Field(() => String, { description: "The provider's own transaction_id." })
  remoteId!: string;
  @Field(() => GraphQLDecimal, { description: "Positive when money leaves the account." })
  amount!: string;
  @Field(() => String, {
    description: "ISO 4217 code, or the provider's unofficial one; null when neither is known.",
    nullable: true,
  })
  currency!: string | null;
  @Field(() => Boolean, {
    description: "Whether currency is an ISO 4217 code; null when there is none.",
    nullable: true,
  })
  currencyOfficial!: boolean | null;
  @Field(() => GraphQLDate, {
    description: "The day on which it was posted; while it is pending, on which it occurred.",
  })
  date!: string;
  @Field(() => GraphQLDateTime, { description: "The moment of date; few institutions say.", nullable: true })
  datetime!: string | null;
  @Field(() => GraphQLDate, { description: "The day on which the payment was authorized.", nullable: true })
  authorizedDate!: string | null;
  @Field(() => GraphQLDateTime, { description: "The moment of authorizedDate; few institutions say.", nullable: true })
  authorizedDatetime!: string | null;
  @Field(() => GraphQLDate, { description: "The day on which it took place; in reports.", nullable: true })
  dateTransacted!: string | null;
  @Field(() => String, {
    description:
      "Its description, made readable; merchantName and originalDescription say it better. In a report it is an insight.",
    nullable: true,
  })
  name!: string | null;
  @Field(() => String, {
    description: "The merchant, made readable; null where there is none, as for checks. In a report it is an insight.",
    nullable: true,
  })
  merchantName!: string | null;
  @Field(() => String, { description: "The institution's own words.", nullable: true })
  originalDescription!: string | null;
  @Field(() => [String], {
    description:
      'What it was for, from broad to narrow: ["Food and Drink", "Restaurants"]. In a report it is an insight.',
    nullable: true,
  })
  category!: string[] | null;
  @Field(() => String, { description: "The provider's id of category. In a report it is an insight.", nullable: true })
  categoryId!: string | null;
  @Field(() => PersonalFinanceCategory, {
    description: "What it was for, in the newer taxonomy; null where the provider does not say.",
    nullable: true,
  })
  personalFinanceCategory!: PersonalFinanceCategory | null;
  @Field(() => CreditCategory, { description: "The category for credit decisions; in reports alone.", nullable: true })
  creditCategory!: CreditCategory | null;
  @Field(() => String, {
    description: "The same for all transactions from one source of income; in reports.",
    nullable: true,
  })
  incomeSourceId!: string | null;
  @Field(() => ID, {
    description: "The pending transaction that this one settled: take it out of the cache.",
    nullable: true,
  })
  pendingTransactionId!: string | null;
  @Field(() => Boolean, { description: "Whether it is still to be settled: then it can change or vanish." })
  pending!: boolean;
  @Field(() => String, {
    description: "How it was made, as the provider words it: online, in store, other.",
    nullable: true,
  })
  paymentChannel!: string | null;
  @Field(() => String, {
    description: "How it was made, in an older wording of the provider: digital, place, special, unresolved.",
    nullable: true,
  })
  transactionType!: string | null;
  @Field(() => String, {
    description:
      "The institution's kind of transaction, as the provider words it: direct debit, transfer ... Mostly in Europe.",
    nullable: true,
  })
  transactionCode!: string | null;
  @Field(() => String, { description: "The number of the check, for checks.", nullable: true })
  checkNumber!: string | null;
  @Field(() => String, { description: "The name of a sub-account's owner; rare.", nullable: true })
  accountOwner!: string | null;
  @Field(() => Location, {
    description: "Where it took place; its fields are null when that is not known. In a report it is an insight.",
    nullable: true,
  })
  location!: Location | null;
  @Field(() => PaymentMeta, {
    description: "What the payment says of itself. In a report it is an insight.",
    nullable: true,
  })
  paymentMeta!: PaymentMeta | null;
  @Field(() => TransactionInsight, {
    description: "Saving advice that Link Money attaches to a transaction.",
    nullable: true,
  })
  insight!: TransactionInsight | null;
  @Field(() => Provenance, { description: "Which upstream answer the transaction came from, and when." })
  provenance!: Provenance;
}
