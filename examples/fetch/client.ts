import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";
import { createClient as createStream } from "graphql-sse";
import type { Connection } from "../connection.ts";
import { problemsOf } from "../problems.ts";
import { retry } from "../retry.ts";
import { type Sink, valuesOf } from "../values-of.ts";
import { type Answer, post } from "./post.ts";

/** The gateway without a GraphQL client: no cache, every answer as it came. */
export interface Client {
  /** A query, sent again where the network fails. */
  query<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Answer<Data>>;
  /** A mutation, sent once. */
  mutate<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Answer<Data>>;
  /** What a subscription brings by server-sent events, until it is complete. @throws what it broke off with. */
  subscribe<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    signal?: AbortSignal,
  ): AsyncGenerator<Data, void, void>;
}

export function createClient(connection: Connection): Client {
  /** Whether the token of the last stream was refused, or ended. */
  let refused = false;
  return {
    query: (document, variables) => retry(() => post(connection, { query: print(document), variables })),
    mutate: (document, variables) => post(connection, { query: print(document), variables }),
    async *subscribe<Data, Variables extends Record<string, unknown>>(
      document: TypedDocumentNode<Data, Variables>,
      variables: Variables,
      signal?: AbortSignal,
    ) {
      const stream = createStream({
        url: `${connection.url}/stream`,
        headers: async () => ({ authorization: `Bearer ${await connection.token(refused)}` }),
        retryAttempts: 0, // it would send the old variables: who follows events goes on from the last cursor
      });
      const results = valuesOf<Answer<Data>>(
        (sink) => stream.subscribe({ query: print(document), variables }, sink as Sink<unknown>),
        signal,
      );
      try {
        for await (const { data, errors } of results) {
          if (!data) throw new Error("The stream broke off.", { cause: errors });
          refused = false;
          yield data;
        }
      } catch (error) {
        refused = isRefusal(error);
        throw error;
      } finally {
        stream.dispose();
      }
    },
  };
}

/** Before the stream began it is a 401, afterwards an error of the stream. */
function isRefusal(error: unknown): boolean {
  const { response } = error as { response?: Response };
  return response?.status === 401 || problemsOf(error).some(({ code }) => code === "UNAUTHENTICATED");
}
