import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { ItemError, Unavailable } from "../schema/errors.ts";
import { Item } from "../schema/item.ts";
import type { Context } from "../src/context.ts";
import { itemNoun } from "../src/loaders/item-noun.ts";
import { linkedItem } from "./items.ts";

@Resolver(() => Unavailable)
export class UnavailableResolver {
  @FieldResolver(() => Item, {
    nullable: true,
    description: "The item concerned, while it is linked; null when it concerns no single one.",
  })
  item(@Root() { itemUuid }: Unavailable, @Ctx() context: Context): Promise<Item | null> {
    return linkedItem(context, itemUuid);
  }
}

@Resolver(() => ItemError)
export class ItemErrorResolver {
  @FieldResolver(() => Item, { nullable: true, description: "The item at fault, while it is linked." })
  async item(@Root() { itemUuid, remoteItemId, error }: ItemError, @Ctx() context: Context): Promise<Item | null> {
    if (itemUuid !== null) return linkedItem(context, itemUuid);
    const items = await context.loaders.items();
    const found = items.find(
      (item) => item.remote_id === remoteItemId && (error.provider === null || item.provider === error.provider),
    );
    return found ? itemNoun(found) : null;
  }
}
