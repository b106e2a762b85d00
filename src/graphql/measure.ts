import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from "graphql";
import { MAX_PAGE_SIZE } from "../../schema/pagination.ts";

/** What a list without `first` is held to bring, and one of the schema's own description. */
const PLAIN_LIST = 10;
const INTROSPECTION_LIST = 30;

/** What a selection set amounts to, with the fragments that it spreads. */
export interface Measure {
  /** Fields inside fields. */
  depth: number;
  /** Fields and spreads. */
  selections: number;
  aliases: number;
  /** Fields that stand directly in it. */
  width: number;
  /** Fields that it can resolve at most: a list multiplies what is inside by its `first`. */
  cost: number;
}

/** One definition's measure. */
export interface MeasuredDefinition extends Measure {
  isOperation: boolean;
}

/** A whole document's measures. */
export interface MeasuredDocument {
  definitions: MeasuredDefinition[];
  /** Whether a page's size comes from a variable, so that the cost is another with each request. */
  readsVariables: boolean;
}

type MaybeType = GraphQLNamedType | null | undefined;

const NOTHING: Measure = { depth: 0, selections: 0, aliases: 0, width: 0, cost: 0 };

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
    const isOperation = definition.kind === Kind.OPERATION_DEFINITION;
    const type = isOperation
      ? schema.getRootType(definition.operation)
      : schema.getType(definition.typeCondition.name.value);
    const found = measureSet(definition.selectionSet, type);
    if (!found) return null;
    definitions.push({ ...found, isOperation });
  }
  return { definitions, readsVariables };

  function measureSet(set: SelectionSetNode, parent: MaybeType): Measure | null {
    const sum = { ...NOTHING };
    for (const selection of set.selections) {
      const part = measureSelection(selection, parent);
      if (!part) return null;
      sum.depth = Math.max(sum.depth, part.depth);
      sum.selections += part.selections;
      sum.aliases += part.aliases;
      sum.width += part.width;
      sum.cost += part.cost;
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
    const inner = node.selectionSet ? measureSet(node.selectionSet, field && getNamedType(field.type)) : NOTHING;
    return (
      inner && {
        depth: inner.depth + 1,
        selections: inner.selections + 1,
        aliases: inner.aliases + (node.alias ? 1 : 0),
        width: 1,
        cost: 1 + (field ? timesOf(node, field, parent) : 1) * inner.cost,
      }
    );
  }

  /** How many times a field's content comes. */
  function timesOf(node: FieldNode, field: GraphQLField<unknown, unknown>, parent: MaybeType): number {
    const first = field.args.find((argument) => argument.name === "first");
    if (first) return pageSize(node, Number(first.defaultValue ?? MAX_PAGE_SIZE));
    // A connection's own lists are the page that its field has counted.
    if (parent?.name.endsWith("Connection")) return 1;
    if (!isListType(getNullableType(field.type))) return 1;
    return parent?.name.startsWith("__") ? INTROSPECTION_LIST : PLAIN_LIST;
  }

  /** The page that a field asks for; a size that will be refused counts as one. */
  function pageSize(node: FieldNode, fallback: number): number {
    const value = node.arguments?.find((argument) => argument.name.value === "first")?.value;
    let asked: unknown;
    if (value?.kind === Kind.INT) asked = Number(value.value);
    if (value?.kind === Kind.VARIABLE) {
      readsVariables = true;
      const name = value.name.value;
      asked = Object.hasOwn(variables, name) ? variables[name] : defaults.get(name);
    }
    if (asked === undefined || asked === null) return fallback;
    return typeof asked === "number" && asked >= 1 ? Math.min(asked, MAX_PAGE_SIZE) : 1;
  }
}

function fieldOf(parent: MaybeType, name: string): GraphQLField<unknown, unknown> | undefined {
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
}

/** The operations' default values of whole-number variables; of several, the greatest. */
function collectDefaults({ variableDefinitions = [] }: OperationDefinitionNode, defaults: Map<string, number>): void {
  for (const { variable, defaultValue } of variableDefinitions) {
    if (defaultValue?.kind !== Kind.INT) continue;
    const name = variable.name.value;
    defaults.set(name, Math.max(defaults.get(name) ?? 0, Number(defaultValue.value)));
  }
}
