import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type OperationTypeNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from "graphql";
import { isConnection, listSize, sizeOf } from "./list-size.ts";

/** A list whose size the caller chooses: `transactions(first: 500)`. */
export interface BoundList {
  field: string;
  argument: string;
  rows: number;
}

/** What a selection set amounts to, with the fragments that it spreads. */
export interface Measure {
  /** Fields inside fields. */
  depth: number;
  /** Paged lists inside paged lists. */
  pages: number;
  /** Fields and spreads. */
  selections: number;
  aliases: number;
  /** Fields that stand directly in it. */
  width: number;
  /** Fields that it can resolve at most: a list multiplies what is inside by its size. */
  cost: number;
  /** What each row of the page adds to that, where it stands in a connection. */
  rowCost: number;
  /** The largest list where it costs most; null when no argument bounds a list there. */
  largest: BoundList | null;
}

/** One definition's measure. */
export interface MeasuredDefinition extends Measure {
  /** Null for a fragment. */
  operation: OperationTypeNode | null;
}

/** A whole document's measures. */
export interface MeasuredDocument {
  definitions: MeasuredDefinition[];
  /** Whether a list's size comes from a variable, so that the cost is another with each request. */
  readsVariables: boolean;
}

type MaybeType = GraphQLNamedType | null | undefined;

/** A connection's lists of its page. Its others, such as `unavailable`, are lists of their own. */
const ROWS: ReadonlySet<string> = new Set(["nodes", "edges"]);

const NOTHING: Measure = {
  ...{ depth: 0, pages: 0, selections: 0, aliases: 0, width: 0, cost: 0, rowCost: 0 },
  largest: null,
};

/**
 * Measures a parsed document that may not fit the schema, in time linear in its length: each fragment is measured once,
 * however often it is spread. Null when fragments spread each other in a circle.
 */
export function measureDocument(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): MeasuredDocument | null {
  const fragments = new Map<string, { selectionSet: SelectionSetNode; type: MaybeType }>();
  const defaults = new Map<string, number>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      const { name, selectionSet, typeCondition } = definition;
      fragments.set(name.value, { selectionSet, type: schema.getType(typeCondition.name.value) });
    } else if (definition.kind === Kind.OPERATION_DEFINITION) {
      collectDefaults(definition, defaults);
    }
  }
  const measured = new Map<string, Measure | "open">();
  let readsVariables = false;

  const definitions: MeasuredDefinition[] = [];
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    const operation = definition.kind === Kind.OPERATION_DEFINITION ? definition.operation : null;
    const type =
      definition.kind === Kind.OPERATION_DEFINITION
        ? schema.getRootType(definition.operation)
        : schema.getType(definition.typeCondition.name.value);
    const found = measureSet(definition.selectionSet, type);
    if (!found) return null;
    definitions.push({ ...found, operation });
  }
  return { definitions, readsVariables };

  function measureSet(set: SelectionSetNode, parent: MaybeType): Measure | null {
    const sum = { ...NOTHING };
    let costliest = 0;
    for (const selection of set.selections) {
      const part = measureSelection(selection, parent);
      if (!part) return null;
      sum.depth = Math.max(sum.depth, part.depth);
      sum.pages = Math.max(sum.pages, part.pages);
      sum.selections += part.selections;
      sum.aliases += part.aliases;
      sum.width += part.width;
      sum.cost += part.cost;
      sum.rowCost += part.rowCost;
      if (part.cost + part.rowCost <= costliest) continue;
      costliest = part.cost + part.rowCost;
      sum.largest = part.largest;
    }
    return sum;
  }

  function measureSelection(selection: SelectionNode, parent: MaybeType): Measure | null {
    if (selection.kind === Kind.FIELD) return measureField(selection, parent);
    const inner =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? measureFragment(selection.name.value)
        : measureSet(
            selection.selectionSet,
            selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : parent,
          );
    return inner && { ...inner, selections: inner.selections + 1 };
  }

  function measureFragment(name: string): Measure | null {
    const known = measured.get(name);
    if (known) return known === "open" ? null : known;
    const fragment = fragments.get(name);
    if (!fragment) return NOTHING; // validation says that there is none
    measured.set(name, "open");
    const found = measureSet(fragment.selectionSet, fragment.type);
    if (found) measured.set(name, found);
    return found;
  }

  function measureField(node: FieldNode, parent: MaybeType): Measure | null {
    const field = fieldOf(parent, node.name.value);
    const type = field && getNamedType(field.type);
    const inner = node.selectionSet ? measureSet(node.selectionSet, type) : NOTHING;
    if (!inner) return null;
    const measure = {
      ...inner,
      depth: inner.depth + 1,
      selections: inner.selections + 1,
      aliases: inner.aliases + (node.alias ? 1 : 0),
      width: 1,
    };
    if (isConnection(parent) && ROWS.has(node.name.value)) return { ...measure, cost: 1, rowCost: inner.cost };

    const { rows, argument } = field ? listSize(node, field, parent, variableValue) : { rows: 1, argument: null };
    const isLargest = argument !== null && rows >= (inner.largest?.rows ?? 0);
    return {
      ...measure,
      pages: inner.pages + (argument === "first" ? 1 : 0),
      cost: 1 + (isConnection(type) ? 1 : rows) * inner.cost + rows * inner.rowCost,
      rowCost: 0,
      largest: isLargest ? { field: node.name.value, argument, rows } : inner.largest,
    };
  }

  function variableValue(name: string): unknown {
    readsVariables = true;
    return Object.hasOwn(variables, name) ? variables[name] : defaults.get(name);
  }
}

function fieldOf(parent: MaybeType, name: string): GraphQLField<unknown, unknown> | undefined {
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
}

/** How many the operations' default values of variables ask for; of several, the most. */
function collectDefaults({ variableDefinitions = [] }: OperationDefinitionNode, defaults: Map<string, number>): void {
  for (const { variable, defaultValue } of variableDefinitions) {
    const size = defaultValue && sizeOf(defaultValue, () => undefined);
    if (size === undefined) continue;
    const name = variable.name.value;
    defaults.set(name, Math.max(defaults.get(name) ?? 0, size));
  }
}
