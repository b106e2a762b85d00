import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { storedError } from "../errors/stored-error.ts";
import { asGatewayError, GatewayError, TRANSPORT_ERRORS } from "../errors.ts";
import { scrubText } from "../log/scrub-text.ts";
import type { Log } from "../log.ts";
import { requestId } from "./request-id.ts";
import { withoutValues } from "./without-values.ts";

/** How graphql-js begins what it says of a variable, or of an argument filled by one. */
const COERCION = /^(Variable "\$|Argument ")/;
/** How its suggestions of other names begin; they end the message. */
const SUGGESTION = " Did you mean ";

/**
 * The one way out for errors, on every transport: nothing leaves whose code is not in the error table. What this gateway did
 * not mean is logged whole and shown as INTERNAL_SERVER_ERROR with the request's id.
 */
export type FormatError = (error: unknown) => GraphQLFormattedError;

/**
 * Formats errors; what must not be shown goes to `log`. Without `suggestions` no message names what else the schema has. What
 * looks like a secret is scrubbed from every message.
 */
export function createFormatError(log: Log, { suggestions }: { suggestions: boolean }): FormatError {
  return (error) => {
    const { message, extensions } = meaning(error);
    const { path, locations } = error instanceof GraphQLError ? error : {};
    if (extensions.code === "INTERNAL_SERVER_ERROR") {
      extensions.requestId = requestId.getStore();
      log.error(
        { err: originsOf(error).at(-1), requestId: extensions.requestId, path: path?.join(".") },
        "operation failed",
      );
    }
    const text = scrubText(suggestions ? message : withoutSuggestion(message));
    return { message: text, ...(locations && { locations }), ...(path && { path }), extensions };
  };
}

interface Meaning {
  message: string;
  extensions: Record<string, unknown>;
}

/** The first of the error and its origins that was meant for the caller; else a fault of ours. */
function meaning(error: unknown): Meaning {
  const chain = originsOf(error);
  const root = chain.at(-1);
  if (root instanceof GatewayError) return gatewayMeaning(root);
  for (const one of chain) {
    if (!(one instanceof GraphQLError)) break;
    const code = codeOf(one);
    if (code === "BAD_USER_INPUT" || (!code && isCoercion(one)))
      return gatewayMeaning(new GatewayError("BAD_USER_INPUT", withoutValues(one)));
    if (typeof code === "string" && code in TRANSPORT_ERRORS)
      return { message: withoutValues(one), extensions: { code } };
  }
  return gatewayMeaning(asGatewayError(root));
}

/** Its code; Apollo gives some refusals of persisted queries none but a 4xx status. */
function codeOf({ extensions }: GraphQLError): unknown {
  const status = (extensions.http as { status?: number } | undefined)?.status ?? 0;
  return extensions.code ?? (status >= 400 && status < 500 ? "BAD_REQUEST" : undefined);
}

/** Whether graphql-js, or a scalar of the schema, says this of a variable or argument, not some resolver. */
function isCoercion({ message, originalError }: GraphQLError): boolean {
  return COERCION.test(message) && (!originalError || originalError instanceof GraphQLError);
}

function withoutSuggestion(message: string): string {
  const at = message.lastIndexOf(SUGGESTION);
  return at < 0 ? message : message.slice(0, at);
}

/** The error, what it wraps, and so on to what was thrown in the first place. */
function originsOf(error: unknown): unknown[] {
  const chain = [error];
  for (let one = error; one instanceof GraphQLError && one.originalError; one = one.originalError) {
    chain.push(one.originalError);
  }
  return chain;
}

/** The error's code and action, when to come back, and where it came from upstream all that `ProviderError` has. */
function gatewayMeaning(error: GatewayError): Meaning {
  const { field, limit } = error.options;
  const { message, code, action, retryable, retryAt, ...upstream } = storedError(error);
  const extensions = {
    ...{ code, action, retryable, retryAt },
    ...(field !== undefined && { field }),
    ...(limit !== undefined && { limit }),
    ...(upstream.provider !== null && upstream),
  };
  return { message, extensions };
}
