import type { ServerResponse } from "node:http";
import { type Clock, delay } from "../clock.ts";
import { ApiError } from "./api-error.ts";
import { applyChange } from "./change.ts";
import type { RequestFault } from "./faults.ts";

/** An answer before it is written. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** An object is written as JSON; text is an HTML page, bytes are a PDF. */
  body: object | string;
}

/** An error in the aggregator's manner. */
export function errorAnswer(error: ApiError, requestId: string): Answer {
  return { status: error.status, body: { ...error.toWire(), request_id: requestId } };
}

/** Whether the request is carried out although this fault strikes. */
export function isDone(fault: RequestFault): boolean {
  return "done" in fault ? fault.done === true : ["cut-off", "html", "mutate", "drip"].includes(fault.kind);
}

/** The answer as the fault leaves it: `answer` is null where the request was not carried out. */
export function spoilAnswer(fault: RequestFault | null, answer: Answer | null, requestId: string): Answer {
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
      if ("mutate" in fault) return { ...answer, body: (fault.mutate(body) as object | undefined) ?? body };
      for (const change of fault.changes) applyChange(body, change);
      return { ...answer, body };
    }
  }
  if (!answer) throw new Error("the request was not carried out");
  return answer;
}

/** Writes the answer as far and as fast as the fault lets it. Rejects when the signal aborts first. */
export async function writeAnswer(
  outgoing: ServerResponse,
  { status, headers, body }: Answer,
  { fault, clock, signal }: { fault: RequestFault | null; clock: Clock; signal: AbortSignal },
): Promise<void> {
  const [type, whole] = written(body);
  const isCut = fault?.kind === "cut-off";
  const bytes = isCut ? whole.subarray(0, Math.ceil(whole.length / 2)) : whole;
  // half of a JSON text tells itself; half of a PDF is told by a connection that breaks
  const isBroken = isCut && body instanceof Uint8Array;
  outgoing.writeHead(status, { "content-type": type, "content-length": (isBroken ? whole : bytes).length, ...headers });
  if (isBroken) {
    outgoing.write(bytes, () => outgoing.destroy());
    return;
  }
  if (fault?.kind === "drip") {
    const { ms, bytes: each = 1 } = fault;
    for (let at = 0; at < bytes.length && !outgoing.destroyed; at += each) {
      if (at > 0) await delay(clock, ms, signal);
      outgoing.write(bytes.subarray(at, at + each));
    }
    outgoing.end();
    return;
  }
  outgoing.end(bytes);
}

function page(title: string): string {
  return `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
}

function written(body: Answer["body"]): [type: string, bytes: Uint8Array] {
  if (body instanceof Uint8Array) return ["application/pdf", body];
  if (typeof body === "string") return ["text/html; charset=utf-8", Buffer.from(body)];
  return ["application/json; charset=utf-8", Buffer.from(JSON.stringify(body))];
}
