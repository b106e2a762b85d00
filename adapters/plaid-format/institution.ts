import type { Institution, ProductStatus, ProductStatusBreakdown } from "plaid";
import type { InstitutionProductStatus } from "../../schema/institution.ts";
import type { InstitutionRecord } from "../adapter.ts";
import { bool, float, moment, text, texts, url } from "../fields.ts";
import { isObject, type Raw, raw, required } from "../records.ts";
import { productsOf } from "./products.ts";

/** Plaid's word for its own share of the errors, and Link Money's. */
type Breakdown = ProductStatusBreakdown & { error_link_money: number };

/** The answer of /institutions/get_by_id. @throws GatewayError PROVIDER_BAD_RESPONSE without id or name. */
export function normalizeInstitution(body: Record<string, unknown>): InstitutionRecord {
  const institution = raw<Institution>(body.institution);
  // Link Money's guide shows colour, address and logo inside the status
  const status = raw<Institution>(institution.status);
  return {
    remoteId: required(
      text(institution.institution_id),
      institution.institution_id,
      "institution.institution_id",
      "a string",
    ),
    name: required(text(institution.name), institution.name, "institution.name", "a string"),
    url: url(institution.url) ?? url(status.url),
    primaryColor: text(institution.primary_color) ?? text(status.primary_color),
    logo: text(institution.logo) ?? text(status.logo),
    oauth: bool(institution.oauth),
    products: productsOf(institution.products),
    countryCodes: texts(institution.country_codes),
    routingNumbers: texts(institution.routing_numbers),
    dtcNumbers: texts(institution.dtc_numbers),
    status: isObject(institution.status) ? statusesOf(institution.status) : null,
  };
}

/** Every kind of request that has a status; one may stand inside another, as `liabilities` inside `investments`. */
function statusesOf(kinds: Record<string, unknown>): InstitutionProductStatus[] {
  return Object.entries(kinds).flatMap(([kind, value]) => {
    if (!isObject(value)) return [];
    const known = raw<ProductStatus>(value);
    const status = text(known.status);
    if (status === null) return [];
    const breakdown = breakdownOf(value);
    const own: InstitutionProductStatus = {
      kind: kind.toUpperCase(),
      status,
      lastStatusChange: moment(known.last_status_change),
      success: float(breakdown.success),
      errorProvider: float(breakdown.error_plaid) ?? float(breakdown.error_link_money),
      errorInstitution: float(breakdown.error_institution),
      refreshInterval: text(breakdown.refresh_interval),
    };
    return [own, ...statusesOf(value)];
  });
}

/** Under `breakdown`, or, in one of the guide's examples, under `error_link_money`. */
function breakdownOf(status: Record<string, unknown>): Raw<Breakdown> {
  return raw<Breakdown>(isObject(status.breakdown) ? status.breakdown : status.error_link_money);
}
