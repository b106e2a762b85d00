import { type Client, createClient } from "graphql-ws";
import type { Connection } from "./connection.ts";

/**
 * Subscriptions over one WebSocket, which opens with the first of them and closes after the last. It does not connect anew by itself, for
 * it would send the old variables: whoever subscribes does, from the last cursor, and with a token that is good.
 */
export function createSocket({ url, token }: Connection): Client {
  let refused = false;
  return createClient({
    url: url.replace(/^http/, "ws"),
    retryAttempts: 0,
    connectionParams: async () => ({ authorization: `Bearer ${await token(refused)}` }),
    on: {
      connected: () => {
        refused = false;
      },
      // 4401: the token was not good; 4403: it has ended
      closed: (event) => {
        const { code } = event as { code?: number };
        refused = code === 4401 || code === 4403;
      },
    },
  });
}
