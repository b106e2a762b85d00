import { z } from "zod";

/** A change of one place in an answer, or of several alike. */
export interface Change {
  /** Names and indexes from the whole inwards, with dots between; `*` is each element or field: "accounts.*.balances.current". */
  path: string;
  /** What stands there instead, of whatever type; without it the field is removed. */
  value?: unknown;
}

/** Reads a change. */
export const CHANGE: z.ZodType<Change> = z.strictObject({
  path: z.string().regex(/^[^.]+(\.[^.]+)*$/, "wanted names with dots between them"),
  value: z.unknown().optional(),
});

type Node = Record<string, unknown>;

/** Changes the body in place. A path that leads nowhere changes nothing, but its last name may be new. */
export function applyChange(body: Node, change: Change): void {
  const names = change.path.split(".");
  const last = names.pop() ?? "";
  const isRemoval = !("value" in change);
  let places: Node[] = [body];
  for (const name of names) {
    places = places.flatMap((place) => matching(place, name).map((key) => place[key])).filter(isNode);
  }
  for (const place of places) {
    for (const key of last === "*" ? Object.keys(place).reverse() : [last]) {
      if (!isRemoval) place[key] = structuredClone(change.value);
      else if (!Array.isArray(place)) delete place[key];
      else if (Object.hasOwn(place, key)) place.splice(Number(key), 1);
    }
  }
}

function matching(place: Node, name: string): string[] {
  if (name === "*") return Object.keys(place);
  return Object.hasOwn(place, name) ? [name] : [];
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null;
}
