import { Field, ID, Int, InterfaceType, ObjectType } from "type-graphql";
import { AccountType } from "./enums.ts";
import { Node } from "./node.ts";
import { Provenance } from "./provenance.ts";
import { GraphQLDateTime, GraphQLDecimal } from "./scalars.ts";

@ObjectType({
  description: "An account's money at one moment. An amount that the institution does not report is null, never 0.",
  simpleResolvers: true,
})
export class Balances {
  @Field(() => GraphQLDecimal, {
    description:
      "What can be withdrawn or spent now: for deposit accounts current less pending outflows plus pending inflows, for credit cards what is left of the limit.",
    nullable: true,
  })
  available!: string | null;
  @Field(() => GraphQLDecimal, {
    description:
      "What is in the account, or owed on it: positive on a credit card or loan is owed by the holder. For investments, the total value of assets.",
    nullable: true,
  })
  current!: string | null;
  @Field(() => GraphQLDecimal, {
    description: "The credit limit; for deposit accounts the agreed overdraft, where there is one.",
    nullable: true,
  })
  limit!: string | null;
  @Field(() => GraphQLDecimal, {
    description: "Money borrowed against an investment account. Null where the provider does not say (Link Money).",
    nullable: true,
  })
  marginLoan!: string | null;
  @Field(() => String, { description: "ISO 4217 code, or the provider's unofficial one.", nullable: true })
  currency!: string | null;
  @Field(() => Boolean, {
    description: "Whether currency is an ISO 4217 code; null when there is none.",
    nullable: true,
  })
  currencyOfficial!: boolean | null;
  @Field(() => GraphQLDateTime, {
    description: "When the institution last updated the balance; few institutions say.",
    nullable: true,
  })
  lastUpdatedAt!: string | null;
  @Field(() => Provenance, {
    description:
      "Which upstream answer these balances came from, and when: with fresh: true another than the account's.",
  })
  provenance!: Provenance;
}

@ObjectType({
  description: "How the account's numbers were verified; name with scope pii:read.",
  simpleResolvers: true,
})
export class AccountVerification {
  /** Shown with scope pii:read. */
  holderName!: string | null;
  @Field(() => String, {
    description:
      "Where verification stands, as the provider words it: automatically_verified, pending_manual_verification, database_matched ... Null for an account linked without it.",
    nullable: true,
  })
  status!: string | null;
  @Field(() => Int, {
    description: "How well the holder's name matches the provider's network, 0 to 100; null when it was not compared.",
    nullable: true,
  })
  nameMatchScore!: number | null;
  @Field(() => Boolean, {
    description: "Whether the account and routing number are known in the provider's network.",
    nullable: true,
  })
  hasNumbersMatch!: boolean | null;
  @Field(() => Boolean, {
    description: "Whether an account with these numbers has been verified before.",
    nullable: true,
  })
  isNumbersMatchVerified!: boolean | null;
  @Field(() => Boolean, {
    description:
      "Whether a payment to these numbers is known to have been returned for an administrative reason, e.g. a closed account.",
    nullable: true,
  })
  hasPreviousAdministrativeReturn!: boolean | null;
  @Field(() => String, {
    description: "Whether the account number looks right for the institution: valid, invalid or unknown.",
    nullable: true,
  })
  accountNumberFormat!: string | null;
}

@InterfaceType({
  description:
    "One account at an institution. Select what all have here, and the rest on the concrete type: ... on CreditAccount { liability { ... } }.",
  implements: [Node],
})
export abstract class Account {
  /** Our uuid of the item. */
  itemId!: string;
  /** The aggregator's last known balance; `balances(fresh)` resolves it. */
  lastBalances!: Balances;
  /** The record as received, long numbers as strings. */
  record!: unknown;
  @Field(() => ID, { description: "Global id, stable as long as the item stays linked." })
  id!: string;
  @Field(() => String, { description: "The provider's own account_id." })
  remoteId!: string;
  @Field(() => String, { description: "The account's name, given by its holder or the institution." })
  name!: string;
  @Field(() => String, {
    description:
      'The institution\'s own name for the kind of account, e.g. "Plaid Gold Standard 0% Interest Checking".',
    nullable: true,
  })
  officialName!: string | null;
  @Field(() => String, {
    description:
      "The last 2 to 4 characters of the account number, to tell accounts apart on a screen; may repeat within an item.",
    nullable: true,
  })
  mask!: string | null;
  @Field(() => AccountType, {
    description: "The kind of account, which is also its concrete type: CREDIT is CreditAccount.",
  })
  type!: AccountType;
  @Field(() => String, { description: "As the provider words it: checking, 401k, student ...", nullable: true })
  subtype!: string | null;
  @Field(() => AccountVerification, {
    description: "How the account's numbers were verified; null for an account linked without that.",
    nullable: true,
  })
  verification!: AccountVerification | null;
  @Field(() => String, {
    description:
      "Stays the same when the account is linked again, where the institution gives every link another account number; otherwise null.",
    nullable: true,
  })
  persistentAccountId!: string | null;
  @Field(() => String, {
    description: "Whose account it is: personal or business, as the provider words it; often null.",
    nullable: true,
  })
  holderCategory!: string | null;
  @Field(() => Provenance, { description: "Which upstream answer the account came from, and when." })
  provenance!: Provenance;
}

@ObjectType({
  description: "An account that holds money: checking, savings, money market, CD ...",
  implements: [Account],
  simpleResolvers: true,
})
export class DepositoryAccount extends Account {}

@ObjectType({ description: "A credit card or a similar line of credit.", implements: [Account], simpleResolvers: true })
export class CreditAccount extends Account {}

@ObjectType({ description: "A mortgage, student loan or other loan.", implements: [Account], simpleResolvers: true })
export class LoanAccount extends Account {}

@ObjectType({
  description: "A brokerage or retirement account: what it holds are holdings.",
  implements: [Account],
  simpleResolvers: true,
})
export class InvestmentAccount extends Account {}

@ObjectType({
  description: "An account of a kind that this gateway has no type for.",
  implements: [Account],
  simpleResolvers: true,
})
export class OtherAccount extends Account {}
