/** Where Plaid's institutions are: its enum of country codes, ISO 3166-1 alpha-2. */
export const COUNTRIES: readonly string[] = "US GB ES NL FR IE CA DE IT PL DK NO SE EE LT LV PT BE AT FI".split(" ");
