import { text } from "../fields.ts";

/** A record's two currency fields; of the pair at most one is set. */
export interface RawCurrency {
  readonly iso_currency_code?: unknown;
  readonly unofficial_currency_code?: unknown;
}

/** The currency that a record names, and whether it is an ISO 4217 code; both null when it names none, never USD. */
export function currencyOf(record: RawCurrency): { currency: string | null; currencyOfficial: boolean | null } {
  const official = text(record.iso_currency_code);
  if (official) return { currency: official, currencyOfficial: true };
  const unofficial = text(record.unofficial_currency_code);
  if (unofficial) return { currency: unofficial, currencyOfficial: false };
  return { currency: null, currencyOfficial: null };
}
