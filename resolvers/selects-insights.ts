import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  isInterfaceType,
  isObjectType,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import type { Transaction } from "../schema/transaction.ts";

/** Fields of a report's transaction that only an answer with insights has. */
const INSIGHTS = new Set<string>([
  "name",
  "merchantName",
  "category",
  "categoryId",
  "creditCategory",
  "personalFinanceCategory",
  "location",
  "paymentMeta",
] satisfies (keyof Transaction)[]);

/** Whether the field that `info` is of selects any insight of a transaction below it. */
export function selectsInsights(info: GraphQLResolveInfo): boolean {
  const seen = new Set<FragmentDefinitionNode>();

  function inSet(set: SelectionSetNode | undefined, parent: GraphQLNamedType | undefined): boolean {
    return (set?.selections ?? []).some((selection) => isIncluded(selection, info) && inSelection(selection, parent));
  }

  function inSelection(selection: SelectionNode, parent: GraphQLNamedType | undefined): boolean {
    if (selection.kind === "Field") return inField(selection, parent);
    if (selection.kind === "InlineFragment") {
      const condition = selection.typeCondition?.name.value;
      return inSet(selection.selectionSet, condition ? info.schema.getType(condition) : parent);
    }
    const fragment = info.fragments[selection.name.value];
    if (!fragment || seen.has(fragment)) return false;
    seen.add(fragment);
    return inSet(fragment.selectionSet, info.schema.getType(fragment.typeCondition.name.value));
  }

  function inField({ name, selectionSet }: FieldNode, parent: GraphQLNamedType | undefined): boolean {
    if (parent?.name === "Transaction" && INSIGHTS.has(name.value)) return true;
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name.value] : undefined;
    return field !== undefined && inSet(selectionSet, getNamedType(field.type));
  }

  return info.fieldNodes.some((field) => inSet(field.selectionSet, getNamedType(info.returnType)));
}

function isIncluded(selection: SelectionNode, info: GraphQLResolveInfo): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, info.variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, info.variableValues);
  return skip?.if !== true && include?.if !== false;
}
