import type { AnyVariables, Client, OperationResult, TypedDocumentNode } from "@urql/core";
import { toObservable } from "wonka";
import { valuesOf } from "../values-of.ts";

/** What a subscription brings until it is complete; it goes through the cache too. @throws what it broke off with. */
export async function* subscribe<Data, Variables extends AnyVariables>(
  client: Client,
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): AsyncGenerator<Data, void, void> {
  const results = valuesOf<OperationResult<Data, Variables>>((sink) => {
    const { unsubscribe } = toObservable(client.subscription(query, variables)).subscribe(sink);
    return unsubscribe;
  }, signal);
  for await (const { data, error } of results) {
    if (!data) throw error;
    yield data;
  }
}
