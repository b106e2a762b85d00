import { badInput, GatewayError } from "../src/errors.ts";
import { decodeId, decodeIdOf, type IdType } from "../src/ids.ts";

/** The parts of an id argument. @throws GatewayError BAD_USER_INPUT when it is malformed or another type's. */
export function idParts(type: IdType, field: string, id: string): [string, ...string[]] {
  const parts = decodeIdOf(type, id);
  if (parts) return parts as [string, ...string[]];
  const found = decodeId(id);
  throw badInput(field, found ? `the id of a ${found.type}` : id, `the id of ${an(type)}`);
}

/** The uuids of an id list in a filter; undefined when the list is absent or null. */
export function uuidsOf(
  type: IdType,
  field: string,
  ids: readonly string[] | null | undefined,
): Set<string> | undefined {
  return ids ? new Set(ids.map((id, index) => idParts(type, `${field}[${index}]`, id).join("/"))) : undefined;
}

/** The one answer for what is absent and what is another's. */
export function notFound(type: string, field = "id"): GatewayError {
  return new GatewayError("NOT_FOUND", `There is no such ${type}.`, { field });
}

function an(type: IdType): string {
  return /^[AI]/.test(type) ? `an ${type}` : `a ${type}`;
}
