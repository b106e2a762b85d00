import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** A webhook as it arrived. */
export interface Received {
  headers: IncomingHttpHeaders;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  body: any;
}

/** A server that takes webhooks. */
export interface Receiver {
  url: string;
  received: Received[];
  /** What the next deliveries are answered with, in turn; 200 after them. */
  answers: number[];
  /** Whether it takes them and does not answer. */
  holds: boolean;
  /** Resolves once `count` have arrived in all. */
  arrived(count: number): Promise<void>;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers: number[] = [];
  let changed = () => {};
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    received.push({ headers: incoming.headers, text, body: JSON.parse(text) });
    if (!receiver.holds) outgoing.writeHead(answers.shift() ?? 200).end();
    changed();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    received,
    answers,
    holds: false,
    async arrived(count) {
      while (received.length < count) {
        await new Promise<void>((resolve) => {
          changed = resolve;
        });
      }
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
  return receiver;
}
