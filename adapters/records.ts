/** Readers of whole records of an aggregator's answer, and of lists of them. */
import { GatewayError } from "../src/errors.ts";
import type { LeftOut } from "./adapter.ts";

/** A record of the documented type R as it may really come: any field missing, null, or of another type. */
export type Raw<R> = { readonly [K in keyof R]?: unknown };

/** An answer's records left out are listed up to this many. */
const MOST_LEFT_OUT = 100;

/** The value's fields to be read with care; those of anything but an object are all missing. */
export function raw<R>(value: unknown): Raw<R> {
  return isObject(value) ? (value as Raw<R>) : {};
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Null instead of a record that says nothing at all. */
export function nullWhenEmpty<T extends object>(record: T): T | null {
  return Object.values(record).some((value) => value !== null) ? record : null;
}

/**
 * A field that its record cannot be without.
 * @throws GatewayError PROVIDER_BAD_RESPONSE naming path and fault; `readList` leaves the record out then.
 */
export function required<T>(read: T | null, found: unknown, path: string, wanted: string): T {
  if (read !== null) return read;
  const problem = `found ${kindOf(found)}, wanted ${wanted}`;
  throw new GatewayError("PROVIDER_BAD_RESPONSE", `${path}: ${problem}.`, { field: path, limit: problem });
}

/**
 * The records of a list, each by `read`. One that lacks what it must have is left out and named in `leftOut`; so is the
 * list itself when it is something else. Missing or null is an empty list.
 */
export function readList<T>(
  list: unknown,
  path: string,
  leftOut: LeftOut[],
  read: (value: unknown, path: string) => T,
): T[] {
  const records: T[] = [];
  if (list === undefined || list === null) return records;
  if (!Array.isArray(list)) {
    note(leftOut, { path, problem: `found ${kindOf(list)}, wanted a list` });
    return records;
  }
  for (const [index, value] of list.entries()) {
    try {
      records.push(read(value, `${path}[${index}]`));
    } catch (error) {
      if (!(error instanceof GatewayError) || error.options.field === undefined) throw error;
      note(leftOut, { path: error.options.field, problem: error.options.limit ?? error.message });
    }
  }
  return records;
}

/** A list that its answer cannot be without, by `readList`. @throws GatewayError PROVIDER_BAD_RESPONSE when it is missing. */
export function readRequiredList<T>(
  list: unknown,
  path: string,
  leftOut: LeftOut[],
  read: (value: unknown, path: string) => T,
): T[] {
  return readList(required(Array.isArray(list) ? list : null, list, path, "a list"), path, leftOut, read);
}

/** Adds to what is left out, up to a bound. */
export function note(leftOut: LeftOut[], entry: LeftOut): void {
  if (leftOut.length < MOST_LEFT_OUT) leftOut.push(entry);
  else if (leftOut.length === MOST_LEFT_OUT)
    leftOut.push({ path: entry.path, problem: `${entry.problem}; more follow` });
}

/** Never the value itself: it may be anyone's data. */
function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
