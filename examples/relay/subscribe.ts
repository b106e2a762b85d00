import { type Environment, type GraphQLTaggedNode, type OperationType, requestSubscription } from "relay-runtime";
import { valuesOf } from "../values-of.ts";

/** What a subscription brings until it is complete; it goes through the store too. @throws what it broke off with. */
export function subscribe<T extends OperationType>(
  environment: Environment,
  subscription: GraphQLTaggedNode,
  variables: T["variables"],
  signal?: AbortSignal,
): AsyncGenerator<T["response"], void, void> {
  return valuesOf<T["response"]>((sink) => {
    const { dispose } = requestSubscription<T>(environment, {
      subscription,
      variables,
      onNext: (data) => data && sink.next(data),
      onError: sink.error,
      onCompleted: sink.complete,
    });
    return dispose;
  }, signal);
}
