import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { add, compare, decimalText, multiply, subtract } from "../../src/decimal.ts";

describe("a decimal is read exactly", () => {
  it.each<[unknown, string | null]>([
    ["23631.9805", "23631.9805"],
    ["-12.50", "-12.5"],
    ["+1", "1"],
    [".5", "0.5"],
    ["5.", "5"],
    [" 7 ", "7"],
    ["0.00000012345", "0.00000012345"],
    ["1e-7", "0.0000001"],
    ["1E+30", "1000000000000000000000000000000"],
    ["12345678901234567890.123456789012345678", "12345678901234567890.123456789012345678"],
    [0.1, "0.1"],
    [1e21, "1000000000000000000000"],
    [1e-7, "0.0000001"],
    [-0, "0"],
    ["-0", "0"],
    ["-0.00", "0"],
    ["", null],
    ["-", null],
    [".", null],
    ["1,000", null],
    ["12 USD", null],
    ["0x10", null],
    ["Infinity", null],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
    ["1e9999", null],
    ["9".repeat(101), null],
    [null, null],
    [undefined, null],
    [true, null],
    [{}, null],
  ])("%p is %p", (value, expected) => {
    expect(decimalText(value)).toBe(expected);
  });
});

describe("sums are exact", () => {
  it.each<[string, string, string, string]>([
    ["0.1 + 0.2", "0.3", add("0.1", "0.2"), "add"],
    ["of very different size", "100000000000000000000.00000001", add("100000000000000000000", "0.00000001"), "add"],
    ["1 - 0.9", "0.1", subtract("1", "0.9"), "subtract"],
    ["3 × 7.8", "23.4", multiply("3", "7.8"), "multiply"],
    ["-1 × 0", "0", multiply("-1", "0"), "multiply"],
    ["small ones in plain notation", "0.00000001", multiply("0.0001", "0.0001"), "multiply"],
  ])("%s is %s", (_name, expected, found) => {
    expect(found).toBe(expected);
  });

  it("of any two amounts are those of whole numbers of their smallest unit", () => {
    const cents = fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n });
    const text = (value: bigint) => decimalText(`${value}e-8`) as string;
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        expect(add(text(a), text(b))).toBe(text(a + b));
        expect(subtract(text(a), text(b))).toBe(text(a - b));
        expect(Math.sign(compare(text(a), text(b)))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });
});
