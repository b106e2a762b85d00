import { Field, Int, ObjectType } from "type-graphql";
import { Action, ErrorCode, Product, Provider } from "./enums.ts";
import { GraphQLDateTime, GraphQLUrl } from "./scalars.ts";

@ObjectType({
  description:
    "An error with this gateway's code, and with what the provider said, where it said anything. The same fields stand in the extensions of errors[].",
  simpleResolvers: true,
})
export class ProviderError {
  @Field(() => ErrorCode, { description: "A stable code of this gateway, the same over all providers." })
  code!: ErrorCode;
  @Field(() => String, { description: "What went wrong, for the developer; not meant for the person." })
  message!: string;
  @Field(() => String, {
    description: "Words for the person, from the provider; null when it gave none.",
    nullable: true,
  })
  displayMessage!: string | null;
  @Field(() => Provider, {
    description: "The provider that reported it; null for an error of the gateway's own.",
    nullable: true,
  })
  provider!: Provider | null;
  @Field(() => String, { description: "The provider's own error_type, e.g. ITEM_ERROR.", nullable: true })
  errorType!: string | null;
  @Field(() => String, { description: "The provider's own error_code, e.g. ITEM_LOGIN_REQUIRED.", nullable: true })
  errorCode!: string | null;
  @Field(() => String, {
    description: "The provider's own error_code_reason, where a code has several.",
    nullable: true,
  })
  errorCodeReason!: string | null;
  @Field(() => Int, {
    description: "The status of the provider's answer; null when there was no answer.",
    nullable: true,
  })
  httpStatus!: number | null;
  @Field(() => String, { description: "The provider's id of the request, for its support.", nullable: true })
  requestId!: string | null;
  @Field(() => GraphQLUrl, { description: "Where the provider documents the error.", nullable: true })
  documentationUrl!: string | null;
  @Field(() => String, { description: "What the provider suggests to do, in its own words.", nullable: true })
  suggestedAction!: string | null;
  @Field(() => Boolean, { description: "Whether the same request can succeed later without anyone's doing." })
  retryable!: boolean;
  @Field(() => GraphQLDateTime, {
    description: "When it may be tried again; null when that is not known.",
    nullable: true,
  })
  retryAt!: string | null;
  @Field(() => [ItemError], { description: "For a report: which items failed, and why. Otherwise empty." })
  causes!: ItemError[];
}

@ObjectType({ description: "What one item did to a report.", simpleResolvers: true })
export class ItemError {
  /** Our uuid of the item, while it is linked. */
  itemUuid!: string | null;
  @Field(() => String, {
    description: "The provider's own item_id, known also when the item is no longer linked here.",
  })
  remoteItemId!: string;
  @Field(() => ProviderError, { description: "Why the item failed." })
  error!: ProviderError;
}

@ObjectType({
  description: "Something that could not be had, while the rest of the answer could.",
  simpleResolvers: true,
})
export class Unavailable {
  /** Our uuid of the item concerned; null when it concerns none, or all. */
  itemUuid!: string | null;
  @Field(() => Provider, { description: "The provider that it was to come from." })
  provider!: Provider;
  @Field(() => Product, { description: "What could not be had." })
  product!: Product;
  @Field(() => ProviderError, { description: "Why it could not be had." })
  error!: ProviderError;
  @Field(() => Action, { description: "What the front end should do now." })
  action!: Action;
}
