import type { GraphQLResolveInfo } from "graphql";
import { selectedFields } from "./selected-fields.ts";

/** Whether the connection that `info` is of, or one below it, is asked for its totalCount. */
export function selectsTotal(info: GraphQLResolveInfo): boolean {
  for (const { name } of selectedFields(info)) if (name === "totalCount") return true;
  return false;
}
