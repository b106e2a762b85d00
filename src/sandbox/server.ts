import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Clock, delay } from "../clock.ts";
import { redact } from "../log/redact.ts";
import type { Log } from "../log.ts";
import { isLoopbackHost } from "../loopback.ts";
import { type Answer, errorAnswer, isDone, spoilAnswer, writeAnswer } from "./answer.ts";
import { ApiError } from "./api-error.ts";
import type { Calls, SandboxCall } from "./calls.ts";
import { CONTROL_PREFIX, type Control } from "./control.ts";
import type { ApiRequest, Dialect } from "./endpoints.ts";
import type { OwnFaults } from "./faults.ts";
import type { Items } from "./items.ts";
import { createChance } from "./world/chance.ts";

/** What an aggregator's server is made with. */
export interface ServerDeps {
  dialect: Dialect;
  /** On 127.0.0.1; 0 is any free one. */
  port: number;
  seed: number;
  clock: Clock;
  /** The clock behind it: the network is as slow as ever while the sandbox's stands still, or leaps. */
  realClock: Clock;
  log: Log;
  items: Items;
  faults: OwnFaults;
  calls: Calls;
  control: Control;
}

/** An imitated aggregator, listening. */
export interface SandboxServer {
  baseUrl: string;
  /** Ends every connection, answered or not. */
  close(): Promise<void>;
}

const HOST = "127.0.0.1";
const LARGEST_BODY = 1_048_576;
/** Of a request to the sandbox itself: a custom user may have many transactions. */
const LARGEST_CONTROL = 16 * 1_048_576;
/** Longer than clients keep idle connections, so that it is not the server that closes one under a request. */
const KEEP_ALIVE_MS = 75_000;
const FORBIDDEN =
  "Servers only: no page in a browser may call this. A POST says content-type application/json, no request an Origin, each a loopback Host.";
/** The largest body that the log of calls keeps, bytes. */
const LARGEST_KEPT = 4_096;
const ANSWER_FAULTS = [
  ...(["rate-limit", "server-error", "error", "hang", "reset", "drip", "cut-off", "html", "mutate"] as const),
];

/** Serves one aggregator over real HTTP. @throws Error when the port is taken. */
export async function serve(deps: ServerDeps): Promise<SandboxServer> {
  const { dialect, port, seed, clock, realClock, log, items, faults, calls, control } = deps;
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

  const visit = (path: string, requestId: string): Answer | null => {
    try {
      const page = dialect.visit?.(path) ?? null;
      return page === null ? null : { status: 200, body: page };
    } catch (error) {
      if (error instanceof ApiError) return errorAnswer(error, requestId);
      throw error;
    }
  };

  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(incoming.url ?? "/", "http://sandbox");
    const plainly = { fault: null, clock: realClock, signal: closing.signal };
    const forbidden: Answer = { status: 403, body: FORBIDDEN };
    if (pathname === CONTROL_PREFIX || pathname.startsWith(`${CONTROL_PREFIX}/`)) {
      const asked = async () => ({
        ...{ method: incoming.method ?? "GET", path: pathname.slice(CONTROL_PREFIX.length) },
        ...{ query: Object.fromEntries(searchParams), body: await read(incoming, LARGEST_CONTROL), provider },
      });
      return writeAnswer(outgoing, isPages(incoming) ? forbidden : await control(await asked()), plainly);
    }
    const isOurs = pathname.startsWith(`${prefix}/`) && incoming.method === "POST";
    const endpoint = pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : pathname;
    const call: SandboxCall = {
      ...{ provider, endpoint, itemId: null, user: null, at: clock.now() },
      ...{ status: null, ms: null, request: null, fault: null },
    };
    const arrived = realClock.now();
    calls.add(call);
    if (faults.take(["refuse"], { provider, endpoint, itemIds: [] })) {
      call.fault = "refuse";
      incoming.socket.destroy();
      return;
    }
    requests += 1;
    const number = requests;
    const requestId = createChance(seed, provider, "request", number).id(15);
    const finish = (answer: Answer, how: Parameters<typeof writeAnswer>[2] = plainly) => {
      Object.assign(call, { status: answer.status, ms: realClock.now() - arrived });
      return writeAnswer(outgoing, answer, how);
    };
    if (isPages(incoming)) return finish(forbidden);
    const visited = incoming.method === "GET" ? visit(pathname, requestId) : null;
    if (visited) return finish(visited);
    const text = await read(incoming, LARGEST_BODY);
    const body = parse(text);
    if (!body || !isOurs) return finish(errorAnswer(new ApiError(isOurs ? "INVALID_BODY" : "NOT_FOUND"), requestId));

    const request: ApiRequest = { body, headers: incoming.headers };
    const itemIds = dialect.itemIdsOf(request);
    call.itemId = itemIds.length === 1 ? (itemIds[0] ?? null) : null;
    call.user = call.itemId === null ? null : (items.byId(call.itemId)?.user ?? null);
    call.request = (text ?? "").length <= LARGEST_KEPT ? redact(body) : null;
    const target = { provider, endpoint, itemIds };
    const latency = faults.take(["latency"], target);
    if (latency) {
      const { ms, upToMs = ms } = latency;
      await delay(realClock, createChance(seed, provider, "latency", number).int(ms, upToMs), closing.signal);
    }

    const fault = faults.take(ANSWER_FAULTS, target);
    call.fault = fault?.kind ?? null;
    const answer = fault && !isDone(fault) ? null : await carryOut(endpoint, request, requestId);
    if (fault?.kind === "hang") return;
    if (fault?.kind === "reset") {
      incoming.socket.resetAndDestroy();
      return;
    }
    await finish(spoilAnswer(fault, answer, requestId), { ...plainly, fault });
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

/** The body's text; null when it has more bytes than `most`. */
async function read(incoming: IncomingMessage, most: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
  }
  return size > most ? null : Buffer.concat(chunks).toString();
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
