import { Field, ObjectType } from "type-graphql";
import { Provider } from "./enums.ts";
import { GraphQLDateTime } from "./scalars.ts";

@ObjectType({ description: "Where a value came from.", simpleResolvers: true })
export class Provenance {
  @Field(() => Provider, { description: "The provider that answered." })
  provider!: Provider;
  @Field(() => String, {
    description: "The endpoint that was read, by Plaid's path, e.g. /accounts/get; Link Money's paths are the same.",
  })
  endpoint!: string;
  @Field(() => String, {
    description: "The provider's id of the request, for its support; null when it gave none.",
    nullable: true,
  })
  requestId!: string | null;
  @Field(() => GraphQLDateTime, { description: "When the provider answered." })
  fetchedAt!: string;
  @Field(() => Boolean, {
    description: "Whether the answer was kept from an earlier operation, rather than read for this one.",
  })
  cached!: boolean;
}
