import { type Environment, fetchQuery, type GraphQLTaggedNode, type OperationType } from "relay-runtime";

/** A query's data: from the store where it is all there, unless it is to be read `afresh`. @throws where there is none. */
export async function query<T extends OperationType>(
  environment: Environment,
  document: GraphQLTaggedNode,
  variables: T["variables"],
  { afresh = false }: { afresh?: boolean } = {},
): Promise<T["response"]> {
  const fetchPolicy = afresh ? "network-only" : "store-or-network";
  const data = await fetchQuery<T>(environment, document, variables, { fetchPolicy }).toPromise();
  if (!data) throw new Error("The query ended without an answer.");
  return data;
}
