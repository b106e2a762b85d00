import type { ApolloClient, MaybeMasked, OperationVariables, TypedDocumentNode } from "@apollo/client";
import { valuesOf } from "../values-of.ts";

/** What a subscription brings until it is complete; it goes through the cache too. @throws what it broke off with. */
export async function* subscribe<Data, Variables extends OperationVariables>(
  client: ApolloClient,
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): AsyncGenerator<NonNullable<MaybeMasked<Data>>, void, void> {
  const options = { query, variables } as ApolloClient.SubscribeOptions<Data, Variables>;
  const results = valuesOf<ApolloClient.SubscribeResult<MaybeMasked<Data>>>((sink) => {
    const subscription = client.subscribe(options).subscribe(sink);
    return () => subscription.unsubscribe();
  }, signal);
  for await (const { data, error } of results) {
    if (!data) throw error;
    yield data;
  }
}
