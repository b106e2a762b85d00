import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One request as the upstream received it. */
export interface UpstreamRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** The client's end of the connection. */
  port: number;
  /** Parsed JSON. */
  body: Record<string, unknown>;
}

/**
 * What the upstream does with a request: answers with JSON or text, says nothing ("hang"), drops the connection before
 * ("reset") or within its answer ("cut"), sends a byte now and then for ever ("drip"), or
 * begins a PDF of a thousand bytes and then says no more, or drops the connection.
 */
export type UpstreamAnswer =
  | { status?: number; headers?: Record<string, string>; json: unknown }
  | { status?: number; headers?: Record<string, string>; text: string }
  | { begins: string; next: "hang" | "cut" }
  | "hang"
  | "reset"
  | "cut"
  | "drip";

/** A programmable aggregator on a port of its own. */
export interface Upstream {
  readonly url: string;
  /** All requests so far, oldest first. */
  readonly requests: UpstreamRequest[];
  /** Sets the answers to a path, one a request; the last one stays. Paths without answers get 404. */
  answer(path: string, ...answers: UpstreamAnswer[]): void;
  /** Resolves when `count` requests have been received in all. */
  received(count: number): Promise<void>;
  /** Resolves when the client has dropped a connection that was hanging or dripping. */
  dropped(): Promise<void>;
  close(): Promise<void>;
}

export async function startUpstream(): Promise<Upstream> {
  const requests: UpstreamRequest[] = [];
  const answers = new Map<string, UpstreamAnswer[]>();
  const waiting = new Set<() => void>();
  const drips = new Set<NodeJS.Timeout>();
  let drops = 0;
  const changed = () => {
    for (const look of waiting) look();
  };
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!holds()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });

  function perform(answer: UpstreamAnswer, response: ServerResponse): void {
    if (answer === "reset") {
      response.socket?.resetAndDestroy();
    } else if (answer === "cut") {
      response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
      response.write('{"accounts":[', () => response.socket?.destroy());
    } else if (answer === "hang" || answer === "drip") {
      response.once("close", () => {
        drops += 1;
        changed();
      });
      if (answer === "hang") return;
      response.writeHead(200, { "content-type": "application/json" });
      drips.add(setInterval(() => response.write(" "), 1));
    } else if ("begins" in answer) {
      response.once("close", () => {
        drops += 1;
        changed();
      });
      response.writeHead(200, { "content-type": "application/pdf", "content-length": "1000" });
      response.write(answer.begins, () => answer.next === "cut" && response.socket?.destroy());
    } else {
      const text = "text" in answer ? answer.text : JSON.stringify(answer.json);
      response.writeHead(answer.status ?? 200, { "content-type": "application/json", ...answer.headers });
      response.end(text);
    }
  }

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const path = request.url ?? "";
    const body = JSON.parse(Buffer.concat(chunks).toString() || "{}") as Record<string, unknown>;
    const port = request.socket.remotePort ?? 0;
    requests.push({ method: request.method ?? "", path, headers: request.headers, port, body });
    changed();
    const queue = answers.get(path) ?? [{ status: 404, text: "no answer set" }];
    const answer = queue.length > 1 ? queue.shift() : queue[0];
    perform(answer ?? "hang", response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: (path, ...list) => void answers.set(path, list),
    received: (count) => until(() => requests.length >= count),
    dropped: () => until(() => drops > 0),
    async close() {
      for (const drip of drips) clearInterval(drip);
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
