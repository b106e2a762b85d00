import { describe, expect, it } from "@jest/globals";
import { bool, date, decimal, float, int, moment, text, textOrNumber, texts, url } from "../../adapters/fields.ts";

const READERS = { bool, date, decimal, float, int, moment, text, textOrNumber, texts, url };

describe("a field of the wrong type, null or missing is null", () => {
  it.each<[keyof typeof READERS, unknown[]]>([
    ["text", [undefined, null, 1, true, {}, []]],
    ["textOrNumber", [undefined, null, true, {}, [], Number.NaN, Number.POSITIVE_INFINITY]],
    ["decimal", [undefined, null, true, {}, [], "", "12,5", "1.2.3", "abc", Number.NaN, Number.POSITIVE_INFINITY]],
    ["int", [undefined, null, "1", 1.5, 2 ** 31, {}, []]],
    ["float", [undefined, null, "x", {}, []]],
    ["bool", [undefined, null, 0, 1, "true", {}, []]],
    [
      "date",
      [
        undefined,
        null,
        20200101,
        "2020-13-01",
        "2020-02-30",
        "2019-02-29",
        "2020-04-31",
        "2020-00-10",
        "2020-01-00",
        "01/02/2020",
        "",
        "2020-1-1",
        {},
      ],
    ],
    ["moment", [undefined, null, 1581782400, "yesterday", "2020-02-30T00:00:00Z", "2020-01-01T25:00:00Z", {}]],
    [
      "url",
      [undefined, null, 1, "", "/logo.png", "javascript:alert(1)", "ftp://example.com", "https://", "//example.com"],
    ],
    ["texts", [undefined, null, "a", 1, {}]],
  ])("%s", (reader, values) => {
    expect(values.map((value) => READERS[reader](value))).toEqual(values.map(() => null));
  });
});

describe("a field is read", () => {
  it.each<[keyof typeof READERS, unknown, unknown]>([
    ["text", "", ""],
    ["textOrNumber", 2243, "2243"],
    ["textOrNumber", "0042", "0042"],
    ["decimal", 23631.9805, "23631.9805"],
    ["decimal", "47.74104242992852", "47.74104242992852"],
    ["decimal", 1e-7, "0.0000001"],
    ["decimal", 0, "0"],
    ["int", -5, -5],
    ["float", "-74.0017610000000000", -74.001761],
    ["decimal", -0, "0"],
    ["decimal", 1e21, "1000000000000000000000"],
    ["date", "2020-06-04", "2020-06-04"],
    ["date", "2020-02-29", "2020-02-29"],
    ["date", "2020-06-04T23:30:00-05:00", "2020-06-04"],
    ["moment", "2019-02-15T15:53:00Z", "2019-02-15T15:53:00.000Z"],
    ["moment", "2020-01-15T13:25:17.766123+02:00", "2020-01-15T11:25:17.766Z"],
    ["moment", "2020-01-15T13:25:17", "2020-01-15T13:25:17.000Z"],
    ["moment", "2020-01-15", "2020-01-15T00:00:00.000Z"],
    ["url", "https://example-bank.com", "https://example-bank.com"],
    ["texts", ["US", null, 1, "CA"], ["US", "CA"]],
  ])("%s of %p is %p", (reader, value, wanted) => {
    expect(READERS[reader](value)).toEqual(wanted);
  });
});
