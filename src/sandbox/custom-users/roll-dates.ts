import type { Day } from "../world/day.ts";
import type { CustomUser } from "./custom-user-schema.ts";

const ACTIVITY = ["date_transacted", "date_posted", "date", "institution_price_as_of"];
const DATES: ReadonlySet<string> = new Set([
  ...ACTIVITY,
  ...["origination_date", "expected_payoff_date", "end_date", "estimated_eligibility_date"],
]);

/**
 * The user as it is on the day of linking: where it says `roll_dates_forward`, all its dates shift by as many days, so that the
 * newest activity is of that day (README of github.com/plaid/sandbox-custom-users).
 */
export function rollDates(user: CustomUser, linked: Day): CustomUser {
  if (!user.roll_dates_forward) return user;
  const newest = Math.max(...daysOf(user));
  return Number.isFinite(newest) && newest < linked ? (shifted(user, linked - newest) as CustomUser) : user;
}

/** Days of what happened. */
function daysOf(value: unknown): Day[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    ACTIVITY.includes(key) && typeof inner === "number" ? [inner] : daysOf(inner),
  );
}

function shifted(value: unknown, by: number): unknown {
  if (Array.isArray(value)) return value.map((one) => shifted(one, by));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      DATES.has(key) && typeof inner === "number" ? inner + by : shifted(inner, by),
    ]),
  );
}
