import { addDays, dayOf } from "../clock/days.ts";

/** How far back the aggregators' data go, days: what a list of transactions without dates is of. */
export const HISTORY_DAYS = 731;

/** The dates of a filter of transactions, YYYY-MM-DD. */
interface Dates {
  startDate?: string | null;
  endDate?: string | null;
}

/** From which day to which a list of transactions is; `now` in ms. */
export function askedDays({ startDate, endDate }: Dates, now: number): { startDate: string; endDate: string } {
  const today = dayOf(now);
  return { startDate: startDate ?? addDays(today, -HISTORY_DAYS), endDate: endDate ?? today };
}
