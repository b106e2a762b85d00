import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import { Node } from "../schema/node.ts";
import { MAX_PAGE_SIZE } from "../schema/pagination.ts";
import type { Context } from "../src/context.ts";
import { asGatewayError, badInput } from "../src/errors.ts";
import { findNode } from "./find-node.ts";

/** Any object by its global id. */
@Resolver(() => Node)
export class NodeResolver {
  @Query(() => Node, { nullable: true, description: "Any object by its global id, your own only." })
  node(
    @Arg("id", () => ID, { description: "The object's id." }) id: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Node> {
    return findNode(context, id, "id", info);
  }

  @Query(() => [Node], {
    nullable: "items",
    description: `Up to ${MAX_PAGE_SIZE} objects by their global ids, in the order asked; null, with an error at its place, for one that is not to be had.`,
  })
  nodes(
    @Arg("ids", () => [ID], { description: "The objects' ids." }) ids: string[],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<(Node | Error)[]> {
    if (ids.length > MAX_PAGE_SIZE) throw badInput("ids", `${ids.length} ids`, `at most ${MAX_PAGE_SIZE}`);
    return Promise.all(ids.map((id, index) => findNode(context, id, `ids[${index}]`, info).catch(asGatewayError)));
  }
}
