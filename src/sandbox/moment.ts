import { z } from "zod";

/** Reads a moment as ms since the epoch: that, a day (YYYY-MM-DD) or RFC 3339 text. */
export const MOMENT = z.union(
  [z.int(), z.union([z.iso.date(), z.iso.datetime({ offset: true })]).transform((text) => Date.parse(text))],
  { error: "wanted RFC 3339 text, a day, or ms since the epoch" },
);
