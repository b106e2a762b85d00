import { Field, ID, InterfaceType } from "type-graphql";

@InterfaceType({ description: "An object with a global id: node(id) finds it again." })
export abstract class Node {
  @Field(() => ID, { description: "Global id: opaque, unique over all types." })
  id!: string;
}
