import { describe, expect, it } from "@jest/globals";
import { type GraphQLScalarType, parseValue } from "graphql";
import { GraphQLDate, GraphQLDateTime, GraphQLDecimal, GraphQLJson, GraphQLUrl } from "../../schema/scalars.ts";

const literal = (scalar: GraphQLScalarType, source: string) => scalar.parseLiteral(parseValue(source));

describe("values that fit", () => {
  it.each([
    [GraphQLDate, "2024-02-29", "2024-02-29"],
    [GraphQLDateTime, "2024-05-01T10:00:00Z", "2024-05-01T10:00:00Z"],
    [GraphQLDateTime, "2024-05-01T10:00:00.123456Z", "2024-05-01T10:00:00.123456Z"],
    [GraphQLDateTime, "2024-05-01T10:00:00+02:00", "2024-05-01T08:00:00.000Z"],
    [GraphQLDateTime, "2024-05-01t10:00:00z", "2024-05-01T10:00:00.000Z"],
    [GraphQLDecimal, "23631.9805", "23631.9805"],
    [GraphQLDecimal, "-12.50", "-12.50"],
    [GraphQLDecimal, "100000000000000000000000000000.000000001", "100000000000000000000000000000.000000001"],
    [GraphQLDecimal, 12.5, "12.5"],
    [GraphQLDecimal, -3, "-3"],
    [GraphQLDecimal, 1e-7, "0.0000001"],
    [GraphQLDecimal, -1.25e-9, "-0.00000000125"],
    [GraphQLDecimal, 1.5e21, "1500000000000000000000"],
    [GraphQLUrl, "https://example.com/a?b=c", "https://example.com/a?b=c"],
    [GraphQLUrl, "http://localhost:4000", "http://localhost:4000"],
  ])("%s reads the variable %j as %j", (scalar, value, expected) => {
    expect(scalar.parseValue(value)).toBe(expected);
  });

  it.each([
    [GraphQLDate, '"2024-02-29"', "2024-02-29"],
    [GraphQLDateTime, '"2024-05-01T10:00:00-00:30"', "2024-05-01T10:30:00.000Z"],
    [GraphQLDecimal, '"1.10"', "1.10"],
    [GraphQLDecimal, "1.10", "1.10"],
    [GraphQLDecimal, "12345678901234567890", "12345678901234567890"],
    [GraphQLDecimal, "25e-1", "2.5"],
    [GraphQLDecimal, "1.25E3", "1250"],
    [GraphQLUrl, '"https://example.com"', "https://example.com"],
  ])("%s reads the literal %s as %j", (scalar, source, expected) => {
    expect(literal(scalar, source)).toBe(expected);
  });

  it.each([
    [GraphQLDate, "2024-02-29", "2024-02-29"],
    [GraphQLDateTime, "2024-05-01T10:00:00+02:00", "2024-05-01T08:00:00.000Z"],
    [GraphQLDateTime, new Date(0), "1970-01-01T00:00:00.000Z"],
    [GraphQLDecimal, "0.10", "0.10"],
    [GraphQLUrl, "https://example.com", "https://example.com"],
  ])("%s writes %j as %j", (scalar, value, expected) => {
    expect(scalar.serialize(value)).toBe(expected);
  });

  it("JSON keeps any value", () => {
    const value = { a: [1, "2", null, { b: true }] };
    expect(GraphQLJson.parseValue(value)).toEqual(value);
    expect(GraphQLJson.serialize(value)).toEqual(value);
    expect(literal(GraphQLJson, '{ a: [1, "2", null, { b: true }] }')).toEqual(value);
  });
});

describe("values that do not fit are named, with what is wanted", () => {
  it.each([
    [GraphQLDate, "2023-02-29"],
    [GraphQLDate, "2024-13-01"],
    [GraphQLDate, "2024-1-1"],
    [GraphQLDate, "2024-01-01T00:00:00Z"],
    [GraphQLDate, 20240101],
    [GraphQLDate, null],
    [GraphQLDateTime, "2024-05-01"],
    [GraphQLDateTime, "2024-05-01T10:00:00"],
    [GraphQLDateTime, "2024-02-30T10:00:00Z"],
    [GraphQLDateTime, "2024-05-01T10:00:00+99:99"],
    [GraphQLDateTime, 1714557600000],
    [GraphQLDecimal, "1e5"],
    [GraphQLDecimal, "1,000"],
    [GraphQLDecimal, "0x10"],
    [GraphQLDecimal, ""],
    [GraphQLDecimal, " 1"],
    [GraphQLDecimal, "9".repeat(61)],
    [GraphQLDecimal, Number.NaN],
    [GraphQLDecimal, Number.POSITIVE_INFINITY],
    [GraphQLDecimal, 1e300],
    [GraphQLDecimal, true],
    [GraphQLDecimal, { a: 1 }],
    [GraphQLUrl, "javascript:alert(1)"],
    [GraphQLUrl, "ftp://example.com"],
    [GraphQLUrl, "/relative"],
    [GraphQLUrl, "https://"],
    [GraphQLUrl, `https://example.com/${"a".repeat(2048)}`],
  ])("%s refuses the variable %j", (scalar, value) => {
    expect(() => scalar.parseValue(value)).toThrow(new RegExp(`^${scalar.name}: found .+, wanted .+\\.$`));
  });

  it.each([
    [GraphQLDate, "20240101"],
    [GraphQLDate, "TODAY"],
    [GraphQLDateTime, "true"],
    [GraphQLDecimal, "1e999"],
    [GraphQLDecimal, "[1]"],
    [GraphQLUrl, "1"],
  ])("%s refuses the literal %s, saying where it stands", (scalar, source) => {
    expect(() => literal(scalar, source)).toThrow(
      expect.objectContaining({ message: expect.stringContaining("wanted"), nodes: expect.any(Array) }),
    );
  });

  it("a long value is cut in the message", () => {
    expect(() => GraphQLDate.parseValue("x".repeat(5000))).toThrow(/^.{0,140}$/);
  });

  it("the hour and minute must exist", () => {
    expect(() => GraphQLDateTime.parseValue("2024-05-01T25:61:00Z")).toThrow("wanted");
  });
});
