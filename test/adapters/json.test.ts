import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseJson } from "../../adapters/json.ts";
import { decimalText } from "../../src/decimal.ts";

function bodyOf(text: string): Record<string, unknown> {
  const reading = parseJson(text);
  if (reading.body === null) throw new Error(`not read: ${reading.problem}`);
  return reading.body;
}

describe("numbers", () => {
  it.each<[string, unknown]>([
    ["110", 110],
    ["23631.9805", 23631.9805],
    ["-0.01", -0.01],
    ["123456789012345", 123456789012345],
    ["1234567890123456", "1234567890123456"],
    ["0.7388014749727547", "0.7388014749727547"],
    ["-47.74104242992852", "-47.74104242992852"],
    ["0.000000000000000012", 0.000000000000000012],
    ["12345678901234567890.12", "12345678901234567890.12"],
    ["1.5e10", 1.5e10],
    ["1e400", "1e400"],
    ["1E-400", "1E-400"],
    ["1.2345678901234567e5", "1.2345678901234567e5"],
  ])("%s", (text, value) => {
    expect(bodyOf(`{"amount": ${text}, "list": [${text}]}`)).toEqual({ amount: value, list: [value] });
  });

  it("keep every digit, whatever stands around them", () => {
    const number = fc
      .tuple(
        fc.constantFrom("", "-"),
        fc.bigInt({ min: 0n, max: 10n ** 24n }),
        fc.string({ unit: fc.constantFrom(..."0123456789"), maxLength: 20 }),
      )
      .map(([sign, whole, fraction]) => `${sign}${whole}${fraction ? `.${fraction}` : ""}`);
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 5 }), fc.string(), (numbers, words) => {
        const text = `{"words": ${JSON.stringify(words)}, "numbers": [${numbers.join(", ")}], "tail": {"w": ${JSON.stringify(words)}}}`;
        const { numbers: read } = bodyOf(text) as { numbers: unknown[] };
        expect(read.map(decimalText)).toEqual(numbers.map(decimalText));
      }),
      { numRuns: 500 },
    );
  });
});

describe("texts", () => {
  it("are what JSON.parse makes of them", () => {
    const words = fc.string({ unit: "binary" }).map((text) => text.replaceAll("\0", ""));
    const value = fc.oneof(words, fc.integer(), fc.boolean(), fc.constant(null), fc.array(words));
    fc.assert(
      fc.property(fc.dictionary(words, fc.dictionary(words, value)), fc.constantFrom(0, 2), (body, indent) => {
        const text = JSON.stringify(body, null, indent);
        expect(bodyOf(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ["quotes and backslashes", '{"a": "\\\\\\"{[1234567890123456789"}', '\\"{[1234567890123456789'],
    ["NUL, which no database text can hold", '{"a": "x\\u0000y"}', "x\ufffdy"],
    ["half a surrogate pair", '{"a": "x\\ud83dy\\ude00z"}', "x\ufffdy\ufffdz"],
    ["a whole pair", '{"a": "\\ud83d\\ude00"}', "\u{1f600}"],
    ["an escaped backslash before u0000", '{"a": "\\\\u0000"}', "\\u0000"],
  ])("%s", (_name, text, value) => {
    expect(bodyOf(text)).toEqual({ a: value });
  });
});

describe("what is no answer", () => {
  it.each([
    ["an HTML page", "<!DOCTYPE html><html></html>", "a page of HTML or XML"],
    ["cut-off JSON", '{"accounts":[{"name":"Che', "no JSON, or cut off"],
    ["nothing", "", "no JSON, or cut off"],
    ["a list", "[]", "JSON, but no object"],
    ["null", "null", "JSON, but no object"],
    ["a number", "12345678901234567890", "JSON, but no object"],
    ["a thousand lists in each other", `{"a":${"[".repeat(1000)}${"]".repeat(1000)}}`, "nested deeper than 64 levels"],
    ["a million opening brackets", "[".repeat(1_000_000), "nested deeper than 64 levels"],
  ])("%s", (_name, text, problem) => {
    expect(parseJson(text)).toEqual({ body: null, problem });
  });
});
