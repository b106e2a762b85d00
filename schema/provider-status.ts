import { Field, ObjectType } from "type-graphql";
import { Product, Provider } from "./enums.ts";
import { GraphQLDateTime } from "./scalars.ts";

@ObjectType({
  description: "One provider behind this gateway: what can be read through it, and whether it can be reached.",
  simpleResolvers: true,
})
export class ProviderStatus {
  @Field(() => Provider, { description: "The provider itself." })
  provider!: Provider;
  @Field(() => [Product], { description: "What can be read through it here." })
  products!: Product[];
  @Field(() => Boolean, { description: "False while calls are held back after repeated failures." })
  available!: boolean;
  @Field(() => GraphQLDateTime, {
    description: "When the next call is let through; null while it is available.",
    nullable: true,
  })
  retryAt!: string | null;
  @Field(() => Boolean, { description: "Whether it is a test environment with invented data." })
  sandbox!: boolean;
}
