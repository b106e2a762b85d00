/** How a column's text becomes the JavaScript value that `Database` promises, alike on both databases. */
export const COLUMN_VALUES = {
  /** "2026-11-20 23:24:00.618+00" as RFC 3339 in UTC with milliseconds. */
  timestamptz: (text: string): string => new Date(text.replace(" ", "T").replace(/[+-]\d\d$/, "$&:00")).toISOString(),
  /** Counts and identities stay far below 2^53. */
  int8: (text: string): number => Number(text),
};

/** PostgreSQL's numbers of those types; they are the same in every version. */
export const TYPE_IDS = { bytea: 17, int8: 20, timestamptz: 1184 };
