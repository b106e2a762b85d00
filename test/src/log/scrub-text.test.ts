import { describe, expect, it } from "@jest/globals";
import { scrubText } from "../../../src/log/scrub-text.ts";

const TOKENS = [
  "access-sandbox-5c224a01-8314-4491-a06f-39e193d5cddc",
  "access-7d444840-9dc0-11d1",
  "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl",
];

describe("a token is scrubbed", () => {
  it.each(TOKENS)("wherever it stands: %s", (token) => {
    for (const [before, after] of [
      ["", ""],
      ['{"a":"', '"}'],
      ["x-", ""],
      ["see host.", " then"],
      [`${"y".repeat(10_000)} `, ` ${"z".repeat(10_000)}`],
    ]) {
      expect(scrubText(`${before}${token}${after}`)).not.toContain(token.slice(0, 20));
    }
  });
});
