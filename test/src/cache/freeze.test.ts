import { describe, expect, it } from "@jest/globals";
import { freeze } from "../../../src/cache/freeze.ts";

describe("freeze", () => {
  it("freezes objects and arrays through and through", () => {
    const data = { list: [{ name: "a" }], nothing: null, missing: undefined };
    freeze(data);
    expect(() => data.list.push({ name: "b" })).toThrow(TypeError);
    expect(() => Object.assign(data.list[0] ?? {}, { name: "b" })).toThrow(TypeError);
  });

  it("tells a size that grows with the data", () => {
    const small = freeze({ text: "x".repeat(10) });
    const long = freeze({ text: "x".repeat(10_010) });
    expect(long - small).toBe(10_000);
    expect(freeze({ list: Array.from({ length: 1000 }, () => ({ a: 1 })) })).toBeGreaterThan(1000 * 48);
  });

  it("takes a record nested deeper than the stack", () => {
    let deep: unknown = "end";
    for (let level = 0; level < 50_000; level++) deep = [deep];
    expect(freeze(deep)).toBeGreaterThan(50_000);
  });
});
