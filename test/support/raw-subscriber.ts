import { type IncomingMessage, request } from "node:http";
import { WebSocket } from "ws";

/** A client that follows a subscription by hand: it can stop reading as no library lets it, and costs little. */
export interface RawSubscriber {
  /** Reads nothing more, and does not say so; the connection stays. */
  stall(): void;
  close(): void;
}

export interface RawOptions<T> {
  url: string;
  token: string;
  query: string;
  variables: Record<string, unknown>;
  /** Each value as it comes. */
  onData(data: T): void;
}

/** Over graphql-transport-ws. */
export async function subscribeBySocket<T>(options: RawOptions<T>): Promise<RawSubscriber> {
  const { query, variables } = options;
  const socket = new WebSocket(`${options.url.replace(/^http/, "ws")}/graphql`, "graphql-transport-ws");
  const send = (message: object) => socket.send(JSON.stringify(message));
  socket.on("open", () => send({ type: "connection_init", payload: { authorization: `Bearer ${options.token}` } }));
  await new Promise<void>((resolve, reject) => {
    socket.on("error", reject);
    socket.on("message", (text) => {
      const message = JSON.parse(String(text));
      if (message.type === "connection_ack") {
        send({ id: "1", type: "subscribe", payload: { query, variables } });
        resolve();
      } else if (message.type === "next") options.onData(message.payload.data);
    });
  });
  return {
    stall: () => socket.pause(),
    close: () => socket.terminate(),
  };
}

/** Over graphql-sse. */
export async function subscribeByStream<T>(options: RawOptions<T>): Promise<RawSubscriber> {
  const { query, variables } = options;
  const outgoing = request(`${options.url}/graphql/stream`, {
    method: "POST",
    agent: false,
    headers: {
      ...{ "content-type": "application/json", accept: "text/event-stream" },
      authorization: `Bearer ${options.token}`,
    },
  });
  outgoing.end(JSON.stringify({ query, variables }));
  let text = "";
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.on("error", reject);
    outgoing.on("response", resolve);
  });
  answer.setEncoding("utf8");
  answer.on("error", () => {}); // given up: what was not received tells it
  answer.on("data", (chunk: string) => {
    const events = (text + chunk).split("\n\n");
    text = events.pop() ?? "";
    for (const event of events) {
      const data = event.startsWith("event: next") ? event.slice(event.indexOf("data: ") + 6) : null;
      if (data) options.onData(JSON.parse(data).data);
    }
  });
  return {
    stall: () => void answer.pause(),
    close: () => void outgoing.destroy(),
  };
}
