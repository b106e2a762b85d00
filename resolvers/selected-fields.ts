import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  isInterfaceType,
  isObjectType,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";

/** A field that an operation selects. */
export interface SelectedField {
  /** The name of the type that it is selected of: an interface's where it stands outside a fragment on the object. */
  parent: string;
  name: string;
  /** Names of the fields that it stands below, from the outermost. */
  path: readonly string[];
  /** Its arguments, with their defaults. */
  args(): Record<string, unknown>;
}

/** Every field that is selected anywhere below the field that `info` is of, less what @skip and @include leave out; each fragment once. */
export function* selectedFields(info: GraphQLResolveInfo): Generator<SelectedField, void, void> {
  const seen = new Set<FragmentDefinitionNode>();
  const type = (name: string | undefined) => (name === undefined ? undefined : info.schema.getType(name));

  function* inSet(
    set: SelectionSetNode | undefined,
    parent: GraphQLNamedType | undefined,
    path: readonly string[],
  ): Generator<SelectedField> {
    for (const selection of set?.selections ?? []) {
      if (!isIncluded(selection, info)) continue;
      if (selection.kind === "Field") yield* inField(selection, parent, path);
      else if (selection.kind === "InlineFragment") {
        yield* inSet(selection.selectionSet, type(selection.typeCondition?.name.value) ?? parent, path);
      } else {
        const fragment = info.fragments[selection.name.value];
        if (!fragment || seen.has(fragment)) continue;
        seen.add(fragment);
        yield* inSet(fragment.selectionSet, type(fragment.typeCondition.name.value), path);
      }
    }
  }

  function* inField(
    node: FieldNode,
    parent: GraphQLNamedType | undefined,
    path: readonly string[],
  ): Generator<SelectedField> {
    const field = fieldOf(parent, node);
    if (!parent || !field) return;
    const args = () => getArgumentValues(field, node, info.variableValues);
    yield { parent: parent.name, name: node.name.value, path, args };
    yield* inSet(node.selectionSet, getNamedType(field.type), [...path, node.name.value]);
  }

  for (const { selectionSet } of info.fieldNodes) yield* inSet(selectionSet, getNamedType(info.returnType), []);
}

function fieldOf(
  parent: GraphQLNamedType | undefined,
  { name }: FieldNode,
): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name.value] : undefined;
}

function isIncluded(selection: SelectionNode, info: GraphQLResolveInfo): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, info.variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, info.variableValues);
  return skip?.if !== true && include?.if !== false;
}
