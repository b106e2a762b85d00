import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { SetContextLink } from "@apollo/client/link/context";
import { ErrorLink } from "@apollo/client/link/error";
import { RetryLink } from "@apollo/client/link/retry";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { OperationTypeNode } from "graphql";
import type { Connection } from "../connection.ts";
import possible from "../generated/possible-types.ts";
import { problemsOf } from "../problems.ts";
import { createSocket } from "../socket.ts";
import { typePolicies } from "./type-policies.ts";

declare module "@apollo/client" {
  namespace ApolloClient {
    // what createClient sets for every request, so that its results have the right types
    namespace DeclareDefaultOptions {
      interface Query {
        errorPolicy: "all";
      }
      interface WatchQuery {
        errorPolicy: "all";
      }
      interface Mutate {
        errorPolicy: "all";
      }
    }
  }
}

/** Apollo Client for the gateway: its cache, its token, what it tries again, and what it shows where a part failed. */
export function createClient(connection: Connection): ApolloClient {
  const http = ApolloLink.from([
    renewToken,
    retryQueries,
    sendToken(connection),
    new HttpLink({ uri: connection.url }),
  ]);
  const socket = new GraphQLWsLink(createSocket(connection));
  return new ApolloClient({
    cache: new InMemoryCache({ ...possible, typePolicies }),
    link: ApolloLink.split(({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION, socket, http),
    // one field that failed does not take the others along: `data` comes together with `error`
    defaultOptions: {
      query: { errorPolicy: "all" },
      watchQuery: { errorPolicy: "all" },
      mutate: { errorPolicy: "all" },
    },
  });
}

function sendToken({ token }: Connection): ApolloLink {
  return new SetContextLink(async ({ headers, refused }) => ({
    headers: { ...headers, authorization: `Bearer ${await token(refused === true)}` },
  }));
}

/** A request whose token was refused goes out once more, with a new one. */
const renewToken = new ErrorLink(({ error, operation, forward }) => {
  const refused = problemsOf(error).some(({ code }) => code === "UNAUTHENTICATED");
  if (!refused || operation.getContext().refused) return;
  operation.setContext({ refused: true });
  return forward(operation);
});

/** Where the network fails, a query is sent again. A mutation is not, here: nobody knows whether it was done. */
const retryQueries = new RetryLink({
  attempts: {
    max: 4,
    retryIf: (error, { operationType }) => operationType === OperationTypeNode.QUERY && problemsOf(error).length === 0,
  },
});
