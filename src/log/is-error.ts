import { types } from "node:util";

/** Whether it is an Error, of this realm or another (a vm context's), or made by hand like DOMException. */
export function isError(value: unknown): value is Error {
  return types.isNativeError(value) || value instanceof Error;
}
