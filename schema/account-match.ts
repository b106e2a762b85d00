import { Field, Float, ObjectType } from "type-graphql";
import { Account } from "./account.ts";

@ObjectType({ description: "Another link of the same account.", simpleResolvers: true })
export class AccountMatch {
  @Field(() => Account, { description: "The account as it is linked there." })
  account!: Account;
  @Field(() => Float, {
    description:
      "How sure it is, 0 to 1. From 0.9 on netWorth and accounts(filter: { deduplicate: true }) count the two as one; below, ask the person.",
  })
  confidence!: number;
  @Field(() => [String], {
    description:
      "What the two have in common, the strongest first: persistentAccountId, institution, mask, type, currency, balance, name.",
  })
  reasons!: string[];
}
