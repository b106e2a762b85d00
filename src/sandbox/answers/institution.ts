import type { Institution, InstitutionStatus } from "plaid";
import type { Clock } from "../../clock.ts";
import type { Plain } from "../plain.ts";
import { GIVEN } from "../products.ts";
import { countriesOf, type WorldInstitution } from "../world/institutions.ts";

const DAY_MS = 86_400_000;

/** What of an institution is asked for, as /institutions/get_by_id names it. */
export interface InstitutionOptions {
  include_optional_metadata?: boolean;
  include_status?: boolean;
}

/** The institution; its address, colour, logo and status only when they are asked for. */
export function institutionAnswer(
  institution: WorldInstitution,
  { include_optional_metadata: metadata, include_status: status }: InstitutionOptions,
  clock: Clock,
): Plain<Institution> {
  const { id, name, oauth, routingNumbers, url, primaryColor } = institution;
  return {
    country_codes: countriesOf(institution) as Plain<Institution>["country_codes"],
    institution_id: id,
    name,
    oauth,
    products: [...GIVEN],
    routing_numbers: routingNumbers,
    ...(metadata && { url, primary_color: primaryColor, logo: null }),
    ...(status && { status: statusAnswer(institution, clock) }),
  };
}

/** Health of each kind of request, since yesterday: well, or not at all. */
export function statusAnswer({ isDown = false }: WorldInstitution, clock: Clock): Plain<InstitutionStatus> {
  const since = new Date(clock.now() - (clock.now() % DAY_MS) - DAY_MS).toISOString();
  const health = (success: number, plaid: number, institution: number) => ({
    status: isDown ? ("DOWN" as const) : ("HEALTHY" as const),
    last_status_change: since,
    breakdown: isDown
      ? { success: 0, error_plaid: 0, error_institution: 1 }
      : { success, error_plaid: plaid, error_institution: institution },
  });
  const updates = (success: number, plaid: number, institution: number) => {
    const { breakdown, ...rest } = health(success, plaid, institution);
    return {
      ...rest,
      breakdown: { ...breakdown, refresh_interval: isDown ? ("STOPPED" as const) : ("NORMAL" as const) },
    };
  };
  return {
    item_logins: health(0.9, 0.01, 0.09),
    transactions_updates: updates(0.95, 0.02, 0.03),
    auth: health(0.91, 0.01, 0.08),
    identity: health(0.92, 0.03, 0.05),
    investments: health(0.89, 0.02, 0.09),
    investments_updates: updates(0.95, 0.02, 0.03),
    liabilities: health(0.89, 0.02, 0.09),
    liabilities_updates: updates(0.95, 0.02, 0.03),
    health_incidents: null,
  };
}
