import { createClient as createSseClient } from "graphql-sse";
import { createClient as createSocketClient } from "graphql-ws";
import { WebSocket } from "ws";
import { tokenOf } from "./gateway.ts";

export const TRANSPORTS = ["graphql-ws", "graphql-sse"] as const;

/** A front end that follows a subscription with the transport's own client. It does not connect anew by itself. */
export interface Subscriber<T> {
  /** What came so far, and when, ms since the epoch. */
  readonly received: readonly { data: T; at: number }[];
  /** Whether the stream has ended, completed or broken off. */
  readonly ended: boolean;
  stop(): void;
}

/** Subscribes at the gateway at `url` as `viewer`. */
export async function subscribeTo<T>(
  transport: (typeof TRANSPORTS)[number],
  url: string,
  viewer: string,
  operation: { query: string; variables?: Record<string, unknown> },
): Promise<Subscriber<T>> {
  const authorization = `Bearer ${await tokenOf({ viewer })}`;
  const client =
    transport === "graphql-ws"
      ? createSocketClient({
          url: `${url.replace(/^http/, "ws")}/graphql`,
          webSocketImpl: WebSocket,
          connectionParams: { authorization },
          retryAttempts: 0,
        })
      : createSseClient({ url: `${url}/graphql/stream`, headers: { authorization }, retryAttempts: 0 });
  const received: { data: T; at: number }[] = [];
  let ended = false;
  const follow = async () => {
    for await (const { data, errors } of client.iterate<T>(operation)) {
      if (errors || !data) throw new Error(JSON.stringify(errors));
      received.push({ data, at: Date.now() });
    }
  };
  follow()
    .catch(() => {}) // a gateway that was killed; what is missing then shows in what was received
    .finally(() => {
      ended = true;
    });
  return {
    received,
    get ended() {
      return ended;
    },
    stop: () => void client.dispose(),
  };
}
