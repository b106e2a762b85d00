import { Field, Int, ObjectType } from "type-graphql";
import { Account } from "./account.ts";
import { Unavailable } from "./errors.ts";
import { GraphQLDateTime, GraphQLDecimal } from "./scalars.ts";

@ObjectType({
  description: "The sums of one currency; accounts whose currency is not known are a total of their own.",
  simpleResolvers: true,
})
export class CurrencyTotal {
  @Field(() => String, {
    description: "ISO 4217 code, or the provider's unofficial one; null for accounts that name none.",
    nullable: true,
  })
  currency!: string | null;
  @Field(() => Boolean, {
    description: "Whether currency is an ISO 4217 code; null when there is none.",
    nullable: true,
  })
  currencyOfficial!: boolean | null;
  @Field(() => GraphQLDecimal, {
    description: "What is held in accounts that are no debts; an overdrawn one lessens it.",
  })
  assets!: string;
  @Field(() => GraphQLDecimal, {
    description: "What is owed on cards and loans, and on margin; a card with money in its favour lessens it.",
  })
  liabilities!: string;
  @Field(() => GraphQLDecimal, { description: "assets less liabilities, exactly." })
  net!: string;
}

@ObjectType({
  description: "Assets less liabilities of all your accounts by their last known balances, each account once.",
  simpleResolvers: true,
})
export class NetWorth {
  @Field(() => [CurrencyTotal], {
    description: "One for each currency, by its code; that of no known currency is the last.",
  })
  totals!: CurrencyTotal[];
  @Field(() => Int, { description: "How many accounts are in the totals." })
  accountsCounted!: number;
  @Field(() => [Account], {
    description: "Accounts left out because they are links of an account that is counted: see Account.sameAs.",
  })
  duplicatesSkipped!: Account[];
  @Field(() => [Account], { description: "Accounts left out because their current balance is not known." })
  withoutBalance!: Account[];
  @Field(() => GraphQLDateTime, {
    description: "When the oldest balance in it was fetched; null when there is none.",
    nullable: true,
  })
  asOf!: string | null;
  @Field(() => [Unavailable], {
    description: "Items whose accounts are not in it, or only as they were, with why and what to do.",
  })
  unavailable!: Unavailable[];
}
