import { institutionAnswer } from "./answers/institution.ts";
import { COUNTRIES } from "./countries.ts";
import type { ApiRequest, Core, Endpoint } from "./endpoints.ts";
import { institutionFilter } from "./institution-filter.ts";
import {
  anything,
  CLIENT_FIELDS,
  flag,
  integer,
  judge,
  listOf,
  nullable,
  object,
  oneOf,
  optional,
  record,
  text,
} from "./judge.ts";
import { PRODUCTS } from "./products.ts";
import { CATEGORIES } from "./world/categories.ts";
import { listInstitutions, type WorldInstitution } from "./world/institutions.ts";

/** Where the dialects differ. */
interface ListManner {
  unknown: "refuse" | "ignore";
  /** Whether a request must name countries; one that need not is answered for all. */
  byCountry: boolean;
  /** @throws ApiError when the request lacks what it is authorised by. */
  admit(request: ApiRequest): void;
  /** What a list says of an institution, of all that Plaid says. */
  shape(institution: object): object;
}

const MOST_FOUND = 10;

/** What both aggregators list to everybody: institutions and categories. */
export function createInstitutionEndpoints({ clock }: Core, manner: ListManner): Record<string, Endpoint> {
  const { unknown, byCountry, admit, shape } = manner;
  const countries = { country_codes: byCountry ? listOf(oneOf(COUNTRIES), 1) : optional(listOf(text)) };
  const options = {
    include_optional_metadata: optional(flag),
    include_auth_metadata: nullable(flag),
    include_payment_initiation_metadata: nullable(flag),
    oauth: nullable(flag),
    products: nullable(listOf(oneOf(PRODUCTS))),
    routing_numbers: nullable(listOf(text)),
    payment_initiation: nullable(record),
  };
  const known = { ...CLIENT_FIELDS, ...(byCountry ? {} : { access_token: optional(anything) }) };
  const answer = (institutions: readonly WorldInstitution[], details: boolean | undefined) =>
    institutions.map((one) => shape(institutionAnswer(one, { include_optional_metadata: details }, clock)));

  return {
    "/institutions/get": (request) => {
      admit(request);
      const fields = { count: integer(1, 500), offset: integer(0, Number.MAX_SAFE_INTEGER), ...countries };
      const judged = judge(request.body, { ...known, ...fields, options: optional(object(options, unknown)) }, unknown);
      const { count, offset, country_codes, options: asked } = judged;
      const there = listInstitutions(country_codes).filter(institutionFilter(asked ?? {}));
      return {
        institutions: answer(there.slice(offset, offset + count), asked?.include_optional_metadata),
        total: there.length,
      };
    },
    "/institutions/search": (request) => {
      admit(request);
      const fields = { query: text, products: nullable(listOf(oneOf(PRODUCTS))), ...countries };
      const judged = judge(request.body, { ...known, ...fields, options: optional(object(options, unknown)) }, unknown);
      const words = judged.query.toLowerCase();
      const found = listInstitutions(judged.country_codes)
        .filter(({ name }) => name.toLowerCase().includes(words))
        .filter(institutionFilter({ products: judged.products, oauth: judged.options?.oauth }));
      return { institutions: answer(found.slice(0, MOST_FOUND), judged.options?.include_optional_metadata) };
    },
    "/categories/get": (request) => {
      if (!byCountry) admit(request); // Plaid's asks for nothing
      judge(request.body, known, unknown);
      return { categories: CATEGORIES };
    },
  };
}
