import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Clock, delay } from "../clock.ts";
import type { Log } from "../log.ts";
import { isLoopbackHost } from "../loopback.ts";
import { ApiError } from "./api-error.ts";
import type { Calls, SandboxCall } from "./calls.ts";
import type { ApiRequest, Dialect } from "./endpoints.ts";
import type { RequestFault, ScriptedFaults } from "./faults.ts";
import { createChance } from "./world/chance.ts";

/** What an aggregator's server is made with. */
export interface ServerDeps {
  dialect: Dialect;
  /** On 127.0.0.1; 0 is any free one. */
  port: number;
  seed: number;
  clock: Clock;
  log: Log;
  faults: ScriptedFaults;
  calls: Calls;
}

/** An imitated aggregator, listening. */
export interface SandboxServer {
  baseUrl: string;
  /** Ends every connection, answered or not. */
  close(): Promise<void>;
}

/** An answer before it is written. */
interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** An object is written as JSON; text is an HTML page, bytes are a PDF. */
  body: object | string;
}

const HOST = "127.0.0.1";
const LARGEST_BODY = 1_048_576;
/** Longer than clients keep idle connections, so that it is not the server that closes one under a request. */
const KEEP_ALIVE_MS = 75_000;
const ANSWER_FAULTS = ["rate-limit", "server-error", "error", "hang", "reset", "cut-off", "html", "mutate"] as const;

/** Serves one aggregator over real HTTP. @throws Error when the port is taken. */
export async function serve({ dialect, port, seed, clock, log, faults, calls }: ServerDeps): Promise<SandboxServer> {
  const { provider, prefix, endpoints } = dialect;
  const closing = new AbortController();
  let requests = 0;

  const carryOut = async (endpoint: string, request: ApiRequest, requestId: string): Promise<Answer> => {
    try {
      const act = Object.hasOwn(endpoints, endpoint) ? endpoints[endpoint] : undefined;
      if (!act) throw new ApiError("NOT_FOUND", { message: `there is no endpoint ${endpoint}` });
      const given = await act(request);
      if (given instanceof Uint8Array) return { status: 200, headers: { "plaid-request-id": requestId }, body: given };
      return { status: 200, body: { ...given, request_id: requestId } };
    } catch (error) {
      if (error instanceof ApiError) return errorAnswer(error, requestId);
      log.error({ err: error, endpoint }, "the sandbox failed");
      return errorAnswer(new ApiError("INTERNAL_SERVER_ERROR"), requestId);
    }
  };

  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const { pathname } = new URL(incoming.url ?? "/", "http://sandbox");
    const isOurs = pathname.startsWith(`${prefix}/`) && incoming.method === "POST";
    const endpoint = pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : pathname;
    const call: SandboxCall = { provider, endpoint, itemId: null, at: clock.now(), status: null };
    calls.add(call);
    if (faults.take(["refuse"], { provider, endpoint, itemIds: [] })) {
      incoming.socket.destroy();
      return;
    }
    requests += 1;
    const requestId = createChance(seed, provider, "request", requests).id(15);
    const finish = (answer: Answer, cut = false) => {
      call.status = answer.status;
      write(outgoing, answer, cut);
    };
    if (isPages(incoming)) return finish({ status: 403, body: "Servers only: no page in a browser may call this." });
    const body = parse(await read(incoming));
    if (!body || !isOurs) return finish(errorAnswer(new ApiError(isOurs ? "INVALID_BODY" : "NOT_FOUND"), requestId));

    const request: ApiRequest = { body, headers: incoming.headers };
    const itemIds = dialect.itemIdsOf(request);
    call.itemId = itemIds.length === 1 ? (itemIds[0] ?? null) : null;
    const target = { provider, endpoint, itemIds };
    const latency = faults.take(["latency"], target);
    if (latency) await delay(clock, latency.ms, closing.signal);

    const fault = faults.take(ANSWER_FAULTS, target);
    const answer = fault && !isDone(fault) ? null : await carryOut(endpoint, request, requestId);
    if (fault?.kind === "hang") return;
    if (fault?.kind === "reset") {
      incoming.socket.resetAndDestroy();
      return;
    }
    finish(spoil(fault, answer, requestId), fault?.kind === "cut-off");
  };

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (incoming, outgoing) => {
    handle(incoming, outgoing).catch((error: unknown) => {
      if (!closing.signal.aborted) log.debug({ err: error }, "a request ended before its answer");
      outgoing.destroy();
    });
  });
  server.listen(port, HOST);
  await once(server, "listening");
  return {
    baseUrl: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    async close() {
      closing.abort(new Error("the sandbox is closed"));
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/**
 * Whether a page in a browser may have sent it, from elsewhere or under a name that leads here: the tokens follow from the seed, so
 * that any page would know them. Servers send JSON, no Origin, and the loopback address that they were given.
 */
function isPages({ method, headers }: IncomingMessage): boolean {
  const isPlain = method === "POST" && !/^application\/json\b/i.test(headers["content-type"] ?? "");
  return headers.origin !== undefined || isPlain || !isLoopbackHost((headers.host ?? "").replace(/:\d+$/, ""));
}

/** Whether the request is carried out although this fault strikes. */
function isDone(fault: RequestFault): boolean {
  return "done" in fault ? fault.done === true : ["cut-off", "html", "mutate"].includes(fault.kind);
}

/** The answer as the fault leaves it. */
function spoil(fault: RequestFault | null, answer: Answer | null, requestId: string): Answer {
  switch (fault?.kind) {
    case "rate-limit": {
      const headers = fault.retryAfter === undefined ? undefined : { "retry-after": String(fault.retryAfter) };
      return { ...errorAnswer(new ApiError("RATE_LIMIT"), requestId), headers };
    }
    case "server-error": {
      const { status = 500, html } = fault;
      return html
        ? { status, body: page(`${status}`) }
        : errorAnswer(new ApiError("INTERNAL_SERVER_ERROR", { status }), requestId);
    }
    case "error":
      return errorAnswer(new ApiError(fault.code, { type: fault.type, status: fault.status }), requestId);
    case "html":
      return { status: 200, body: page("Welcome") };
    case "mutate": {
      if (!answer) throw new Error("there is no answer to mutate");
      const body = structuredClone(answer.body) as Record<string, unknown>;
      return { ...answer, body: (fault.mutate(body) as object | undefined) ?? body };
    }
  }
  if (!answer) throw new Error("the request was not carried out");
  return answer;
}

function errorAnswer(error: ApiError, requestId: string): Answer {
  return { status: error.status, body: { ...error.toWire(), request_id: requestId } };
}

function page(title: string): string {
  return `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
}

function write(outgoing: ServerResponse, { status, headers, body }: Answer, cut: boolean): void {
  const [type, whole] = written(body);
  const bytes = cut ? whole.subarray(0, Math.ceil(whole.length / 2)) : whole;
  // half of a JSON text tells itself; half of a PDF is told by a connection that breaks
  const isBroken = cut && body instanceof Uint8Array;
  outgoing.writeHead(status, { "content-type": type, "content-length": (isBroken ? whole : bytes).length, ...headers });
  if (isBroken) outgoing.write(bytes, () => outgoing.destroy());
  else outgoing.end(bytes);
}

function written(body: Answer["body"]): [type: string, bytes: Uint8Array] {
  if (body instanceof Uint8Array) return ["application/pdf", body];
  if (typeof body === "string") return ["text/html; charset=utf-8", Buffer.from(body)];
  return ["application/json; charset=utf-8", Buffer.from(JSON.stringify(body))];
}

/** The body's text; null when it is larger than a request can be. */
async function read(incoming: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size <= LARGEST_BODY) chunks.push(chunk);
  }
  return size > LARGEST_BODY ? null : Buffer.concat(chunks).toString();
}

/** The JSON object in a body; null when it is none. */
function parse(text: string | null): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null; // answered with INVALID_BODY
  }
}
