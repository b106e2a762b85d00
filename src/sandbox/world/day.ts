/** A day in UTC: whole days since 1970-01-01. */
export type Day = number;

const MS_A_DAY = 86_400_000;

/** The day of a moment, ms since the epoch. */
export function dayOf(ms: number): Day {
  return Math.floor(ms / MS_A_DAY);
}

/** The day's first moment, ms since the epoch. */
export function msOf(day: Day): number {
  return day * MS_A_DAY;
}

/** YYYY-MM-DD. */
export function isoDate(day: Day): string {
  return new Date(msOf(day)).toISOString().slice(0, 10);
}

/** Year, month (0 to 11), day of the month (1 to 31) and weekday (0 is Sunday). */
export function calendar(day: Day): { year: number; month: number; date: number; weekday: number } {
  const date = new Date(msOf(day));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth(),
    date: date.getUTCDate(),
    weekday: date.getUTCDay(),
  };
}

/** The day of year, month (may overflow) and day of the month; a date that the month lacks is its last. */
export function dayAt(year: number, month: number, date: number): Day {
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return dayOf(Date.UTC(year, month, Math.min(date, last)));
}

/** The same date `months` later (or earlier, when negative). */
export function addMonths(day: Day, months: number): Day {
  const { year, month, date } = calendar(day);
  return dayAt(year, month + months, date);
}

/** The latest day with this date of the month, not after `day`. */
export function latestDate(date: number, day: Day): Day {
  const { year, month } = calendar(day);
  const here = dayAt(year, month, date);
  return here <= day ? here : dayAt(year, month - 1, date);
}

/** The first day with this date of the month after `day`. */
export function nextDate(date: number, day: Day): Day {
  const { year, month } = calendar(day);
  const here = dayAt(year, month, date);
  return here > day ? here : dayAt(year, month + 1, date);
}

/** Months from the month of `from` to the month of `to`. */
export function monthsBetween(from: Day, to: Day): number {
  const [a, b] = [calendar(from), calendar(to)];
  return (b.year - a.year) * 12 + b.month - a.month;
}

/** The day itself, or the Monday after when it is at a weekend: banks post on weekdays. */
export function postingDay(day: Day): Day {
  const { weekday } = calendar(day);
  return weekday === 6 ? day + 2 : weekday === 0 ? day + 1 : day;
}

/** The latest weekday, not after `day`: markets are closed at weekends. */
export function marketDay(day: Day): Day {
  const { weekday } = calendar(day);
  return weekday === 6 ? day - 1 : weekday === 0 ? day - 2 : day;
}
