import { Field, ID, ObjectType } from "type-graphql";
import { Item } from "./item.ts";
import { Report } from "./report.ts";

@ObjectType({ description: "The item that was linked.", simpleResolvers: true })
export class LinkItemPayload {
  @Field(() => Item, { description: "The item; when it was linked before, the same one with its access renewed." })
  item!: Item;
  @Field(() => [Item], { description: "Items that look like the same login linked before." })
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
