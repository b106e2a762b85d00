import { Field, ObjectType } from "type-graphql";

@ObjectType({ description: "Numbers for a transfer by ACATS, in the United States.", simpleResolvers: true })
export class AcatsNumber {
  @Field(() => String, { description: "The full account number." })
  account!: string;
  @Field(() => [String], {
    description: "The clearing houses' DTC numbers, the likeliest first; where empty, see Institution.dtcNumbers.",
  })
  dtcNumbers!: string[];
}

@ObjectType({ description: "Numbers for a transfer by ATON, in Canada.", simpleResolvers: true })
export class AtonNumber {
  @Field(() => String, { description: "The full account number." })
  account!: string;
}

@ObjectType({ description: "Numbers for the rollover of a 401k.", simpleResolvers: true })
export class Retirement401kNumber {
  @Field(() => String, { description: "The full account number.", nullable: true })
  account!: string | null;
  @Field(() => String, { description: "The number of the employer's plan.", nullable: true })
  plan!: string | null;
}

@ObjectType({
  description: "What moving an investment account to another broker needs.",
  simpleResolvers: true,
})
export class InvestmentTransfer {
  /** Shown with scope pii:read. */
  holderNames!: string[];
  @Field(() => [AcatsNumber], { description: "For ACATS: accounts in the United States." })
  acats!: AcatsNumber[];
  @Field(() => [AtonNumber], { description: "For ATON: accounts in Canada." })
  aton!: AtonNumber[];
  @Field(() => [Retirement401kNumber], { description: "For rollovers: an employer's retirement accounts." })
  retirement401k!: Retirement401kNumber[];
  @Field(() => String, {
    description:
      "Where the numbers come from: INSTITUTION, INSTITUTION_MASK (typed in by the person, and checked against the institution's mask) or USER (typed in).",
    nullable: true,
  })
  numbersSource!: string | null;
  @Field(() => String, { description: "Where the owners' names come from, in the same words.", nullable: true })
  ownersSource!: string | null;
  @Field(() => String, { description: "Where the holdings come from, in the same words.", nullable: true })
  holdingsSource!: string | null;
}
