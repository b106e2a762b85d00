import type { Institution, InstitutionStatus } from "plaid";
import type { Clock } from "../../clock.ts";
import type { Plain } from "../plain.ts";
import type { WorldInstitution } from "../world/institutions.ts";

const DAY_MS = 86_400_000;

/** What of an institution is asked for, as /institutions/get_by_id names it. */
export interface InstitutionOptions {
  include_optional_metadata?: boolean;
  include_status?: boolean;
}

/** The institution; its address, colour, logo and status only when they are asked for. */
export function institutionAnswer(
  { id, name, oauth, routingNumbers, url, primaryColor }: WorldInstitution,
  { include_optional_metadata: metadata, include_status: status }: InstitutionOptions,
  clock: Clock,
): Plain<Institution> {
  return {
    country_codes: ["US"],
    institution_id: id,
    name,
    oauth,
    products: [
      "assets",
      "auth",
      "balance",
      "identity",
      "investments",
      "investments_auth",
      "liabilities",
      "transactions",
    ],
    routing_numbers: routingNumbers,
    ...(metadata && { url, primary_color: primaryColor, logo: null }),
    ...(status && { status: statusAnswer(clock) }),
  };
}

/** Health of each kind of request: well, since yesterday. */
export function statusAnswer(clock: Clock): Plain<InstitutionStatus> {
  const since = new Date(clock.now() - (clock.now() % DAY_MS) - DAY_MS).toISOString();
  const health = (success: number, plaid: number, institution: number) => ({
    status: "HEALTHY" as const,
    last_status_change: since,
    breakdown: { success, error_plaid: plaid, error_institution: institution },
  });
  const updates = (success: number, plaid: number, institution: number) => {
    const { breakdown, ...rest } = health(success, plaid, institution);
    return { ...rest, breakdown: { ...breakdown, refresh_interval: "NORMAL" as const } };
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
