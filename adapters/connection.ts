import { Agent as HttpAgent, type IncomingHttpHeaders } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import got from "got";
import { createListCutter } from "./list-cutter.ts";

/** What to send. */
export interface Message {
  /** Appended to the base URL. */
  path: string;
  headers: Readonly<Record<string, string>>;
  /** JSON. */
  body: string;
  signal: AbortSignal;
  /** A connection of its own: one kept open may be closed by the other side at the very moment of sending. */
  fresh: boolean;
  /** The media type that is asked for. */
  accept: string;
}

/** What takes the objects of a list out of an answer while it comes. */
export interface TakenList {
  path: readonly [string, string];
  /** No more is read meanwhile. False ends the answer: nothing more is wanted of it. */
  take(text: string): Promise<boolean>;
}

/** An answer of any status, as it came. */
export interface RawAnswer extends Head {
  text: string;
}

/** How an answer begins. */
interface Head {
  status: number;
  headers: IncomingHttpHeaders;
}

/** A 2xx answer that is a file, from its first byte on. */
export interface RawStream extends Head {
  /** They come as they are taken. @throws unless the file came whole. */
  chunks: AsyncIterator<Buffer>;
  /** Ends the connection, unless the file has come whole. */
  end(): void;
}

/** A request under way. */
interface Sent {
  chunks: AsyncIterableIterator<Buffer>;
  head: Head | null;
  /** Ends the connection. */
  end(): void;
}

/**
 * No answer, or none that could be taken: `refused` proves that nothing was sent; `broken` came before any answer, `cut`
 * within it; `ended` is the signal's doing.
 */
export interface Breakdown {
  breakdown: "refused" | "broken" | "cut" | "too large" | "ended";
  /** The system's code, e.g. ECONNRESET. */
  detail: string;
}

/** HTTP to one host. */
export interface Connection {
  /** Where `list` is given, its objects have been taken out of a 2xx answer. */
  post(message: Message, list?: TakenList): Promise<RawAnswer | Breakdown>;
  /** An answer as it comes when it is a file, told by its first bytes ("%PDF-"); any other whole, as `post` gives it. */
  open(message: Message, begins: string): Promise<RawStream | RawAnswer | Breakdown>;
  /** Ends idle connections. */
  close(): void;
}

/** The largest answer in all when a list is taken out of it: several times a report of 99 items over two years. */
const MOST_WITH_LIST = 1024 * 1024 * 1024;
/** All are kept: a page over many items uses them at once, and a new one costs a TLS handshake. */
const SOCKETS = 64;
/** Of every call: got does nothing of its own accord. */
const OPTIONS = {
  method: "POST",
  headers: { "content-type": "application/json", "user-agent": "tributary" },
  followRedirect: false,
  throwHttpErrors: false,
  retry: { limit: 0 },
} as const;
/** Name resolution, routing and the TLS handshake: the request had not been sent. */
const REFUSED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|EADDRNOTAVAIL|ERR_TLS_.*|CERT_.*|UNABLE_TO_.*|.*SELF_SIGNED.*)$/;

/** Keep-alive HTTP over got, less what got would do of its own accord: redirects, repeats, throwing with the request inside. */
export function createConnection({ baseUrl, maxBytes }: { baseUrl: string; maxBytes: number }): Connection {
  const base = baseUrl.replace(/\/+$/, "");
  const kept = { keepAlive: true, maxSockets: SOCKETS, maxFreeSockets: SOCKETS };
  const agents = { http: new HttpAgent(kept), https: new HttpsAgent(kept) };
  const freshAgents = { http: new HttpAgent({ maxSockets: SOCKETS }), https: new HttpsAgent({ maxSockets: SOCKETS }) };
  // what calls have in common is judged once: got's reading of options is most of what a call costs
  const keptCalls = got.extend({ ...OPTIONS, agent: agents });
  const freshCalls = got.extend({ ...OPTIONS, agent: freshAgents });

  /** Begins to send; `head` is there once the answer has begun. */
  function send({ path, headers, body, signal, fresh, accept }: Message): Sent {
    const stream = (fresh ? freshCalls : keptCalls).stream(base + path, {
      body,
      headers: { ...headers, accept },
      signal,
    });
    const sent: Sent = { chunks: stream[Symbol.asyncIterator](), head: null, end: () => void stream.destroy() };
    stream.once("response", ({ statusCode, headers }) => {
      sent.head = { status: statusCode, headers };
    });
    return sent;
  }

  async function post(message: Message, list?: TakenList): Promise<RawAnswer | Breakdown> {
    let sent: Sent | undefined;
    try {
      sent = send(message);
      return list ? await lessList(sent, list, maxBytes) : await whole(sent, [], maxBytes);
    } catch (error) {
      return breakdownOf(error, message.signal, sent?.head);
    }
  }

  async function open(message: Message, begins: string): Promise<RawStream | RawAnswer | Breakdown> {
    let sent: Sent | undefined;
    try {
      sent = send(message);
      const begun = await firstBytes(sent.chunks, begins.length);
      const status = sent.head?.status ?? 0;
      const isFile = status >= 200 && status < 300 && begun.subarray(0, begins.length).toString("latin1") === begins;
      if (!sent.head || !isFile) return await whole(sent, [begun], maxBytes);
      return { ...sent.head, chunks: joined(begun, sent.chunks), end: sent.end };
    } catch (error) {
      return breakdownOf(error, message.signal, sent?.head);
    }
  }

  return {
    post,
    open,
    close() {
      for (const agent of [agents.http, agents.https, freshAgents.http, freshAgents.https]) agent.destroy();
    },
  };
}

/** Only the code: got's errors carry the request with its headers and body. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" ? code : "unknown";
}

async function whole(sent: Sent, begun: Buffer[], maxBytes: number): Promise<RawAnswer | Breakdown> {
  const chunks = [...begun];
  let size = Buffer.concat(begun).length;
  for await (const chunk of sent.chunks) {
    size += chunk.length;
    if (size > maxBytes) return { breakdown: "too large", detail: `more than ${maxBytes} bytes` };
    chunks.push(chunk);
  }
  if (!sent.head) return { breakdown: "broken", detail: "closed" };
  return { ...sent.head, text: new TextDecoder().decode(Buffer.concat(chunks)) };
}

/** An answer less the objects of a list, which are taken as they come; an error as it is. */
async function lessList(sent: Sent, { path, take }: TakenList, maxBytes: number): Promise<RawAnswer | Breakdown> {
  const begun = await firstBytes(sent.chunks, 1);
  if (!sent.head || sent.head.status >= 300) return whole(sent, [begun], maxBytes);
  const cutter = createListCutter(path);
  let size = 0;
  for await (const chunk of joined(begun, sent.chunks)) {
    size += chunk.length;
    const objects = cutter.push(chunk);
    const most = Math.max(cutter.held, ...objects.map(({ length }) => length));
    if (most > maxBytes || size > MOST_WITH_LIST)
      return { breakdown: "too large", detail: `more than ${maxBytes} bytes` };
    for (const object of objects) {
      if (!(await take(new TextDecoder().decode(object)))) return { ...sent.head, text: "" };
    }
  }
  return { ...sent.head, text: new TextDecoder().decode(cutter.rest()) };
}

/** At least so many bytes, or all that there are. */
async function firstBytes(chunks: AsyncIterator<Buffer>, count: number): Promise<Buffer> {
  let begun = Buffer.alloc(0);
  while (begun.length < count) {
    const { done, value } = await chunks.next();
    if (done) break;
    begun = Buffer.concat([begun, value]);
  }
  return begun;
}

async function* joined(begun: Buffer, rest: AsyncIterableIterator<Buffer>): AsyncGenerator<Buffer, void, void> {
  yield begun;
  yield* rest;
}

function breakdownOf(error: unknown, signal: AbortSignal, head: Head | null | undefined): Breakdown {
  const detail = codeOf(error);
  if (signal.aborted) return { breakdown: "ended", detail };
  if (REFUSED.test(detail)) return { breakdown: "refused", detail };
  return { breakdown: head ? "cut" : "broken", detail };
}
