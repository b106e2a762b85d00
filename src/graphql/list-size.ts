import {
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  getNullableType,
  isListType,
  Kind,
  type ValueNode,
} from "graphql";
import { MAX_PAGE_SIZE } from "../../schema/pagination.ts";

/** What a list is held to bring where no argument bounds it, and one of the schema's own description. */
const PLAIN_LIST = 10;
const INTROSPECTION_LIST = 20;

/** The arguments that bound a list, with the most that each allows. */
const BOUNDS: ReadonlyMap<string, number> = new Map([
  ["first", MAX_PAGE_SIZE],
  ["ids", 500],
  ["days", 731],
]);

/** How often what stands inside a field comes. */
export interface ListSize {
  /** 1 for a field that is no list. */
  rows: number;
  /** The argument that says so; null where none does. */
  argument: string | null;
}

/** Whether it is a page of a list, whose rows are its `nodes` and `edges`. */
export function isConnection(type: GraphQLNamedType | null | undefined): boolean {
  return type?.name.endsWith("Connection") === true;
}

/**
 * The size of the list that a field asks for. `variable` gives the value of a variable, undefined when it has none. A size that
 * will be refused counts as 1, or as the most.
 */
export function listSize(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  parent: GraphQLNamedType | null | undefined,
  variable: (name: string) => unknown,
): ListSize {
  const isList = isListType(getNullableType(field.type));
  const bound = field.args.find(({ name }) => name === "first" || (isList && BOUNDS.has(name)));
  if (bound) {
    const most = BOUNDS.get(bound.name) ?? 1;
    const given = node.arguments?.find(({ name }) => name.value === bound.name)?.value;
    const size = (given && sizeOf(given, variable)) ?? Number(bound.defaultValue ?? most);
    return { rows: Math.min(Math.max(size, 1), most), argument: bound.name };
  }
  if (isConnection(getNamedType(field.type))) return { rows: MAX_PAGE_SIZE, argument: null };
  if (!isList) return { rows: 1, argument: null };
  return { rows: parent?.name.startsWith("__") ? INTROSPECTION_LIST : PLAIN_LIST, argument: null };
}

/** What a literal or variable asks for: a number, or as many as a list has; undefined when it is absent or null. */
export function sizeOf(value: ValueNode, variable: (name: string) => unknown): number | undefined {
  if (value.kind === Kind.INT) return Number(value.value);
  if (value.kind === Kind.LIST) return value.values.length;
  if (value.kind === Kind.NULL) return undefined;
  if (value.kind !== Kind.VARIABLE) return 1;
  const given = variable(value.name.value);
  if (given === undefined || given === null) return undefined;
  if (Array.isArray(given)) return given.length;
  return typeof given === "number" && !Number.isNaN(given) ? given : 1;
}
