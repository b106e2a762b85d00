import { decimalText, multiply } from "../../decimal.ts";

/** An amount of money in cents: whole ones but for a custom user's finer amounts, for sums of integers never drift. */
export type Cents = number;

/** The most significant digits that a number holds of every decimal. */
const DIGITS = 15;

/** The amount in dollars, as the wire has it. */
export function dollars(cents: Cents): number {
  return Number((cents / 100).toPrecision(DIGITS));
}

/** The cents of an amount in dollars, to its last digit. */
export function centsOf(amount: number): Cents {
  return Number(multiply(decimalText(amount) ?? "0", "100"));
}

/** Interest of one month on `balance` at a yearly rate in basis points, to the cent. */
export function monthlyInterest(balance: Cents, yearlyBasisPoints: number): Cents {
  return Math.round((balance * yearlyBasisPoints) / 120_000);
}
