import { describe, expect, it } from "@jest/globals";
import { buildSchema } from "graphql";
import { compareWithContract } from "../../scripts/compare-contract.ts";
import { undescribed } from "../../scripts/undescribed.ts";

const CONTRACT = `
  interface Node { id: ID! }
  enum Kind { A B }
  type Item implements Node { id: ID! name: String! kind(of: Kind): Kind }
  input Filter { kind: Kind }
  type Query { items(first: Int = 50, filter: Filter): [Item!]! node(id: ID!): Node }
`;

describe("the comparison with a contract", () => {
  it.each<[string, [from: string, to: string], "missing" | "broken" | null]>([
    ["nothing changed", ["", ""], null],
    ["a field added", ["name: String!", "name: String! more: Int"], null],
    ["a value added", ["A B", "A B C"], null],
    ["an optional argument added", ["kind(of: Kind)", "kind(of: Kind, by: Int)"], null],
    ["a field stricter", ["kind(of: Kind): Kind", "kind(of: Kind): Kind!"], null],
    ["a field left out", ["name: String!", ""], "missing"],
    ["an argument left out", ["kind(of: Kind)", "kind"], "missing"],
    ["an input field left out", ["kind: Kind }", "other: Int }"], "missing"],
    ["a value left out", ["A B", "A"], "missing"],
    ["an interface left out", ["implements Node", ""], "missing"],
    ["a field nullable", ["name: String!", "name: String"], "broken"],
    ["a field of another type", ["name: String!", "name: Int!"], "broken"],
    ["an argument demanded", ["kind(of: Kind)", "kind(of: Kind!)"], "broken"],
    ["an argument added that is demanded", ["kind(of: Kind)", "kind(of: Kind, by: Int!)"], "broken"],
    ["an input field added that is demanded", ["kind: Kind }", "kind: Kind by: Int! }"], "broken"],
    ["another default", ["first: Int = 50", "first: Int = 10"], "broken"],
    ["another kind of type", ["enum Kind { A B }", "scalar Kind"], "broken"],
  ])("%s", (_name, [from, to], expected) => {
    const found = compareWithContract(buildSchema(CONTRACT), buildSchema(CONTRACT.replace(from, to)));
    expect({ missing: found.missing.length, broken: found.broken.length }).toEqual({
      missing: expected === "missing" ? 1 : 0,
      broken: expected === "broken" ? 1 : 0,
    });
  });

  it("a type left out, with the fields that need it", () => {
    const emitted = buildSchema("type Query { ok: Boolean }");
    const { missing, broken } = compareWithContract(buildSchema(CONTRACT), emitted);
    expect(missing).toEqual(expect.arrayContaining(["Item was removed.", "Query.items was removed."]));
    expect(broken).toEqual([]);
  });
});

describe("what lacks a description", () => {
  it("in two words is named: types, fields, arguments, values, input fields", () => {
    const schema = buildSchema(`
      """A word."""
      enum Kind { A """The second.""" B }
      """Odd."""
      scalar Odd
      input Filter { kind: Kind }
      """All queries."""
      type Query { """An odd one.""" odd(filter: Filter): Odd other: Int }
    `);
    expect(undescribed(schema).sort()).toEqual(
      ["Kind.A", "Odd", "Filter", "Filter.kind", "Query.odd(filter)", "Query.other"].sort(),
    );
  });
});
