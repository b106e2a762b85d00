import type { Action } from "./generated/operations.ts";

/** One entry of `errors[]`, with what the gateway says of it in `extensions`. */
export interface Problem {
  /** See the tables of codes in docs/errors.md. */
  code: string;
  message: string;
  /** Where in the answer it is missing something. */
  path: readonly (string | number)[];
  /** What the front end should do now. */
  action: Action;
  /** Whether the same can succeed later without anyone's doing. */
  retryable: boolean;
  /** Not to be tried again before, as RFC 3339; null where that is not known. */
  retryAt: string | null;
  /** Leads to the cause in the gateway's log; null for what the caller can mend. */
  requestId: string | null;
}

/** A GraphQL error as it comes over the wire. */
export interface WireError {
  /** Relay does not hand it on. */
  message?: string;
  path?: readonly (string | number)[] | undefined;
  extensions?: Record<string, unknown> | undefined;
}

/**
 * What the gateway said was wrong, in whatever a client throws or returns as its error: a list of GraphQL errors, or an object that
 * holds one. Empty where the gateway said nothing: the network failed.
 */
export function problemsOf(error: unknown): Problem[] {
  return wireErrors(error).map(({ message = "", path = [], extensions = {} }) => ({
    code: typeof extensions.code === "string" ? extensions.code : "INTERNAL_SERVER_ERROR",
    message,
    path,
    action: (extensions.action as Action | undefined) ?? "NONE",
    retryable: extensions.retryable === true,
    retryAt: typeof extensions.retryAt === "string" ? extensions.retryAt : null,
    requestId: typeof extensions.requestId === "string" ? extensions.requestId : null,
  }));
}

function wireErrors(error: unknown): WireError[] {
  if (Array.isArray(error)) return error;
  if (typeof error !== "object" || error === null) return [];
  // where Apollo Client, urql, Relay and the examples' own errors have them
  const { errors, graphQLErrors, source, cause } = error as Record<string, unknown>;
  return wireErrors(errors ?? graphQLErrors ?? source ?? cause);
}
