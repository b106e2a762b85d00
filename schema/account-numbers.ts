import { Field, ObjectType } from "type-graphql";

@ObjectType({ description: "Numbers for ACH and wire transfers in the United States.", simpleResolvers: true })
export class AchNumber {
  @Field(() => String, {
    description:
      "The account number. At some institutions one made for this link alone: it pays into the account, but is not the one on its statements.",
  })
  account!: string;
  @Field(() => String, { description: "The institution's routing number for ACH.", nullable: true })
  routing!: string | null;
  @Field(() => String, {
    description: "The routing number for wires, where the institution is known to use another one than for ACH.",
    nullable: true,
  })
  wireRouting!: string | null;
}

@ObjectType({ description: "Numbers for electronic funds transfers in Canada.", simpleResolvers: true })
export class EftNumber {
  @Field(() => String, { description: "The account number." })
  account!: string;
  @Field(() => String, { description: "The institution's number, three digits.", nullable: true })
  institution!: string | null;
  @Field(() => String, { description: "The branch's (transit) number, five digits.", nullable: true })
  branch!: string | null;
}

@ObjectType({ description: "Numbers for transfers by IBAN.", simpleResolvers: true })
export class InternationalNumber {
  @Field(() => String, { description: "International Bank Account Number." })
  iban!: string;
  @Field(() => String, { description: "The bank's Business Identifier Code (SWIFT).", nullable: true })
  bic!: string | null;
}

@ObjectType({ description: "Numbers for Bacs transfers in the United Kingdom.", simpleResolvers: true })
export class BacsNumber {
  @Field(() => String, { description: "The account number." })
  account!: string;
  @Field(() => String, { description: "The branch's sort code, six digits.", nullable: true })
  sortCode!: string | null;
}

@ObjectType({
  description:
    "An account's numbers by the systems that payments to and from it go through; an account has them in one or two.",
  simpleResolvers: true,
})
export class AccountNumbers {
  @Field(() => [AchNumber], { description: "For ACH and wires: accounts in the United States." })
  ach!: AchNumber[];
  @Field(() => [EftNumber], { description: "For EFT: accounts in Canada." })
  eft!: EftNumber[];
  @Field(() => [InternationalNumber], { description: "By IBAN, in the many countries that have them." })
  international!: InternationalNumber[];
  @Field(() => [BacsNumber], { description: "For Bacs: accounts in the United Kingdom." })
  bacs!: BacsNumber[];
}
