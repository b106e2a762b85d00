import { Decimal as DecimalJs } from "decimal.js";

/** decimal.js with enough digits that no sum of money is ever rounded. */
const Exact = DecimalJs.clone({ precision: 100, toExpNeg: -100, toExpPos: 100 });

/** An exact decimal as text, plain notation ("-12.50", never "1e-7"); zero has no sign. */
export type DecimalText = string;

const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$/;

/** The plain notation of a number or numeric text; null when it is not one. Trailing zeros are kept out: 12.50 is "12.5". */
export function decimalText(value: unknown): DecimalText | null {
  if (typeof value === "number") return Number.isFinite(value) ? plain(new Exact(value)) : null;
  if (typeof value !== "string" || value.length > 100 || !DECIMAL.test(value.trim())) return null;
  return plain(new Exact(value.trim()));
}

/** a + b, exactly. */
export function add(a: DecimalText, b: DecimalText): DecimalText {
  return plain(new Exact(a).plus(b));
}

/** a - b, exactly. */
export function subtract(a: DecimalText, b: DecimalText): DecimalText {
  return plain(new Exact(a).minus(b));
}

/** a × b, exactly. */
export function multiply(a: DecimalText, b: DecimalText): DecimalText {
  return plain(new Exact(a).times(b));
}

/** Negative, zero or positive as a is less than, equal to or greater than b. */
export function compare(a: DecimalText, b: DecimalText): number {
  return new Exact(a).comparedTo(b);
}

function plain(value: DecimalJs): DecimalText {
  return value.isZero() ? "0" : value.toFixed();
}
