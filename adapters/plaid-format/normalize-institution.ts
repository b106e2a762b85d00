import type { Institution, InstitutionsGetResponse, ProductStatus, ProductStatusBreakdown } from "plaid";
import type { InstitutionProductStatus } from "../../schema/institution.ts";
import type { InstitutionList, InstitutionRecord } from "../adapter/institutions.ts";
import type { LeftOut } from "../adapter.ts";
import { bool, float, int, moment, text, texts, url } from "../fields.ts";
import { isObject, raw, readRequiredList, required } from "../records.ts";
import { productsOf } from "./products.ts";

/** The answer of /institutions/get_by_id. @throws GatewayError PROVIDER_BAD_RESPONSE without id or name. */
export function normalizeInstitution(body: Record<string, unknown>): InstitutionRecord {
  return institutionOf(body.institution, "institution");
}

/** The answer of /institutions/get or /institutions/search; what lacks id or name is left out. */
export function normalizeInstitutions(body: Record<string, unknown>, leftOut: LeftOut[]): InstitutionList {
  const { institutions, total } = raw<InstitutionsGetResponse>(body);
  let place = -1;
  return {
    institutions: readRequiredList(institutions, "institutions", leftOut, (value, path) => {
      place += 1;
      return { place, institution: institutionOf(value, path) };
    }),
    total: int(total),
  };
}

function institutionOf(value: unknown, path: string): InstitutionRecord {
  const institution = raw<Institution>(value);
  return {
    remoteId: required(
      text(institution.institution_id),
      institution.institution_id,
      `${path}.institution_id`,
      "a string",
    ),
    name: required(text(institution.name), institution.name, `${path}.name`, "a string"),
    url: url(institution.url),
    primaryColor: text(institution.primary_color),
    logo: text(institution.logo),
    oauth: bool(institution.oauth),
    products: productsOf(institution.products),
    countryCodes: texts(institution.country_codes),
    routingNumbers: texts(institution.routing_numbers),
    dtcNumbers: texts(institution.dtc_numbers),
    status: isObject(institution.status) ? statusesOf(institution.status) : null,
  };
}

/** Every kind of request that has a status. */
function statusesOf(kinds: Record<string, unknown>): InstitutionProductStatus[] {
  return Object.entries(kinds).flatMap(([kind, value]) => {
    const known = raw<ProductStatus>(value);
    const status = text(known.status);
    if (status === null) return [];
    const breakdown = raw<ProductStatusBreakdown>(known.breakdown);
    return {
      kind: kind.toUpperCase(),
      status,
      lastStatusChange: moment(known.last_status_change),
      success: float(breakdown.success),
      errorProvider: float(breakdown.error_plaid),
      errorInstitution: float(breakdown.error_institution),
      refreshInterval: text(breakdown.refresh_interval),
    };
  });
}
