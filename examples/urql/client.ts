import { Client, fetchExchange, subscriptionExchange } from "@urql/core";
import { authExchange } from "@urql/exchange-auth";
import { cacheExchange } from "@urql/exchange-graphcache";
import { retryExchange } from "@urql/exchange-retry";
import type { Connection } from "../connection.ts";
import { problemsOf } from "../problems.ts";
import { createSocket } from "../socket.ts";
import type { Sink } from "../values-of.ts";
import { cacheConfig } from "./cache-config.ts";

/** urql for the gateway: its cache, its token, and what it tries again. `data` comes together with `error` where a part failed. */
export function createClient(connection: Connection): Client {
  const socket = createSocket(connection);
  return new Client({
    url: connection.url,
    preferGetMethod: false,
    exchanges: [
      cacheExchange(cacheConfig),
      retryQueries,
      sendToken(connection),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = "", variables }) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.subscribe({ query, variables: { ...variables } }, sink as Sink<unknown>),
          }),
        }),
      }),
    ],
  });
}

/** The token of every request; where it is refused, the request goes out once more with a new one. */
function sendToken({ token }: Connection) {
  return authExchange(async ({ appendHeaders }) => {
    let bearer = await token(false);
    return {
      addAuthToOperation: (operation) => appendHeaders(operation, { authorization: `Bearer ${bearer}` }),
      didAuthError: (error) => problemsOf(error).some(({ code }) => code === "UNAUTHENTICATED"),
      async refreshAuth() {
        bearer = await token(true);
      },
    };
  });
}

/** Where the network fails, a query is sent again. A mutation is not, here: nobody knows whether it was done. */
const retryQueries = retryExchange({
  maxNumberAttempts: 4,
  retryIf: (error, { kind }) => kind === "query" && error.networkError !== undefined,
});
