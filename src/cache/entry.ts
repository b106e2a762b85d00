/** One kept answer. */
export interface Entry {
  /** Plain data. */
  value: unknown;
  /** The item's generation of the product that it was asked for under. */
  generation: number;
  /** When it was asked for, ms since the epoch. */
  at: number;
}
