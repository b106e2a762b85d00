/** An amount of money in whole cents: sums of integers never drift. */
export type Cents = number;

/** The amount in dollars, as the wire has it. */
export function dollars(cents: Cents): number {
  return cents / 100;
}

/** Interest of one month on `balance` at a yearly rate in basis points, to the cent. */
export function monthlyInterest(balance: Cents, yearlyBasisPoints: number): Cents {
  return Math.round((balance * yearlyBasisPoints) / 120_000);
}
