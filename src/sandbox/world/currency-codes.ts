const OFFICIAL: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** A currency as the wire has it: either of the two is null. */
export interface CurrencyCodes {
  iso_currency_code: string | null;
  unofficial_currency_code: string | null;
}

/** The currency of this code: an official one when ISO 4217 has it. */
export function currencyCodes(code: string): CurrencyCodes {
  const isOfficial = OFFICIAL.has(code);
  return { iso_currency_code: isOfficial ? code : null, unofficial_currency_code: isOfficial ? null : code };
}
