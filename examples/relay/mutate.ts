import { commitMutation, type Environment, type GraphQLTaggedNode, type MutationParameters } from "relay-runtime";

/** What a mutation was answered; its payload is null where it was refused. @throws where there is no answer. */
export function mutate<T extends MutationParameters>(
  environment: Environment,
  mutation: GraphQLTaggedNode,
  variables: T["variables"],
): Promise<{ data: T["response"]; errors: unknown }> {
  return new Promise((resolve, reject) => {
    commitMutation<T>(environment, {
      mutation,
      variables,
      onCompleted: (data, errors) => resolve({ data, errors }),
      onError: reject,
    });
  });
}
