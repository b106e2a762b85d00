import { Field, ID, ObjectType } from "type-graphql";
import { Item } from "./item.ts";
import { Report } from "./report.ts";
import { GraphQLDateTime, GraphQLUrl } from "./scalars.ts";

@ObjectType({ description: "What opens the provider's link flow in the front end.", simpleResolvers: true })
export class CreateLinkTokenPayload {
  @Field(() => String, {
    description:
      "Hand it to the provider's link library, for this person only. What comes of a new item goes to linkItem.",
  })
  linkToken!: string;
  @Field(() => GraphQLDateTime, { description: "Until when the flow can be opened with it." })
  expiresAt!: string;
  @Field(() => GraphQLUrl, {
    description:
      "The provider's own page with the same flow, to repair an item. Null for a new item, whose outcome there would reach no front end, and where the provider has none.",
    nullable: true,
  })
  hostedLinkUrl!: string | null;
}

@ObjectType({ description: "The item that was linked.", simpleResolvers: true })
export class LinkItemPayload {
  @Field(() => Item, { description: "The item; when it was linked before, the same one with its access renewed." })
  item!: Item;
  @Field(() => [Item], {
    description:
      "Items that look like the same login linked before: of the same institution, with an account in common; where accounts cannot be read now, of the same institution.",
  })
  duplicates!: Item[];
}

@ObjectType({ description: "The item that was removed.", simpleResolvers: true })
export class RemoveItemPayload {
  @Field(() => ID, { description: "Its id, for taking it out of a cache." })
  removedItemId!: string;
}

@ObjectType({ description: "The item that was changed.", simpleResolvers: true })
export class ItemPayload {
  @Field(() => Item, { description: "The item as it now stands." })
  item!: Item;
}

@ObjectType({ description: "The report that was created or changed.", simpleResolvers: true })
export class ReportPayload {
  @Field(() => Report, { description: "The report as it now stands." })
  report!: Report;
}
