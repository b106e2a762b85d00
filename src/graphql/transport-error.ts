import { GraphQLError } from "graphql";

/** Refusals before any operation runs. */
export type TransportCode = "BAD_REQUEST" | "GRAPHQL_VALIDATION_FAILED" | "OPERATION_RESOLUTION_FAILURE";

/** A refusal with a code of `TRANSPORT_ERRORS`; `status` is that of the HTTP answer. */
export function transportError(code: TransportCode, message: string, status = 400): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status } } });
}
