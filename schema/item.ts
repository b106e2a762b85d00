import { Field, ID, ObjectType } from "type-graphql";
import { Action, ItemStatus, Product, Provider } from "./enums.ts";
import { ProviderError } from "./errors.ts";
import { Node } from "./node.ts";
import { Provenance } from "./provenance.ts";
import { GraphQLDateTime } from "./scalars.ts";

@ObjectType({
  description: "How well an item works, and what to do if it does not. Known without a call to the provider.",
  simpleResolvers: true,
})
export class ItemHealth {
  @Field(() => ItemStatus, { description: "The state in one word." })
  status!: ItemStatus;
  @Field(() => Action, { description: "What the front end should do now." })
  action!: Action;
  @Field(() => GraphQLDateTime, { description: "Since when it is so; null when that is not known.", nullable: true })
  since!: string | null;
  @Field(() => ProviderError, { description: "What is wrong; null when nothing is.", nullable: true })
  error!: ProviderError | null;
}

@ObjectType({
  description: "When one product of an item was brought up to date by the provider.",
  simpleResolvers: true,
})
export class ProductFreshness {
  @Field(() => Product, { description: "The product." })
  product!: Product;
  @Field(() => GraphQLDateTime, {
    description: "The last time that it succeeded; null when it never has.",
    nullable: true,
  })
  lastSuccessfulUpdate!: string | null;
  @Field(() => GraphQLDateTime, {
    description: "The last time that it failed; null when it never has.",
    nullable: true,
  })
  lastFailedUpdate!: string | null;
}

@ObjectType({
  description: "One person's login at one institution, through one provider: what has accounts.",
  implements: [Node],
  simpleResolvers: true,
})
export class Item {
  @Field(() => ID, { description: "Global id, stable as long as the item stays linked." })
  id!: string;
  @Field(() => Provider, { description: "The provider that reads it." })
  provider!: Provider;
  @Field(() => String, { description: "The provider's own item_id." })
  remoteId!: string;
  @Field(() => String, {
    description: "Known without a call, also while the institution cannot be read.",
    nullable: true,
  })
  institutionName!: string | null;
  @Field(() => String, { description: "The provider's own institution_id.", nullable: true })
  remoteInstitutionId!: string | null;
  @Field(() => ItemHealth, { description: "Whether it works, and what to do if it does not." })
  health!: ItemHealth;
  @Field(() => [Product], {
    description:
      "Null where the provider does not say (Link Money). All that this gateway has no name for is one OTHER.",
    nullable: true,
  })
  products!: Product[] | null;
  @Field(() => [Product], {
    description: "What could be asked for and has not been yet. Null where the provider does not say (Link Money).",
    nullable: true,
  })
  availableProducts!: Product[] | null;
  @Field(() => [Product], {
    description: "What is being paid for. Null where the provider does not say (Link Money).",
    nullable: true,
  })
  billedProducts!: Product[] | null;
  @Field(() => [Product], {
    description: "What the person has consented to. Null where the provider does not say.",
    nullable: true,
  })
  consentedProducts!: Product[] | null;
  @Field(() => String, {
    description:
      "How its account numbers were got, as the provider words it: INSTANT_AUTH, AUTOMATED_MICRODEPOSITS ...",
    nullable: true,
  })
  authMethod!: string | null;
  @Field(() => String, {
    description: "background, or user_present_required where the person must be there for an update.",
    nullable: true,
  })
  updateType!: string | null;
  @Field(() => GraphQLDateTime, {
    description: "When the person's consent ends; null when it does not.",
    nullable: true,
  })
  consentExpiresAt!: string | null;
  @Field(() => String, { description: "As registered at the provider.", nullable: true })
  webhook!: string | null;
  @Field(() => GraphQLDateTime, { description: "When the provider last sent a webhook about it.", nullable: true })
  lastWebhookAt!: string | null;
  @Field(() => String, {
    description: "What that webhook said, as the provider words it: DEFAULT_UPDATE, ERROR ...",
    nullable: true,
  })
  lastWebhookCode!: string | null;
  @Field(() => [ProductFreshness], { description: "When each product was last brought up to date by the provider." })
  freshness!: ProductFreshness[];
  @Field(() => GraphQLDateTime, { description: "When it was linked to this gateway." })
  linkedAt!: string;
  @Field(() => Provenance, {
    description: "Which upstream answer the item came from, and when; null before it was first read.",
    nullable: true,
  })
  provenance!: Provenance | null;
}
