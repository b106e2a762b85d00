import { type Environment, type GraphQLTaggedNode, getFragment, getSingularSelector } from "relay-runtime";

/** What a component is handed of an object that one of its fragments selects from: the fragment's generated `$key`. */
interface Key {
  readonly " $data"?: unknown;
  readonly " $fragmentSpreads": unknown;
}

/** What a fragment selects, from the store: what useFragment does in React. */
export function readFragment<K extends Key>(
  environment: Environment,
  fragment: GraphQLTaggedNode,
  ref: K,
): NonNullable<K[" $data"]> {
  const selector = getSingularSelector(getFragment(fragment), ref);
  if (!selector) throw new Error("No reference of this fragment.");
  return environment.lookup(selector).data as NonNullable<K[" $data"]>;
}
