import { Agent as HttpAgent, type IncomingHttpHeaders } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import got from "got";

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
}

/** An answer of any status, as it came. */
export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
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
  post(message: Message): Promise<RawAnswer | Breakdown>;
  /** Ends idle connections. */
  close(): void;
}

const SOCKETS = 64;
const IDLE_SOCKETS = 16;
/** Name resolution, routing and the TLS handshake: the request had not been sent. */
const REFUSED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|EADDRNOTAVAIL|ERR_TLS_.*|CERT_.*|UNABLE_TO_.*|.*SELF_SIGNED.*)$/;

/** Keep-alive HTTP over got, less what got would do of its own accord: redirects, repeats, throwing with the request inside. */
export function createConnection({ baseUrl, maxBytes }: { baseUrl: string; maxBytes: number }): Connection {
  const base = baseUrl.replace(/\/+$/, "");
  const kept = { keepAlive: true, maxSockets: SOCKETS, maxFreeSockets: IDLE_SOCKETS };
  const agents = { http: new HttpAgent(kept), https: new HttpsAgent(kept) };
  const freshAgents = { http: new HttpAgent({ maxSockets: SOCKETS }), https: new HttpsAgent({ maxSockets: SOCKETS }) };

  async function post({ path, headers, body, signal, fresh }: Message): Promise<RawAnswer | Breakdown> {
    let answer: Omit<RawAnswer, "text"> | undefined;
    try {
      const stream = got.stream.post(base + path, {
        body,
        headers: {
          accept: "application/json",
          "content-type": "application/json",
          "user-agent": "tributary",
          ...headers,
        },
        agent: fresh ? freshAgents : agents,
        signal,
        followRedirect: false,
        throwHttpErrors: false,
        retry: { limit: 0 },
      });
      stream.once("response", ({ statusCode, headers }) => {
        answer = { status: statusCode, headers };
      });
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of stream) {
        size += chunk.length;
        if (size > maxBytes) return { breakdown: "too large", detail: `more than ${maxBytes} bytes` };
        chunks.push(chunk);
      }
      if (!answer) return { breakdown: "broken", detail: "closed" };
      return { ...answer, text: new TextDecoder().decode(Buffer.concat(chunks)) };
    } catch (error) {
      const detail = codeOf(error);
      if (signal.aborted) return { breakdown: "ended", detail };
      if (REFUSED.test(detail)) return { breakdown: "refused", detail };
      return { breakdown: answer ? "cut" : "broken", detail };
    }
  }

  return {
    post,
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
