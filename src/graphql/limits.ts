import { type DocumentNode, GraphQLError, type GraphQLSchema } from "graphql";
import { countRepeats } from "./count-repeats.ts";
import { type BoundList, measureDocument } from "./measure.ts";
import { transportError } from "./transport-error.ts";

/** How large a document may be. What a fragment holds counts wherever it is spread. */
export interface DocumentLimits {
  /** Characters. */
  length: number;
  tokens: number;
  /** Operations and fragments. */
  definitions: number;
  /** Fields inside fields. */
  depth: number;
  /** Paged lists (fields with `first`) inside paged lists: each level multiplies what the one above brings. */
  pages: number;
  /** Fields and spreads, over all definitions. */
  selections: number;
  aliases: number;
  /** Fields at the root of one operation: each may start calls of its own. */
  rootFields: number;
  /** The same of a mutation, whose fields run one after the other. */
  mutations: number;
  /** Pairs of fields at the same path: validation compares each with each. */
  repeats: number;
  /** Fields that one operation can resolve: a list multiplies what is inside by its size. */
  cost: number;
}

/**
 * Generous for what front ends ask; whatever is within them is validated in a fraction of a second, and keeps the gateway from
 * answering others for no longer than about one.
 */
export const DOCUMENT_LIMITS: DocumentLimits = {
  length: 100_000,
  tokens: 5_000,
  definitions: 200,
  depth: 20,
  pages: 3, // items, their accounts, and their holdings
  selections: 10_000,
  aliases: 300,
  rootFields: 50,
  mutations: 10,
  repeats: 20_000,
  cost: 5_000_000,
};

/** What holding a document against the limits found. */
export interface LimitCheck {
  /** What to refuse it with; null when it is within all of them. */
  error: GraphQLError | null;
  /** Whether its cost is another with other variables, so that each request must be checked. */
  readsVariables: boolean;
}

/** Holds a parsed document against the limits, before it is validated, in time linear in its length. */
export function checkLimits(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
  limits: DocumentLimits,
): LimitCheck {
  const within = (found: number, limit: number, excess: string) => {
    if (found > limit)
      throw transportError(
        "GRAPHQL_VALIDATION_FAILED",
        `The document ${excess}: found ${found}, the limit is ${limit}.`,
      );
  };
  try {
    within(document.definitions.length, limits.definitions, "has too many operations and fragments");
    const measured = measureDocument(schema, document, variables);
    if (!measured)
      throw transportError("GRAPHQL_VALIDATION_FAILED", "The document's fragments spread each other in a circle.");
    let selections = 0;
    for (const definition of measured.definitions) {
      selections += definition.selections;
      within(definition.depth, limits.depth, "is too deep; nest fewer fields");
      within(selections, limits.selections, "has too many fields, counting fragments wherever they are spread");
      within(definition.aliases, limits.aliases, "has too many aliases");
      const { operation, width } = definition;
      if (operation === "mutation") within(width, limits.mutations, "has too many mutations; split it");
      else if (operation) within(width, limits.rootFields, "has too many root fields; split it");
      within(definition.pages, limits.pages, "nests too many paged lists (those with `first`) in each other; split it");
      within(definition.cost, limits.cost, `can cost too much; ${cheaper(definition.largest)}`);
    }
    within(countRepeats(document, limits.repeats), limits.repeats, "names the same fields too often");
    return { error: null, readsVariables: measured.readsVariables };
  } catch (error) {
    if (error instanceof GraphQLError) return { error, readsVariables: false };
    throw error;
  }
}

/** What makes a document cheaper. */
function cheaper(largest: BoundList | null): string {
  if (!largest) return "nest fewer lists";
  const { field, argument, rows } = largest;
  return `lower \`${argument}\` of ${field}, which multiplies most with ${rows}, or nest fewer lists`;
}
