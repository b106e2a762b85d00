import type { Readable } from "node:stream";
import type { ErrorCode, Provider } from "../schema/enums.ts";
import { orAbort } from "../src/clock/or-abort.ts";
import { type Clock, delay } from "../src/clock.ts";
import { GatewayError } from "../src/errors.ts";
import type { Log } from "../src/log.ts";
import type { Availability, Origin } from "./adapter.ts";
import { createBreaker, type Standing } from "./breaker.ts";
import { createConnection } from "./connection.ts";
import { exchange, exchangeStream, type Outcome } from "./exchange.ts";

/** One upstream POST. */
export interface HttpRequest {
  /** Plaid's path of the endpoint (a prefix such as /v1/plaid is the wire's); for budgets, metrics and provenance, e.g. "/accounts/get". */
  endpoint: string;
  /** Sent as JSON. */
  body: object;
  /** Added to those of every call; values are secrets. */
  headers?: Record<string, string>;
  signal: AbortSignal;
  /** Whose per-item budget it counts against; none counts against the client's only. */
  budgetKey?: string;
  /** A safe read is repeated after a refused or reset connection, 5xx, or a short Retry-After; a write never is. */
  safe: boolean;
  /** Longest time for the whole call, repeats included, ms; 10 s unless given. */
  deadlineMs?: number;
  /** A list that may make the answer too long to be held whole. */
  longList?: LongList;
}

/**
 * A list whose objects are taken out of a 2xx answer one by one while it comes, and no faster than they are taken: the size limit holds
 * for each, and for the rest of the answer. In the body that the call resolves to, `{ taken: 0 }` stands in each one's place, with its
 * number in order.
 */
export interface LongList {
  /** Where it stands: ["report", "items"]. */
  path: readonly [string, string];
  /** Makes what takes the objects; anew when the call is repeated. What it throws ends the call. */
  begin(): TakeObject;
}

export type TakeObject = (object: Record<string, unknown>, number: number) => Promise<void>;

/** A 2xx answer. */
export interface HttpAnswer {
  /** Parsed; numbers of more than 15 digits are strings with all their digits. */
  body: Record<string, unknown>;
  origin: Origin;
}

/** One upstream POST, a safe read, that is answered by a file. `signal` ends the file as well. */
export interface StreamRequest extends Omit<HttpRequest, "safe" | "deadlineMs" | "longList"> {
  /** The file's media type. */
  accept: string;
  /** What such a file begins with, e.g. "%PDF-": anything else is an error, and read as one. */
  begins: string;
  safe: true;
  /** Longest time until the file begins, repeats included, ms; 10 s unless given. */
  deadlineMs?: number;
}

/** A file that has begun to come. */
export interface HttpStream {
  /** No faster than it is read; it ends in a GatewayError unless the file came whole. */
  body: Readable;
  origin: Origin;
}

/** An answer of 4xx or 5xx, its secrets blanked. */
export interface ErrorAnswer {
  status: number;
  /** Null when it is no JSON object. */
  body: Record<string, unknown> | null;
  requestId: string | null;
  endpoint: string;
}

/** How an adapter reads an error answer of its aggregator. */
export type ReadError = (answer: ErrorAnswer) => GatewayError;

/** What an aggregator's calls look like over HTTP. */
export interface Wire {
  /** Stands between base URL and path: "/v1/plaid", or "". */
  pathPrefix: string;
  /** Of every call; values are secrets. */
  headers: Readonly<Record<string, string>>;
  /** Response header (lower case) with the request id, for answers that have none in their body. */
  requestIdHeader: string;
  readError: ReadError;
}

/** Rate budget: what the aggregator publishes, kept for all replicas. */
export interface UpstreamBudget {
  /** Takes one call. @throws GatewayError PROVIDER_RATE_LIMITED with retryAt and `nothingDone` when the minute is used up. */
  take(endpoint: string, budgetKey: string | null): Promise<void>;
}

/** Where calls are counted. */
export interface UpstreamMetrics {
  upstreamCall(done: { provider: Provider; endpoint: string; outcome: "OK" | ErrorCode; seconds: number }): void;
}

export interface HttpOptions {
  provider: Provider;
  /** The only host that is ever called, e.g. https://sandbox.plaid.com. */
  baseUrl: string;
  wire: Wire;
  /** Blanked wherever the aggregator quotes them, beside those that a call itself carries. */
  secrets: readonly string[];
  budget: UpstreamBudget;
  metrics: UpstreamMetrics;
  clock: Clock;
  log: Log;
  /** Largest answer, unpacked; 32 MiB unless given. One with a long list may have more in all. */
  maxBytes?: number;
}

/** The wire to one aggregator. */
export interface Http {
  /** @throws GatewayError, always. */
  post(request: HttpRequest): Promise<HttpAnswer>;
  /** @throws GatewayError, always, before the file begins. */
  stream(request: StreamRequest): Promise<HttpStream>;
  availability(): Availability;
  /** Ends idle connections. */
  close(): void;
}

const CALL_MS = 10_000;
const MAX_BYTES = 32 * 1024 * 1024;
/** How often a safe read is repeated. */
const REPEATS = 2;
/** Longest wait before the first repeat; twice that before the second. */
const FIRST_BACKOFF_MS = 200;

/** One call under way. */
interface Run {
  request: HttpRequest | StreamRequest;
  /** The caller's signal and the deadline's. */
  signal: AbortSignal;
  deadline: AbortSignal;
  /** Whether anything was sent yet. */
  sent: boolean;
}

/** Makes one call of a run. */
type Make<T> = (signal: AbortSignal, deadline: AbortSignal) => Promise<Outcome<T>>;

/**
 * Everything that every call to an aggregator needs, once: deadline, budget, breaker, repeats of safe reads, size limit,
 * exact JSON, redaction, metrics. Secrets go to the configured host only: redirects are never followed.
 */
export function createHttp(options: HttpOptions): Http {
  const { provider, budget, clock, log } = options;
  const connection = createConnection({ baseUrl: options.baseUrl, maxBytes: options.maxBytes ?? MAX_BYTES });
  const breaker = createBreaker({ provider, clock, log });

  const deps = { ...options, connection };

  const post = (request: HttpRequest): Promise<HttpAnswer> =>
    inTime(request, (signal, deadline) => exchange(deps, request, signal, deadline));

  function stream(request: StreamRequest): Promise<HttpStream> {
    const from = request.budgetKey ?? request.endpoint;
    const onBreak = (standing: Standing) => {
      breaker.run(from, async () => ({ standing })).catch(() => undefined); // calls are held back already
    };
    return inTime(request, (signal, deadline) => exchangeStream({ ...deps, onBreak }, request, signal, deadline));
  }

  async function inTime<T>(request: HttpRequest | StreamRequest, make: Make<T>): Promise<T> {
    const deadline = new AbortController();
    const ms = request.deadlineMs ?? CALL_MS;
    const cancel = clock.after(ms, () => deadline.abort());
    const signal = AbortSignal.any([request.signal, deadline.signal]);
    const run: Run = { request, signal, deadline: deadline.signal, sent: false };
    try {
      return await repeated(run, make);
    } catch (error) {
      if (!signal.aborted) throw error;
      if (request.signal.reason instanceof GatewayError) throw request.signal.reason;
      const when = deadline.signal.aborted ? `within ${ms} ms` : "before the call was ended";
      throw new GatewayError("PROVIDER_TIMEOUT", `${provider} did not answer ${request.endpoint} ${when}.`, {
        upstream: { provider },
        nothingDone: !run.sent,
      });
    } finally {
      cancel();
    }
  }

  async function repeated<T>(run: Run, make: Make<T>): Promise<T> {
    for (let repeats = 0; ; repeats += 1) {
      const outcome = await once(run, make);
      if (!outcome.error) return outcome.answer;
      if (!run.request.safe || outcome.againMs === null || repeats === REPEATS) throw outcome.error;
      const backoffMs = (0.5 + Math.random() / 2) * FIRST_BACKOFF_MS * 2 ** repeats;
      await delay(clock, Math.max(outcome.againMs, backoffMs), run.signal);
    }
  }

  async function once<T>(run: Run, make: Make<T>): Promise<Outcome<T>> {
    const { request, signal, deadline } = run;
    signal.throwIfAborted();
    breaker.check();
    await orAbort(budget.take(request.endpoint, request.budgetKey ?? null), signal);
    return breaker.run(request.budgetKey ?? request.endpoint, () => {
      run.sent = true;
      return make(signal, deadline);
    });
  }

  return { post, stream, availability: breaker.availability, close: connection.close };
}
