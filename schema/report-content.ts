import { Field, ID, Int, ObjectType } from "type-graphql";
import { AccountVerification, Balances } from "./account.ts";
import { AccountType, Provider } from "./enums.ts";
import { ProviderError, Unavailable } from "./errors.ts";
import { Node } from "./node.ts";
import { GraphQLDate, GraphQLDateTime, GraphQLDecimal } from "./scalars.ts";

@ObjectType({ description: "The person whom a report is about, as given when it was created.", simpleResolvers: true })
export class ReportUser {
  /** Masked by the resolver without scope pii:read. */
  fullSsn!: string | null;
  @Field(() => String, { description: "The id that its requester gave the person.", nullable: true })
  clientUserId!: string | null;
  @Field(() => String, { description: "Given name.", nullable: true })
  firstName!: string | null;
  @Field(() => String, { description: "Middle name.", nullable: true })
  middleName!: string | null;
  @Field(() => String, { description: "Family name.", nullable: true })
  lastName!: string | null;
  @Field(() => String, { description: "Telephone number.", nullable: true })
  phoneNumber!: string | null;
  @Field(() => String, { description: "E-mail address.", nullable: true })
  email!: string | null;
}

@ObjectType({ description: "An account's balance at the end of one day.", simpleResolvers: true })
export class HistoricalBalance {
  @Field(() => GraphQLDate, { description: "The day at whose end the balance was this." })
  date!: string;
  @Field(() => GraphQLDecimal, { description: "What was in the account, or owed on it, as Balances.current." })
  current!: string;
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
}

@ObjectType({
  description: "Something that the provider warns of in an otherwise ready report.",
  simpleResolvers: true,
})
export class ReportWarning {
  /** Our uuid of the item, while it is linked. */
  itemUuid!: string | null;
  @Field(() => String, { description: "As the provider words it: ASSET_REPORT_WARNING." })
  warningType!: string;
  @Field(() => String, {
    description: "As the provider words it: OWNERS_UNAVAILABLE, INVESTMENTS_UNAVAILABLE, TRANSACTIONS_UNAVAILABLE.",
  })
  warningCode!: string;
  @Field(() => Provider, { description: "The provider that warns." })
  provider!: Provider;
  @Field(() => String, {
    description: "The provider's own item_id of the item concerned; null when it concerns none.",
    nullable: true,
  })
  remoteItemId!: string | null;
  @Field(() => ProviderError, { description: "Why it is so; null when the provider does not say.", nullable: true })
  cause!: ProviderError | null;
}

@ObjectType({ description: "What the READY sources say, together.", implements: [Node], simpleResolvers: true })
export class ReportContent {
  /** Our uuid of the report. */
  reportUuid!: string;
  @Field(() => ID, { description: "Global id." })
  id!: string;
  @Field(() => GraphQLDateTime, { description: "When the oldest of its sources was generated." })
  generatedAt!: string;
  @Field(() => Int, {
    description: "How many days of history were asked for; null when no source says.",
    nullable: true,
  })
  daysRequested!: number | null;
  @Field(() => String, { description: "The id that its requester gave the report.", nullable: true })
  clientReportId!: string | null;
  @Field(() => ReportUser, { description: "The person whom it is about; null when none was given.", nullable: true })
  user!: ReportUser | null;
  @Field(() => [ReportWarning], { description: "What the providers warn of, over all sources." })
  warnings!: ReportWarning[];
  @Field(() => [Unavailable], {
    description:
      "What is not in it: failed sources and their items, sources that cannot be read now, insights that were refused.",
  })
  unavailable!: Unavailable[];
}

@ObjectType({
  description: "An item as it stood when the report was generated.",
  implements: [Node],
  simpleResolvers: true,
})
export class ReportItem {
  /** Our uuid of the source. */
  sourceUuid!: string;
  /** Our uuid of the item, while it is linked. */
  itemUuid!: string | null;
  @Field(() => ID, { description: "Global id of this snapshot; not the linked item's." })
  id!: string;
  @Field(() => Provider, { description: "The provider that reported it." })
  provider!: Provider;
  @Field(() => String, { description: "The provider's own item_id." })
  remoteId!: string;
  @Field(() => String, { description: "The provider's own institution_id.", nullable: true })
  remoteInstitutionId!: string | null;
  @Field(() => String, { description: "The institution's name.", nullable: true })
  institutionName!: string | null;
  @Field(() => GraphQLDateTime, {
    description: "When its data was last brought up to date before the report.",
    nullable: true,
  })
  lastUpdatedAt!: string | null;
}

@ObjectType({
  description: "An account as it stood; its lists are paged by node(id).",
  implements: [Node],
  simpleResolvers: true,
})
export class ReportAccount {
  /** Our uuid of the source. */
  sourceUuid!: string;
  /** Where the account stands in the source's content, from 0. */
  ordinal!: number;
  @Field(() => ID, { description: "Global id of this snapshot; not the linked account's." })
  id!: string;
  @Field(() => String, { description: "The provider's own account_id." })
  remoteId!: string;
  @Field(() => String, { description: "The account's name, given by its holder or the institution." })
  name!: string;
  @Field(() => String, { description: "The institution's own name for the kind of account.", nullable: true })
  officialName!: string | null;
  @Field(() => String, { description: "The last 2 to 4 characters of the account number.", nullable: true })
  mask!: string | null;
  @Field(() => AccountType, { description: "The kind of account." })
  type!: AccountType;
  @Field(() => String, { description: "As the provider words it: checking, 401k, student ...", nullable: true })
  subtype!: string | null;
  @Field(() => Balances, { description: "The balances when the report was generated." })
  balances!: Balances;
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
    description:
      "How it is owned, as the provider words it: individual, joint, association, trust; null when the institution does not say.",
    nullable: true,
  })
  ownershipType!: string | null;
  @Field(() => Int, { description: "How many days of transactions the report has for the account.", nullable: true })
  daysAvailable!: number | null;
}
