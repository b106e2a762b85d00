/** Calendar days as YYYY-MM-DD, in UTC: they sort as text. */

const DAY_MS = 86_400_000;

/** The day of a moment, ms since the epoch. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** So many days later; earlier when negative. Outside the years 1 to 9999 it is the day itself. */
export function addDays(day: string, days: number): string {
  const moved = new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS);
  const year = moved.getUTCFullYear();
  return year >= 1 && year <= 9999 ? dayOf(moved.getTime()) : day;
}
