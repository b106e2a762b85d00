import type { Action, ErrorCode, Provider } from "../schema/enums.ts";

/** What follows from one code; its meaning is the description that schema/enums.ts gives it. */
export interface ErrorDefinition {
  /** What the front end should do now. */
  action: Action;
  /** Whether the same call can succeed later without anyone's doing. */
  retryable: boolean;
}

/** The one table of errors: every code that leaves this gateway. */
export const ERRORS: Record<ErrorCode, ErrorDefinition> = {
  UNAUTHENTICATED: { action: "NONE", retryable: false },
  FORBIDDEN: { action: "NONE", retryable: false },
  NOT_FOUND: { action: "NONE", retryable: false },
  BAD_USER_INPUT: { action: "NONE", retryable: false },
  CONFLICT: { action: "NONE", retryable: false },
  GONE: { action: "NONE", retryable: false },
  ITEM_LOGIN_REQUIRED: { action: "RELINK", retryable: false },
  ITEM_CONSENT_REQUIRED: { action: "GRANT_CONSENT", retryable: false },
  ITEM_REVOKED: { action: "RELINK", retryable: false },
  ITEM_NOT_READY: { action: "RETRY_LATER", retryable: true },
  PRODUCT_UNSUPPORTED: { action: "UNSUPPORTED", retryable: false },
  REPORT_NOT_READY: { action: "RETRY_LATER", retryable: true },
  REPORT_FAILED: { action: "CONTACT_SUPPORT", retryable: false },
  INSTITUTION_UNAVAILABLE: { action: "RETRY_LATER", retryable: true },
  PROVIDER_UNAVAILABLE: { action: "RETRY_LATER", retryable: true },
  PROVIDER_TIMEOUT: { action: "RETRY_LATER", retryable: true },
  PROVIDER_RATE_LIMITED: { action: "RETRY_LATER", retryable: true },
  PROVIDER_BAD_RESPONSE: { action: "RETRY_LATER", retryable: true },
  PROVIDER_MISCONFIGURED: { action: "CONTACT_SUPPORT", retryable: false },
  PROVIDER_ERROR: { action: "CONTACT_SUPPORT", retryable: false },
  RATE_LIMITED: { action: "RETRY_LATER", retryable: true },
  INTERNAL_SERVER_ERROR: { action: "RETRY_LATER", retryable: true },
};

/** Codes that Apollo Server and the transports give before an operation runs; they pass `formatError` as they are. */
export const TRANSPORT_ERRORS: Record<string, string> = {
  GRAPHQL_PARSE_FAILED: "The document is not GraphQL.",
  GRAPHQL_VALIDATION_FAILED: "The document does not fit the schema, or is deeper or costlier than the limits allow.",
  OPERATION_RESOLUTION_FAILURE: "The document holds no operation of the given name.",
  PERSISTED_QUERY_NOT_FOUND: "The hash is not known: send it again with the query.",
  PERSISTED_QUERY_NOT_SUPPORTED: "Persisted queries are off.",
  BAD_REQUEST:
    "The HTTP request is not a GraphQL request: malformed JSON, no query, or one that browsers could be tricked into.",
};

/** What the aggregator said of its error, word for word. */
export interface UpstreamDetails {
  provider: Provider;
  errorType?: string | null;
  errorCode?: string | null;
  errorCodeReason?: string | null;
  displayMessage?: string | null;
  httpStatus?: number | null;
  requestId?: string | null;
  documentationUrl?: string | null;
  suggestedAction?: string | null;
  /** A report's items at fault, each with its own error. */
  causes?: { remoteItemId: string; error: GatewayError }[];
}

/** What a `GatewayError` may carry besides code and message. */
export interface GatewayErrorOptions {
  upstream?: UpstreamDetails;
  /** When the same call may succeed, ms since the epoch. */
  retryAt?: number;
  /** Where it differs from the table's. */
  action?: Action;
  retryable?: boolean;
  /** Path of the argument at fault, e.g. "input.daysRequested". */
  field?: string;
  /** What the fault contradicts, e.g. "0 to 731". */
  limit?: string;
  cause?: unknown;
  /** True when it is proven that the aggregator did nothing (refused connection, 429): a write may be sent again. */
  nothingDone?: boolean;
}

/** Every error that this gateway means: a code of the table, words for the developer, and what the aggregator said. */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  readonly code: ErrorCode;
  readonly options: GatewayErrorOptions;

  constructor(code: ErrorCode, message: string, options: GatewayErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.options = options;
  }

  get action(): Action {
    return this.options.action ?? ERRORS[this.code].action;
  }

  get retryable(): boolean {
    return this.options.retryable ?? ERRORS[this.code].retryable;
  }
}

/** A fault of the gateway, for anything thrown that is no `GatewayError`; the cause is kept for the log. */
export function asGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  return new GatewayError(
    "INTERNAL_SERVER_ERROR",
    "The gateway failed to do this. The platform team finds the cause in its log.",
    { cause: error },
  );
}

/** BAD_USER_INPUT naming the field, the value found and what is wanted. */
export function badInput(field: string, found: unknown, wanted: string): GatewayError {
  return new GatewayError("BAD_USER_INPUT", `${field}: found ${shown(found)}, wanted ${wanted}.`, {
    field,
    limit: wanted,
  });
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
