import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { GraphQLSchema } from "graphql";
import { LRUCache } from "lru-cache";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { Documents } from "./documents.ts";
import { documentsPlugin } from "./documents-plugin.ts";
import type { FormatError } from "./format-error.ts";
import { metricsPlugin } from "./metrics-plugin.ts";

/** Characters of all persisted queries kept together. */
const MOST_PERSISTED_CHARACTERS = 2_000_000;

/** What Apollo Server is made of. */
export interface ApolloDeps {
  schema: GraphQLSchema;
  documents: Documents;
  formatError: FormatError;
  metrics: Metrics;
  clock: Clock;
  log: Log;
}

/**
 * Apollo Server for HTTP, not yet started: queries and mutations, persisted queries, CSRF prevention. Documents are prepared
 * and errors formatted as on every other transport. No plugin may have `willResolveField`: it slows down every field.
 */
export function createApollo<Context extends object>(deps: ApolloDeps): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema: deps.schema,
    formatError: (_, error) => deps.formatError(error),
    includeStacktraceInErrorResponses: false,
    logger: deps.log,
    stopOnTerminationSignals: false, // the process's entry ends everything in order
    csrfPrevention: true,
    introspection: true, // the prepared documents decide
    documentStore: null, // the prepared documents are the store
    persistedQueries: { cache: persistedQueries(), ttl: null },
    plugins: [
      ApolloServerPluginCacheControlDisabled(), // wraps every resolver
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      documentsPlugin(deps.documents, deps.formatError) as ApolloServerPlugin<Context>,
      metricsPlugin(deps.metrics, deps.clock) as ApolloServerPlugin<Context>,
    ],
  });
}

/** Queries by their hash; in memory, as a client that is told PERSISTED_QUERY_NOT_FOUND sends it again. */
function persistedQueries() {
  const queries = new LRUCache<string, string>({
    maxSize: MOST_PERSISTED_CHARACTERS,
    sizeCalculation: (query) => query.length || 1,
  });
  return {
    get: async (key: string) => queries.get(key),
    set: async (key: string, query: string) => void queries.set(key, query),
    delete: async (key: string) => queries.delete(key),
  };
}
