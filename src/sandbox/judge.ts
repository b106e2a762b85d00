import { ApiError } from "./api-error.ts";
import { type Day, dayOf, isoDate } from "./world/day.ts";

/** Reads one field of a request; `wanted` says what it takes, for the message when it does not. */
export interface Field<T> {
  required: boolean;
  wanted: string;
  /** @throws ApiError INVALID_FIELD naming the path. */
  read(value: unknown, path: string): T;
}

/** The fields that an endpoint knows. */
export type Fields = Record<string, Field<unknown>>;

/** What a request with these fields holds. */
export type Judged<F extends Fields> = { [K in keyof F]: F[K] extends Field<infer T> ? T : never };

const field = <T>(wanted: string, accepts: (value: unknown) => value is T): Field<T> => ({
  required: true,
  wanted,
  read(value, path) {
    if (!accepts(value)) throw new ApiError("INVALID_FIELD", { message: `${path} must be ${wanted}` });
    return value;
  },
});

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const string = field("a string", (value): value is string => typeof value === "string");
export const text = field("a non-empty string", (value): value is string => typeof value === "string" && value !== "");
export const flag = field("a boolean", (value): value is boolean => typeof value === "boolean");
/** An object that is not looked into. */
export const record = field("an object", isRecord);
/** A field that is known and not looked at. */
export const anything = field("anything", (_value): _value is unknown => true);
export const webAddress = field("a valid URL", (value): value is string => {
  if (typeof value !== "string" || !URL.canParse(value)) return false;
  return ["http:", "https:"].includes(new URL(value).protocol);
});

/** A whole number from `min` to `max`. */
export function integer(min: number, max: number): Field<number> {
  const fits = (value: unknown): value is number =>
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
  return field(`an integer from ${min} to ${max}`, fits);
}

/** No sum of such amounts loses a cent. */
const MOST = 1e12;
/** An amount of money, whole or not, of either sign. */
export const amount = field(
  `a number from ${-MOST} to ${MOST}`,
  (value): value is number => Number.isFinite(value) && Math.abs(Number(value)) <= MOST,
);

/** One of these texts. */
export function oneOf<T extends string>(values: readonly T[]): Field<T> {
  return field(`one of ${values.join(", ")}`, (value): value is T => (values as readonly unknown[]).includes(value));
}

/** A day, YYYY-MM-DD. */
export const date: Field<Day> = {
  required: true,
  wanted: "a date as YYYY-MM-DD",
  read(value, path) {
    const ms = typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(ms) || isoDate(dayOf(ms)) !== value)
      throw new ApiError("INVALID_FIELD", { message: `${path} must be a date as YYYY-MM-DD` });
    return dayOf(ms);
  },
};

/** A moment of RFC 3339. */
export const moment = field("a date and time as YYYY-MM-DDThh:mm:ssZ", (value): value is string => {
  const isSo =
    typeof value === "string" && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(value);
  return isSo && !Number.isNaN(Date.parse(value));
});

/** A list of `min` to `max` of something. */
export function listOf<T>(element: Field<T>, min = 0, max = Number.POSITIVE_INFINITY): Field<T[]> {
  const open = min > 0 ? `an array of at least ${min} element${min === 1 ? "" : "s"}` : "an array";
  const wanted = max === Number.POSITIVE_INFINITY ? open : `an array of ${min} to ${max} elements`;
  const list = field(
    wanted,
    (value): value is unknown[] => Array.isArray(value) && value.length >= min && value.length <= max,
  );
  return { ...list, read: (value, path) => list.read(value, path).map((one, i) => element.read(one, `${path}[${i}]`)) };
}

/** May be left out. */
export function optional<T>(inner: Field<T>): Field<T | undefined> {
  return {
    ...inner,
    required: false,
    read: (value, path) => (value === undefined ? undefined : inner.read(value, path)),
  };
}

/** May be left out, or null. */
export function nullable<T>(inner: Field<T>): Field<T | null> {
  return {
    ...inner,
    required: false,
    read: (value, path) => (value === undefined || value === null ? null : inner.read(value, path)),
  };
}

/** May be empty, too. */
export function orEmpty(inner: Field<string>): Field<string> {
  return { ...inner, read: (value, path) => (value === "" ? "" : inner.read(value, path)) };
}

/** Known to every endpoint; credentials are looked at before. */
export const CLIENT_FIELDS = { client_id: optional(anything), secret: optional(anything) };

/** An object with these fields. */
export function object<F extends Fields>(fields: F, unknown: "refuse" | "ignore" = "ignore"): Field<Judged<F>> {
  return {
    required: true,
    wanted: "an object",
    read(value, path) {
      if (!isRecord(value)) throw new ApiError("INVALID_FIELD", { message: `${path} must be an object` });
      return judge(value, fields, unknown, `${path}.`);
    },
  };
}

/**
 * The request's fields as the endpoint reads them.
 * @throws ApiError MISSING_FIELDS, UNKNOWN_FIELDS or INVALID_FIELD, naming the fields at fault.
 */
export function judge<F extends Fields>(
  body: Record<string, unknown>,
  fields: F,
  unknown: "refuse" | "ignore",
  path = "",
): Judged<F> {
  const named = (code: string, names: string[], message: string) => {
    if (names.length > 0)
      throw new ApiError(code, { message: `${message}: ${names.map((name) => path + name).join(", ")}` });
  };
  const missing = Object.keys(fields).filter((name) => fields[name]?.required && body[name] === undefined);
  named("MISSING_FIELDS", missing, "the following required fields are missing");
  const strange = unknown === "refuse" ? Object.keys(body).filter((name) => !Object.hasOwn(fields, name)) : [];
  named("UNKNOWN_FIELDS", strange, "the following fields are not recognized by this endpoint");
  const judged = Object.entries(fields).map(([name, { read }]) => [name, read(body[name], path + name)]);
  return Object.fromEntries(judged) as Judged<F>;
}
