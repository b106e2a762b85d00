import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import { LRUCache } from "lru-cache";
import { checkLimits, DOCUMENT_LIMITS, type DocumentLimits } from "./limits.ts";
import { transportError } from "./transport-error.ts";

const MOST_DOCUMENTS = 1_000;
/** Characters of all documents kept together; parsed, they take some 30 times as many bytes. */
const MOST_CHARACTERS = 1_000_000;
const MOST_ERRORS = 20;

/** A document that may run, or why it may not: errors with a code of the error table. */
export type Preparation =
  | { document: DocumentNode; errors?: undefined }
  | { document?: undefined; errors: readonly GraphQLError[] };

/** The way of every document, whichever transport brought it. */
export interface Documents {
  /** Parses, holds against the limits, and validates, in this order; what passed is remembered. */
  prepare(source: string, variables: Readonly<Record<string, unknown>> | null | undefined): Preparation;
}

/** The documents of one schema. With `introspection` off, what reads the schema is refused. */
export function createDocuments(
  schema: GraphQLSchema,
  { introspection, limits = DOCUMENT_LIMITS }: { introspection: boolean; limits?: DocumentLimits },
): Documents {
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const passed = new LRUCache<string, { document: DocumentNode; readsVariables: boolean }>({
    max: MOST_DOCUMENTS,
    maxSize: MOST_CHARACTERS,
    sizeCalculation: (_, source) => source.length || 1,
  });

  return {
    prepare(source, variables) {
      const known = passed.get(source);
      if (known && !known.readsVariables) return { document: known.document };

      const parsed: Preparation = known ? { document: known.document } : parseWithin(source, limits);
      if (parsed.errors) return parsed;
      const { document } = parsed;
      const { error, readsVariables } = checkLimits(schema, document, variables ?? {}, limits);
      if (error) return { errors: [error] };
      if (known) return { document };

      const errors = validate(schema, document, rules, { maxErrors: MOST_ERRORS });
      if (errors.length > 0) return { errors: errors.map((one) => coded(one, "GRAPHQL_VALIDATION_FAILED")) };
      passed.set(source, { document, readsVariables });
      return { document };
    },
  };
}

function parseWithin(source: string, limits: DocumentLimits): Preparation {
  if (source.length > limits.length) {
    return {
      errors: [
        transportError(
          "GRAPHQL_VALIDATION_FAILED",
          `The document has ${source.length} characters, the limit is ${limits.length}.`,
        ),
      ],
    };
  }
  try {
    return { document: parse(source, { maxTokens: limits.tokens }) };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [coded(error, "GRAPHQL_PARSE_FAILED")] };
    if (error instanceof RangeError)
      return { errors: [transportError("GRAPHQL_VALIDATION_FAILED", "The document is nested too deeply to be read.")] };
    throw error;
  }
}

function coded(error: GraphQLError, code: string): GraphQLError {
  error.extensions.code = code;
  return error;
}
