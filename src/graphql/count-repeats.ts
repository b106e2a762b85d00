import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from "graphql";

/** The fields that stand at one path, and those inside them by response name. */
interface Place {
  fields: number;
  inner: Map<string, Place>;
}

/**
 * How many pairs of fields stand at the same path, so that validation must compare them: `{ a a b { c } b { c } }` has 3.
 * Walks spread fragments each time, so the document's selections must be within bounds, and its fragments free of circles.
 * Stops soon after `max`.
 */
export function countRepeats(document: DocumentNode, max: number): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  let pairs = 0;
  for (const definition of document.definitions) {
    if ("selectionSet" in definition) walk(definition.selectionSet, { fields: 1, inner: new Map() });
  }
  return pairs;

  function walk(set: SelectionSetNode, place: Place): void {
    for (const selection of set.selections) {
      if (pairs > max) return;
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const inner = place.inner.get(name) ?? { fields: 0, inner: new Map() };
        place.inner.set(name, inner);
        pairs += inner.fields++;
        if (selection.selectionSet) walk(selection.selectionSet, inner);
      } else {
        const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        if (inner) walk(inner.selectionSet, place);
      }
    }
  }
}
