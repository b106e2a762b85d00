import { describe, expect, it } from "@jest/globals";
import { GraphQLError } from "graphql";
import { pino } from "pino";
import { createFormatError } from "../../src/graphql/format-error.ts";
import { scrubText } from "../../src/log/scrub-text.ts";

const LENGTH = 1_000_000;
/** Hostile text may take so many times as long as prose; what grows with its square takes thousands. */
const MOST_TIMES = 50;

const repeated = (part: string) => part.repeat(Math.ceil(LENGTH / part.length));

/** The least time of several tries, ms: what else the machine does only adds to it. */
function msOf(task: () => unknown): number {
  const tries = Array.from({ length: 3 }, () => {
    const start = performance.now();
    task();
    return performance.now() - start;
  });
  return Math.min(...tries);
}

const PROSE = repeated("The account of the item could not be read, as its bank does not answer. ");

describe("scrubbing hostile text takes about as long as scrubbing prose", () => {
  it.each([
    ...["access-", "access", "public-aaaaaaaa-", "eyJ-", "eyJ", "eyJaaaaaaaaa-", "eyJaaaaaaaa.", "a-", "a-sandbox-"],
    ...["://", "Bearer ", "Basic  ", "123-", "123-45-", "-", " "],
  ])("%p again and again", (part) => {
    const text = repeated(part);
    expect(msOf(() => scrubText(text)) / msOf(() => scrubText(PROSE))).toBeLessThan(MOST_TIMES);
  });
});

describe("so does an error that repeats it", () => {
  const format = createFormatError(pino({ level: "silent" }), { suggestions: false });
  const misfit = (name: string) => {
    const reason = new GraphQLError(`Field "${name}" is not defined by type "Input".`);
    const message = `Variable "$i" got invalid value { "${name}": 1 } at "i.user"; ${reason.message}`;
    return new GraphQLError(message, { originalError: reason });
  };

  it.each([" cannot represent ", ": found ", 'Expected value of type "', ' at "', " Did you mean ", 'Variable "$i" '])(
    "%p again and again",
    (part) => {
      const [hostile, honest] = [misfit(repeated(part)), misfit(PROSE)];
      expect(msOf(() => format(hostile)) / msOf(() => format(honest))).toBeLessThan(MOST_TIMES);
    },
  );
});
