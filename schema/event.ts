import { Field, ID, Int, ObjectType } from "type-graphql";
import { EventType, Provider } from "./enums.ts";
import { ProviderError } from "./errors.ts";
import { Node } from "./node.ts";
import { GraphQLDateTime } from "./scalars.ts";

@ObjectType({
  description: "Something that happened to one of your items or reports, as it stands in your feed for good.",
  implements: [Node],
  simpleResolvers: true,
})
export class Event {
  /** Our uuids. */
  itemUuid!: string | null;
  reportUuid!: string | null;
  /** Opens and reads the webhook's body, less secrets. */
  readBody!: () => unknown;
  @Field(() => ID, { description: "Global id: the same event never comes under another." })
  id!: string;
  @Field(() => String, {
    description: "Opaque: its place in the feed. Keep the latest, and give it as `after` to miss nothing.",
  })
  cursor!: string;
  @Field(() => EventType, { description: "What happened." })
  type!: EventType;
  @Field(() => GraphQLDateTime, { description: "When the gateway learnt of it: when the webhook came." })
  occurredAt!: string;
  @Field(() => Provider, { description: "The provider concerned; null for a report's status.", nullable: true })
  provider!: Provider | null;
  @Field(() => ID, {
    description: "The id of the item concerned; stays when the item is gone. Null when it concerns none.",
    nullable: true,
  })
  itemId!: string | null;
  @Field(() => ProviderError, { description: "What went wrong; null when nothing did.", nullable: true })
  error!: ProviderError | null;
  @Field(() => Int, {
    description: "How many new records the provider counted; null when it did not say.",
    nullable: true,
  })
  newCount!: number | null;
  @Field(() => Int, {
    description: "How many changed records the provider counted; null when it did not say.",
    nullable: true,
  })
  updatedCount!: number | null;
  @Field(() => Int, {
    description: "How many removed or cancelled records the provider counted; null when it did not say.",
    nullable: true,
  })
  removedCount!: number | null;
  @Field(() => [ID], { description: "Ids of the accounts verified, or with new or changed liabilities." })
  accountIds!: string[];
  @Field(() => [ID], {
    description:
      "Ids of the transactions removed: take them out of your cache. Those that were not read here without dates since yesterday are left out, though removedCount counts them: where it is greater, read the item's transactions afresh.",
  })
  transactionIds!: string[];
}
