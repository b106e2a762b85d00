import { type FragmentDefinitionNode, type GraphQLResolveInfo, type OperationDefinitionNode, visit } from "graphql";

const known = new WeakMap<OperationDefinitionNode, WeakMap<object, boolean>>();

/** Whether the operation asks for fresh balances anywhere: only then is a balance not fresh worth a call and a word. */
export function asksFreshBalances(info: GraphQLResolveInfo): boolean {
  const byVariables = known.get(info.operation) ?? new WeakMap<object, boolean>();
  known.set(info.operation, byVariables);
  const answer = byVariables.get(info.variableValues) ?? look(info);
  byVariables.set(info.variableValues, answer);
  return answer;
}

function look(info: GraphQLResolveInfo): boolean {
  let asked = false;
  const lookIn = (node: OperationDefinitionNode | FragmentDefinitionNode) =>
    visit(node, {
      Field(field) {
        const value =
          field.name.value === "balances"
            ? field.arguments?.find((arg) => arg.name.value === "fresh")?.value
            : undefined;
        if (value?.kind === "BooleanValue") asked ||= value.value;
        if (value?.kind === "Variable") asked ||= info.variableValues[value.name.value] === true;
      },
    });
  lookIn(info.operation);
  for (const fragment of Object.values(info.fragments)) lookIn(fragment);
  return asked;
}
