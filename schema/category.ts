import { Field, ObjectType } from "type-graphql";

@ObjectType({
  description: "A category of transactions as the provider numbers them: what a transaction's `categoryId` stands for.",
  simpleResolvers: true,
})
export class Category {
  @Field(() => String, { description: "The provider's own id of it, e.g. 13005000." })
  categoryId!: string;
  @Field(() => String, { description: "`place` for a purchase at a place, else `special`, as the provider words it." })
  group!: string;
  @Field(() => [String], { description: "Its names from the widest to the narrowest: Food and Drink, Restaurants." })
  hierarchy!: string[];
}
