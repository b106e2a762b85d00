import { GatewayError } from "../../src/errors.ts";
import type { InstitutionsGetByIdRequest } from "./wire.ts";

type CountryCodes = InstitutionsGetByIdRequest["country_codes"];

/**
 * The countries that clients are enabled for, the most first: all that Plaid serves, as in its sandbox; what a client in production has
 * from the beginning; the least. Source: https://plaid.com/docs/api/link/#link-token-create-request-country-codes.
 */
const CHOICES = ["US GB ES NL FR IE CA DE IT PL DK NO SE EE LT LV PT BE AT FI", "US CA", "US"].map(
  (codes) => codes.split(" ") as CountryCodes,
);

/**
 * Plaid looks for an institution only in the countries that it is told, and may refuse those that the client is not enabled for. So all are
 * asked for at once; a client that is refused them is asked for fewer from then on, until the next start, and finds no institution elsewhere.
 */
export function institutionCountries(): <T>(ask: (countries: CountryCodes) => Promise<T>) => Promise<T> {
  let choices = CHOICES;
  return async (ask) => {
    for (let left = choices; ; left = left.slice(1)) {
      const [countries = [], ...fewer] = left;
      try {
        const answer = await ask(countries);
        choices = left;
        return answer;
      } catch (error) {
        if (isRefusal(error) && fewer.length > 0) continue;
        if (error instanceof GatewayError && error.code === "NOT_FOUND") choices = left;
        throw error;
      }
    }
  };
}

/** Whether it is the request that was refused, by whatever code: the institution was not looked for. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof GatewayError) || error.options.upstream?.httpStatus !== 400) return false;
  return error.code === "PROVIDER_ERROR" || error.code === "PROVIDER_MISCONFIGURED";
}
