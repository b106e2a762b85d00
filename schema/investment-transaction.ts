import { Field, ID, ObjectType } from "type-graphql";
import { Node } from "./node.ts";
import { Provenance } from "./provenance.ts";
import { GraphQLDate, GraphQLDecimal } from "./scalars.ts";
import { Security } from "./security.ts";

@ObjectType({
  description: "A trade, or a movement of cash, in an investment account. Amounts are in the transaction's currency.",
  implements: [Node],
  simpleResolvers: true,
})
export class InvestmentTransaction {
  /** The account that it is of: our uuid of the item, and the aggregator's account_id; null in a report. */
  accountKey!: { itemId: string; remoteId: string } | null;
  /** The record as received. */
  record!: unknown;
  @Field(() => ID, { description: "Global id; a report's transaction has an id of its own." })
  id!: string;
  @Field(() => Security, {
    description: "What was traded; null for cash alone, and when the provider describes none.",
    nullable: true,
  })
  security!: Security | null;
  @Field(() => String, { description: "The provider's own investment_transaction_id." })
  remoteId!: string;
  @Field(() => ID, {
    description:
      "The transaction that this one cancels: take it out of the cache. Null, too, where the two were not told together.",
    nullable: true,
  })
  cancelTransactionId!: string | null;
  @Field(() => GraphQLDate, { description: "The day on which it was posted." })
  date!: string;
  @Field(() => String, { description: "The institution's description of it.", nullable: true })
  name!: string | null;
  @Field(() => GraphQLDecimal, {
    description: "How much of the security was traded: positive when bought, negative when sold.",
    nullable: true,
  })
  quantity!: string | null;
  @Field(() => GraphQLDecimal, {
    description:
      "The value of the whole transaction: positive when cash leaves the account, as for a purchase; negative when it comes in.",
  })
  amount!: string;
  @Field(() => GraphQLDecimal, { description: "The price of one unit of the security.", nullable: true })
  price!: string | null;
  @Field(() => GraphQLDecimal, { description: "All fees on it together.", nullable: true })
  fees!: string | null;
  @Field(() => String, {
    description: "Its kind, as the provider words it: buy, sell, cancel, cash, fee, transfer.",
  })
  type!: string;
  @Field(() => String, {
    description: "Its kind more closely, as the provider words it: dividend, contribution, management fee ...",
    nullable: true,
  })
  subtype!: string | null;
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
  @Field(() => Provenance, { description: "Which upstream answer the transaction came from, and when." })
  provenance!: Provenance;
}
