import type { IncomingHttpHeaders } from "node:http";
import type { Provider } from "../schema/enums.ts";
import { type Clock, isoNow } from "../src/clock.ts";
import { GatewayError, type GatewayErrorOptions } from "../src/errors.ts";
import type { Log } from "../src/log.ts";
import type { Standing } from "./breaker.ts";
import type { Breakdown, Connection, RawAnswer } from "./connection.ts";
import type { HttpAnswer, HttpRequest, UpstreamMetrics, Wire } from "./http.ts";
import { parseJson } from "./json.ts";
import { redactWords, secretsOf } from "./redact.ts";

/** What one call to an aggregator came to. */
export type Outcome = { standing: Standing } & (
  | { answer: HttpAnswer; error?: undefined }
  | {
      answer?: undefined;
      error: GatewayError;
      /** Least time, ms, until a safe read may be repeated; null when that would not help. */
      againMs: number | null;
    }
);

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
  const { provider, wire, clock, log } = deps;
  const { endpoint } = request;
  const headers = { ...wire.headers, ...request.headers };
  const started = clock.now();
  const raw = await deps.connection.post({
    path: wire.pathPrefix + endpoint,
    headers,
    body: JSON.stringify(request.body),
    signal,
    fresh: !request.safe,
  });
  const outcome =
    "breakdown" in raw
      ? ofBreakdown(deps, endpoint, raw, deadline)
      : ofAnswer(deps, endpoint, raw, [...deps.secrets, ...secretsOf(headers, request.body)]);
  const seconds = (clock.now() - started) / 1000;
  deps.metrics.upstreamCall({ provider, endpoint, outcome: outcome.error?.code ?? "OK", seconds });
  const requestId = outcome.answer?.origin.requestId ?? outcome.error?.options.upstream?.requestId;
  log.debug({ provider, endpoint, outcome: outcome.error?.code ?? "OK", requestId, seconds }, "upstream call");
  return outcome;
}

function ofBreakdown({ provider }: ExchangeDeps, endpoint: string, raw: Breakdown, deadline: AbortSignal): Outcome {
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

function ofAnswer(deps: ExchangeDeps, endpoint: string, raw: RawAnswer, secrets: readonly string[]): Outcome {
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
  const body = reading.body && (redactWords(reading.body, secrets) as Record<string, unknown>);
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
