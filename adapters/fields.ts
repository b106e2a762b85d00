/**
 * Readers of single fields of an aggregator's record. They take whatever stands there and never throw: what is missing,
 * null or of another type is null, never a default.
 */
import { type DecimalText, decimalText } from "../src/decimal.ts";

const LARGEST_INT = 2 ** 31 - 1;
const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:$|T)/;
const MOMENT = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** A string. */
export function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** A string, or a number's digits, for fields that the documents give both types (store_number). */
export function textOrNumber(value: unknown): string | null {
  return typeof value === "number" ? decimalText(value) : text(value);
}

/** An exact decimal in plain notation, from a number or numeric text. */
export function decimal(value: unknown): DecimalText | null {
  if (typeof value === "number" && Number.isFinite(value)) {
    const plain = String(value); // exact, and far quicker than arithmetic, but for exponents
    if (!plain.includes("e")) return plain;
  }
  return decimalText(value);
}

/** A whole number that GraphQL's Int can hold. */
export function int(value: unknown): number | null {
  return typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= LARGEST_INT ? value : null;
}

/** A number that need not be exact (coordinates, rates of success); long ones come as text. */
export function float(value: unknown): number | null {
  if (typeof value === "number") return value;
  const exact = decimalText(value);
  const number = exact === null ? Number.NaN : Number(exact);
  return Number.isFinite(number) ? number : null;
}

export function bool(value: unknown): boolean | null {
  return typeof value === "boolean" ? value : null;
}

/** A calendar date as YYYY-MM-DD; of a moment, the date as written. */
export function date(value: unknown): string | null {
  const match = typeof value === "string" ? DATE.exec(value) : null;
  if (!match) return null;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const real = month >= 1 && month <= 12 && day >= 1 && (day <= 28 || day <= lastDayOf(year, month));
  return real ? match[0].slice(0, 10) : null;
}

function lastDayOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** A moment as RFC 3339 in UTC; without an offset it is taken as UTC, and a bare date as its midnight. */
export function moment(value: unknown): string | null {
  const match = typeof value === "string" ? MOMENT.exec(value) : null;
  if (!match || date(value) === null) return null;
  const zoned = match[1] || !match[0].toUpperCase().includes("T") ? match[0] : `${match[0]}Z`;
  const time = new Date(zoned);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

/** An absolute http(s) address; anything else that calls itself a URL is null. */
export function url(value: unknown): string | null {
  if (typeof value !== "string" || !/^https?:\/\//i.test(value)) return null;
  return URL.canParse(value) ? value : null;
}

/** The strings of a list, its other entries dropped; null when it is no list. */
export function texts(value: unknown): string[] | null {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : null;
}
