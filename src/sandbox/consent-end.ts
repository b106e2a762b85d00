import type { ItemRecord } from "./items.ts";
import { dayOf, msOf } from "./world/day.ts";
import type { UserPlan } from "./world/plan.ts";

/** When the item's consent ends, ms since the epoch: so many days after it was given, at midnight. Null when it does not. */
export function consentEnd(
  { linkedAt, consentFrom = linkedAt, consentDays }: ItemRecord,
  plan: UserPlan,
): number | null {
  const days = consentDays ?? plan.consentDays;
  return days === undefined ? null : msOf(dayOf(consentFrom) + days);
}
