import { type ApolloServerPlugin, HeaderMap } from "@apollo/server";
import { type DocumentNode, parse } from "graphql";
import type { Documents, Preparation } from "./documents.ts";
import type { FormatError } from "./format-error.ts";
import { transportError } from "./transport-error.ts";

/** Stands in for a refused document: it is never run. */
const REFUSED = parse("{ __typename }");

/**
 * Gives Apollo the prepared document once it knows the source (persisted queries included), so that it neither parses nor
 * validates: the limits come before validation, and all transports share what was parsed.
 */
export function documentsPlugin(documents: Documents, formatError: FormatError): ApolloServerPlugin {
  return {
    async requestDidStart() {
      let prepared: Preparation | undefined;
      return {
        async didResolveSource(request) {
          prepared = documents.prepare(request.source, request.request.variables);
          // Apollo parses and validates only where no document stands yet.
          (request as { document?: DocumentNode }).document = prepared.document ?? REFUSED;
        },
        async didResolveOperation({ operation }) {
          if (prepared?.document && operation?.operation === "subscription") {
            throw transportError(
              "BAD_REQUEST",
              "Subscriptions are served over WebSocket (graphql-transport-ws), at this path.",
            );
          }
        },
        async responseForOperation() {
          if (!prepared?.errors) return null;
          return {
            http: { status: 400, headers: new HeaderMap() },
            body: { kind: "single", singleResult: { errors: prepared.errors.map(formatError) } },
          };
        },
      };
    },
  };
}
