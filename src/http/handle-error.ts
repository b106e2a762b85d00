import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { GraphQLError } from "graphql";
import { GatewayError } from "../errors.ts";
import type { FormatError } from "../graphql/format-error.ts";
import { requestId } from "../graphql/request-id.ts";
import { transportError } from "../graphql/transport-error.ts";
import { sendErrors } from "./send-errors.ts";

/** HTTP statuses of this gateway's errors outside GraphQL; every other is 500. */
const STATUS: Partial<Record<GatewayError["code"], number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  BAD_USER_INPUT: 400,
  RATE_LIMITED: 429,
  ITEM_LOGIN_REQUIRED: 502,
  ITEM_CONSENT_REQUIRED: 502,
  ITEM_REVOKED: 502,
  ITEM_NOT_READY: 503,
  PRODUCT_UNSUPPORTED: 502,
  REPORT_NOT_READY: 503,
  REPORT_FAILED: 502,
  INSTITUTION_UNAVAILABLE: 503,
  PROVIDER_UNAVAILABLE: 503,
  PROVIDER_TIMEOUT: 504,
  PROVIDER_RATE_LIMITED: 503,
  PROVIDER_BAD_RESPONSE: 502,
  PROVIDER_MISCONFIGURED: 502,
  PROVIDER_ERROR: 502,
};

/** What is wrong with a request that Fastify refuses; its own words can hold parts of the body. */
const REFUSALS: Record<number, string> = {
  413: "The request body is larger than this route allows.",
  415: "The content type is not one that this route reads; send application/json.",
};

const MALFORMED = "The request is malformed: its body must be JSON.";

/** Answers a request whose handling failed: a word for the caller, with Retry-After where that is known; the cause for the log. */
export function createHandleError(formatError: FormatError) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const status = statusOf(error);
    if (status === 401) reply.header("www-authenticate", "Bearer");
    if (error instanceof GatewayError && error.options.retryAt !== undefined) {
      reply.header("retry-after", wholeSecond(error.options.retryAt));
    }
    const isRefusal = !(error instanceof GatewayError || error instanceof GraphQLError) && status < 500;
    const shown = isRefusal ? transportError("BAD_REQUEST", REFUSALS[status] ?? MALFORMED, status) : error;
    return requestId.run(request.id, () => sendErrors(request, reply, status, [formatError(shown)]));
  };
}

/** An HTTP date: never before the moment, ms. */
function wholeSecond(ms: number): string {
  return new Date(Math.ceil(ms / 1_000) * 1_000).toUTCString();
}

function statusOf(error: FastifyError | GatewayError | GraphQLError): number {
  if (error instanceof GatewayError) return STATUS[error.code] ?? 500;
  if (error instanceof GraphQLError) return (error.extensions.http as { status?: number } | undefined)?.status ?? 500;
  return error.statusCode ?? 500;
}
