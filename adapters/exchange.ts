import type { IncomingHttpHeaders } from "node:http";
import type { Provider } from "../schema/enums.ts";
import { type Clock, isoNow } from "../src/clock.ts";
import { asGatewayError, GatewayError, type GatewayErrorOptions } from "../src/errors.ts";
import type { Log } from "../src/log.ts";
import type { Origin } from "./adapter.ts";
import { boundedStream } from "./bounded-stream.ts";
import type { Standing } from "./breaker.ts";
import type { Breakdown, Connection, Message, RawAnswer, TakenList } from "./connection.ts";
import type { HttpAnswer, HttpRequest, HttpStream, LongList, StreamRequest, UpstreamMetrics, Wire } from "./http.ts";
import { parseJson } from "./json.ts";
import { redactWords, secretsOf } from "./redact.ts";

/** What one call to an aggregator came to. */
export type Outcome<T = HttpAnswer> = { standing: Standing } & (
  | { answer: T; error?: undefined }
  | {
      answer?: undefined;
      error: GatewayError;
      /** Least time, ms, until a safe read may be repeated; null when that would not help. */
      againMs: number | null;
    }
);

/** A call that came to nothing. */
type Failed = Extract<Outcome, { answer?: undefined }>;

/** What a call is made with. */
export interface ExchangeDeps {
  provider: Provider;
  wire: Wire;
  secrets: readonly string[];
  connection: Connection;
  metrics: UpstreamMetrics;
  clock: Clock;
  log: Log;
}

/** Statuses of a passing trouble. */
const PASSING: ReadonlySet<number> = new Set([500, 502, 503, 504]);
/** The longest Retry-After that is waited for, ms. */
const SHORT_WAIT_MS = 2_000;
/** When to come back after a 429 that does not say: rate limits are by the minute. */
const RATE_WINDOW_MS = 60_000;

/** Makes one call and says what it came to; it never rejects. `deadline` tells a hung aggregator from a caller who left. */
export async function exchange(
  deps: ExchangeDeps,
  request: HttpRequest,
  signal: AbortSignal,
  deadline: AbortSignal,
): Promise<Outcome> {
  const { endpoint } = request;
  const started = deps.clock.now();
  const list = request.longList && listTaker(request.longList);
  const raw = await deps.connection.post(messageOf(deps, request, signal, "application/json"), list);
  const outcome = list?.failure
    ? notTaken(deps, endpoint, list.failure)
    : "breakdown" in raw
      ? ofBreakdown(deps, endpoint, raw, deadline)
      : ofAnswer(deps, endpoint, raw, () => secretsIn(deps, request));
  account(deps, endpoint, started, outcome);
  return outcome;
}

/**
 * Makes one call whose answer is a file, and says what it came to once that has begun; it never rejects. `onBreak` hears when
 * the file breaks off. The call is counted when the file has ended, by then.
 */
export async function exchangeStream(
  deps: ExchangeDeps & { onBreak(standing: Standing): void },
  request: StreamRequest,
  signal: AbortSignal,
  deadline: AbortSignal,
): Promise<Outcome<HttpStream>> {
  const { endpoint } = request;
  const started = deps.clock.now();
  const raw = await deps.connection.open(messageOf(deps, request, signal, request.accept), request.begins);
  if ("chunks" in raw) {
    const requestId = requestIdOf(null, raw.headers[deps.wire.requestIdHeader]);
    const origin = { endpoint, requestId, fetchedAt: isoNow(deps.clock) };
    const body = boundedStream(raw, {
      ...{ clock: deps.clock, what: `${deps.provider} ${endpoint}`, provider: deps.provider, signal },
      ended(error, standing) {
        account(deps, endpoint, started, error ? { error } : { answer: { origin } });
        if (standing === "failing") deps.onBreak(standing);
      },
    });
    return { standing: "alive", answer: { body, origin } };
  }
  const outcome: Outcome<HttpStream> =
    "breakdown" in raw ? ofBreakdown(deps, endpoint, raw, deadline) : ofNoFile(deps, request, raw);
  account(deps, endpoint, started, outcome);
  return outcome;
}

/** Why an answer's list was not taken to its end. */
type NotTaken = { thrown: unknown } | { problem: string };

/** Hands the objects of a long list on, until one cannot be read or taken. */
function listTaker({ path, begin }: LongList): TakenList & { readonly failure: NotTaken | null } {
  const takeObject = begin();
  let number = 0;
  let failure: NotTaken | null = null;
  return {
    path,
    async take(text) {
      const reading = parseJson(text);
      if (reading.body) {
        await takeObject(reading.body, number).catch((thrown: unknown) => {
          failure = { thrown };
        });
        number += 1;
      } else {
        failure = { problem: reading.problem };
      }
      return failure === null;
    },
    get failure() {
      return failure;
    },
  };
}

/** The aggregator answered; what came of it is another matter. */
function notTaken({ provider }: ExchangeDeps, endpoint: string, failure: NotTaken): Failed {
  const error =
    "thrown" in failure
      ? asGatewayError(failure.thrown)
      : new GatewayError("PROVIDER_BAD_RESPONSE", `${provider} ${endpoint}: answered with ${failure.problem}.`, {
          upstream: { provider },
        });
  return { standing: "alive", error, againMs: null };
}

function messageOf(
  { wire }: ExchangeDeps,
  { endpoint, headers, body, safe }: Pick<HttpRequest, "endpoint" | "headers" | "body" | "safe">,
  signal: AbortSignal,
  accept: string,
): Message {
  return {
    path: wire.pathPrefix + endpoint,
    headers: { ...wire.headers, ...headers },
    body: JSON.stringify(body),
    ...{ signal, accept, fresh: !safe },
  };
}

function secretsIn({ secrets, wire }: ExchangeDeps, request: Pick<HttpRequest, "headers" | "body">): string[] {
  return [...secrets, ...secretsOf({ ...wire.headers, ...request.headers }, request.body)];
}

/** Counts and logs a call that has ended. */
function account(
  { provider, clock, metrics, log }: ExchangeDeps,
  endpoint: string,
  started: number,
  { answer, error }: { answer?: { origin: Origin } | undefined; error?: GatewayError | undefined },
): void {
  const seconds = (clock.now() - started) / 1000;
  const outcome = error?.code ?? "OK";
  metrics.upstreamCall({ provider, endpoint, outcome, seconds });
  const requestId = answer?.origin.requestId ?? error?.options.upstream?.requestId;
  log.debug({ provider, endpoint, outcome, requestId, seconds }, "upstream call");
}

/** What stands where a file was asked for: an error, whatever its status. */
function ofNoFile(deps: ExchangeDeps, request: StreamRequest, raw: RawAnswer): Failed {
  const secrets = secretsIn(deps, request);
  const made = ofAnswer(deps, request.endpoint, raw, () => secrets);
  if (made.error) return made;
  const { body, origin } = made.answer;
  const { status } = raw;
  const { requestId, endpoint } = origin;
  const said = redactWords(body, secrets) as Record<string, unknown>;
  return { standing: "alive", error: deps.wire.readError({ status, body: said, requestId, endpoint }), againMs: null };
}

function ofBreakdown({ provider }: ExchangeDeps, endpoint: string, raw: Breakdown, deadline: AbortSignal): Failed {
  const fail = (code: "PROVIDER_UNAVAILABLE" | "PROVIDER_BAD_RESPONSE" | "PROVIDER_TIMEOUT", what: string) =>
    new GatewayError(code, `${provider} ${endpoint}: ${what} (${raw.detail}).`, {
      upstream: { provider },
      nothingDone: raw.breakdown === "refused",
      ...(raw.breakdown === "too large" ? { retryable: false } : {}),
    });
  switch (raw.breakdown) {
    case "refused":
      return { standing: "unreachable", error: fail("PROVIDER_UNAVAILABLE", "no connection"), againMs: 0 };
    case "broken":
      return { standing: "failing", error: fail("PROVIDER_UNAVAILABLE", "the connection broke"), againMs: 0 };
    case "cut":
      return { standing: "failing", error: fail("PROVIDER_BAD_RESPONSE", "the answer was cut off"), againMs: 0 };
    case "too large":
      return { standing: "alive", error: fail("PROVIDER_BAD_RESPONSE", "the answer is too large"), againMs: null };
    case "ended": {
      const standing = deadline.aborted ? "failing" : "unknown";
      return { standing, error: fail("PROVIDER_TIMEOUT", "no answer in time"), againMs: null };
    }
  }
}

/** @param secrets Blanked in what an error answer says. */
function ofAnswer(deps: ExchangeDeps, endpoint: string, raw: RawAnswer, secrets: () => readonly string[]): Outcome {
  const { provider, wire, clock } = deps;
  const reading = parseJson(raw.text);
  const requestId = requestIdOf(reading.body, raw.headers[wire.requestIdHeader]);
  const { status } = raw;
  if (status >= 200 && status < 300 && reading.body) {
    const origin = { endpoint, requestId, fetchedAt: isoNow(clock) };
    return { standing: "alive", answer: { body: reading.body, origin } };
  }
  if (status < 400) {
    const found =
      "problem" in reading && status < 300
        ? reading.problem
        : "a redirect, which is not followed: the call carries secrets";
    const error = new GatewayError(
      "PROVIDER_BAD_RESPONSE",
      `${provider} ${endpoint}: answered ${status} with ${found}.`,
      {
        upstream: { provider, httpStatus: status, requestId },
      },
    );
    return { standing: "alive", error, againMs: null };
  }
  const body = reading.body && (redactWords(reading.body, secrets()) as Record<string, unknown>);
  const error = wire.readError({ status, body, requestId, endpoint });
  return ofError(error, status, retryAfter(raw.headers, clock), clock);
}

/** Adds what every aggregator's errors have in common: when to come back, and whether anything was done. */
function ofError(error: GatewayError, status: number, retryAfterMs: number | null, clock: Clock): Outcome {
  const rateLimited = status === 429 || error.code === "PROVIDER_RATE_LIMITED";
  const more: GatewayErrorOptions = {};
  if (rateLimited) more.nothingDone = true;
  if (retryAfterMs !== null) more.retryAt = clock.now() + retryAfterMs;
  else if (error.code === "PROVIDER_RATE_LIMITED") more.retryAt = clock.now() + RATE_WINDOW_MS;
  const short = retryAfterMs !== null && retryAfterMs <= SHORT_WAIT_MS;
  const passing = PASSING.has(status) && (retryAfterMs === null || short);
  return {
    standing: status >= 500 && error.code === "PROVIDER_UNAVAILABLE" ? "failing" : "alive",
    error: new GatewayError(error.code, error.message, { ...error.options, ...more }),
    againMs: passing || (rateLimited && short) ? (retryAfterMs ?? 0) : null,
  };
}

function requestIdOf(body: Record<string, unknown> | null, header: string | string[] | undefined): string | null {
  if (typeof body?.request_id === "string") return body.request_id;
  return typeof header === "string" ? header : null;
}

/** Retry-After in ms: seconds, or a date; null when there is none that can be read. */
function retryAfter(headers: IncomingHttpHeaders, clock: Clock): number | null {
  const text = headers["retry-after"]?.trim();
  if (!text) return null;
  if (/^\d{1,7}$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - clock.now());
}
