import { z } from "zod";

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
type Unit = keyof typeof UNITS;

/** A span of time: milliseconds, or a number with its unit, e.g. "90s", "12h", "3d", "2w". */
export type Duration = number | string;

const WANTED = 'wanted milliseconds, or a number with its unit (ms, s, m, h, d, w), e.g. "3d"';

/** Reads a duration as milliseconds: 0 to two years, for each day of them is lived. */
export const DURATION = z
  .union([z.number(), z.string().regex(/^\d+(\.\d+)?(ms|s|m|h|d|w)$/, WANTED)], { error: WANTED })
  .transform((given) => {
    if (typeof given === "number") return given;
    const unit = given.replace(/[\d.]+/, "") as Unit;
    return Math.round(Number.parseFloat(given) * UNITS[unit]);
  })
  .pipe(
    z
      .int()
      .min(0)
      .max(731 * UNITS.d),
  );
