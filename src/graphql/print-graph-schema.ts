import { type GraphQLSchema, lexicographicSortSchema, printSchema } from "graphql";

/** The schema as SDL: sorted, so that a change shows as a small diff, and with all descriptions. Ends with a newline. */
export function printGraphSchema(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
