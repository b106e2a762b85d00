import { Field, ID, ObjectType } from "type-graphql";
import { Node } from "./node.ts";
import { GraphQLDate, GraphQLDateTime, GraphQLDecimal } from "./scalars.ts";

@ObjectType({ description: "The terms of an option.", simpleResolvers: true })
export class OptionContract {
  @Field(() => String, { description: "put or call, as the provider words it.", nullable: true })
  contractType!: string | null;
  @Field(() => GraphQLDate, { description: "The day on which it expires.", nullable: true })
  expirationDate!: string | null;
  @Field(() => GraphQLDecimal, {
    description: "The price at which it can be exercised, for one unit, in the security's currency.",
    nullable: true,
  })
  strikePrice!: string | null;
  @Field(() => String, { description: "The ticker symbol of what it is an option on.", nullable: true })
  underlyingSecurityTicker!: string | null;
}

@ObjectType({ description: "The terms of a bond, bill or other security with fixed income.", simpleResolvers: true })
export class FixedIncome {
  @Field(() => GraphQLDecimal, { description: 'The expected rate of return: "5.43" is 5.43 %.', nullable: true })
  yieldPercentage!: string | null;
  @Field(() => String, {
    description: "How the rate is reckoned, as the provider words it: coupon, coupon_equivalent, discount, yield.",
    nullable: true,
  })
  yieldType!: string | null;
  @Field(() => GraphQLDate, { description: "The day on which it is paid back.", nullable: true })
  maturityDate!: string | null;
  @Field(() => GraphQLDate, { description: "The day on which it was issued.", nullable: true })
  issueDate!: string | null;
  @Field(() => GraphQLDecimal, {
    description: "What is paid at maturity for one unit, in the security's currency.",
    nullable: true,
  })
  faceValue!: string | null;
}

@ObjectType({
  description: "What can be held: a share, fund, bond, option, currency ... It belongs to no person.",
  implements: [Node],
  simpleResolvers: true,
})
export class Security {
  @Field(() => ID, { description: "Global id." })
  id!: string;
  @Field(() => String, {
    description: "The provider's own security_id; usually, but not surely, the same over institutions.",
  })
  remoteId!: string;
  @Field(() => String, { description: "Its name, for people.", nullable: true })
  name!: string | null;
  @Field(() => String, {
    description: "Its ticker symbol on the exchange; for currencies e.g. CUR:BTC.",
    nullable: true,
  })
  tickerSymbol!: string | null;
  @Field(() => String, {
    description:
      "Its kind, as the provider words it: cash, cryptocurrency, derivative, equity, etf, fixed income, loan, mutual fund, other.",
    nullable: true,
  })
  type!: string | null;
  @Field(() => Boolean, { description: "Whether it can be treated like cash.", nullable: true })
  isCashEquivalent!: boolean | null;
  @Field(() => String, { description: "ISIN, 12 characters; null without a license for it.", nullable: true })
  isin!: string | null;
  @Field(() => String, { description: "CUSIP, 9 characters; null without a license for it.", nullable: true })
  cusip!: string | null;
  @Field(() => String, { description: "SEDOL, 7 characters; often null.", nullable: true })
  sedol!: string | null;
  @Field(() => String, { description: "The institution's own id of it.", nullable: true })
  institutionSecurityId!: string | null;
  @Field(() => String, {
    description: "The provider's institution_id of the institution that gave institutionSecurityId.",
    nullable: true,
  })
  remoteInstitutionId!: string | null;
  @Field(() => String, {
    description: "The provider's security_id of another security that behaves like this one; rare.",
    nullable: true,
  })
  remoteProxySecurityId!: string | null;
  @Field(() => GraphQLDecimal, {
    description: "Price of one unit at the last close; null for what is not traded in public.",
    nullable: true,
  })
  closePrice!: string | null;
  @Field(() => GraphQLDate, { description: "The day for which closePrice holds.", nullable: true })
  closePriceAsOf!: string | null;
  @Field(() => GraphQLDateTime, { description: "The moment for which closePrice holds.", nullable: true })
  closePriceDatetime!: string | null;
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
  @Field(() => String, {
    description: "ISO 10383 code of the market, e.g. XNAS. Null where the provider does not say (Link Money).",
    nullable: true,
  })
  marketIdentifierCode!: string | null;
  @Field(() => String, {
    description: "Its sector, as the provider words it: Finance ... Null where the provider does not say (Link Money).",
    nullable: true,
  })
  sector!: string | null;
  @Field(() => String, {
    description:
      "Its industry, as the provider words it: Airlines ... Null where the provider does not say (Link Money).",
    nullable: true,
  })
  industry!: string | null;
  @Field(() => OptionContract, {
    description: "The terms, where it is an option. Null where the provider does not say (Link Money).",
    nullable: true,
  })
  optionContract!: OptionContract | null;
  @Field(() => FixedIncome, {
    description: "The terms, where it has fixed income. Null where the provider does not say (Link Money).",
    nullable: true,
  })
  fixedIncome!: FixedIncome | null;
}
