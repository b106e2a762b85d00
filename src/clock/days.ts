/** Calendar days as YYYY-MM-DD, in UTC: they sort as text. */

const DAY_MS = 86_400_000;

/** The day of a moment, ms since the epoch. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** Whether a text is a day of the calendar. */
export function isDay(text: string): boolean {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(ms) && dayOf(ms) === text; // Date.parse takes 31 February for a day of March
}

/** So many days later; earlier when negative. Outside the years 1 to 9999 it is the day itself. */
export function addDays(day: string, days: number): string {
  const moved = new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS);
  const year = moved.getUTCFullYear();
  return year >= 1 && year <= 9999 ? dayOf(moved.getTime()) : day;
}
