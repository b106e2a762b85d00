import { badInput, GatewayError } from "../src/errors.ts";
import { decodeId, decodeIdOf, type IdType } from "../src/ids.ts";

/** The parts of an id argument. @throws GatewayError BAD_USER_INPUT when it is malformed or another type's. */
export function idParts(type: IdType, field: string, id: string): [string, ...string[]] {
  const parts = decodeIdOf(type, id);
  if (parts) return parts as [string, ...string[]];
  const wanted = `the id of ${an(type)}`;
  const found = decodeId(id);
  if (!found) throw badInput(field, id, wanted);
  const message = `${field}: found the id of ${an(found.type)}, wanted ${wanted}.`;
  throw new GatewayError("BAD_USER_INPUT", message, { field, limit: wanted });
}

/**
 * The uuids of the items that ids in a filter are of or below; undefined when the list is absent or null.
 * @throws GatewayError BAD_USER_INPUT naming the first that is malformed or another type's.
 */
export function itemUuidsOf(
  type: "Item" | "Account",
  field: string,
  ids: readonly string[] | null | undefined,
): Set<string> | undefined {
  return ids ? new Set(ids.map((id, index) => idParts(type, `${field}[${index}]`, id)[0])) : undefined;
}

/** The one answer for what is absent and what is another's. */
export function notFound(type: string, field = "id"): GatewayError {
  return new GatewayError("NOT_FOUND", `There is no such ${type}.`, { field });
}

function an(type: IdType): string {
  return /^[AI]/.test(type) ? `an ${type}` : `a ${type}`;
}
