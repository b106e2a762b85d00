import { describe, expect, it } from "@jest/globals";
import { getIntrospectionQuery, parse } from "graphql";
import { createDocuments } from "../../../src/graphql/documents.ts";
import { checkLimits, DOCUMENT_LIMITS } from "../../../src/graphql/limits.ts";
import { AT_THE_LIMITS, BEYOND_LIMITS, schema, spreads } from "./hostile-documents.ts";

const documents = createDocuments(schema, { introspection: true });

/** The first complaint about a document, null when it may run. */
function complaint(source: string, variables: Record<string, unknown> = {}): string | null {
  return documents.prepare(source, variables).errors?.[0]?.message ?? null;
}

const nestedFriends = (levels: number, first: string) =>
  `${`friends(first: ${first}) { nodes { `.repeat(levels)}name${" } }".repeat(levels)}`;
describe("honest documents pass", () => {
  it.each([
    ["the explorer's introspection", getIntrospectionQuery({ specifiedByUrl: true, inputValueDeprecation: true })],
    [
      "lists of the default size, three deep",
      `{ people { nodes { id name friends { nodes { id name friends { nodes { id name } } } } } } }`,
    ],
    [
      "edges as well as nodes",
      "{ people(first: 500) { edges { cursor node { id friends(first: 100) { nodes { name } } } } } }",
    ],
    [
      "a field that many fragments name",
      `{ me { ...P0 ${Array.from({ length: 30 }, (_, n) => `...P${n}`).join(" ")} } } ${Array.from({ length: 30 }, (_, n) => `fragment P${n} on Person { id name }`).join(" ")}`,
    ],
    ["several operations", "query One { me { id } } query Two { me { name } }"],
    ["a deep walk", `{ ${"a { ".repeat(18)}text${" }".repeat(18)} }`],
  ])("%s", (_, source) => {
    expect(complaint(source)).toBeNull();
  });
});

describe("documents beyond a limit are refused with the limit's name and number", () => {
  it.each([
    ["too many characters", `{ text } #${"x".repeat(100_000)}`, "characters, the limit is 100000"],
    ["too many tokens", `{ ${"text ".repeat(5_001)} }`, "5000 tokens"],
    [
      "too deep",
      `{ ${"a { ".repeat(20)}text${" }".repeat(20)} }`,
      "too deep; nest fewer fields: found 21, the limit is 20",
    ],
    ["too deep in fragments", `{ ...F0 } ${spreads(21, (next) => `a { ${next} }`)}`, "too deep"],
    ["too deep to be parsed", `{ text(length: ${"[".repeat(4_900)}`, "limit|deeply|Syntax Error"],
    [
      "too many aliases",
      `{ ${Array.from({ length: 301 }, (_, n) => `me { x${n}: name }`).join(" ")} }`,
      "too many aliases: found 301",
    ],
    [
      "too many root fields",
      `{ ${Array.from({ length: 51 }, (_, n) => `x${n}: text`).join(" ")} }`,
      "too many root fields; split it: found 51",
    ],
    [
      "too many root fields in a fragment",
      `{ ...R } fragment R on Query { ${Array.from({ length: 51 }, (_, n) => `x${n}: text`).join(" ")} }`,
      "too many root fields",
    ],
    [
      "too many definitions",
      Array.from({ length: 201 }, (_, n) => `query Q${n} { text }`).join(" "),
      "too many operations and fragments: found 201",
    ],
    ["fields named too often", `{ me { ${"name ".repeat(500)} } }`, "names the same fields too often"],
    [
      "fragments in a circle",
      "{ ...A } fragment A on Query { a { ...B } } fragment B on Query { b { ...A } }",
      "circle",
    ],
    ["a fragment in itself, unused", "{ text } fragment A on Query { ...A }", "circle"],
    [
      "lists nested too deep",
      `{ people { nodes { ${nestedFriends(4, "50")} } } }`,
      "nests too many paged lists .* found 5, the limit is 3",
    ],
    [
      "pages too large for their nesting",
      `{ people(first: 500) { nodes { ${nestedFriends(2, "500")} } } }`,
      "can cost too much",
    ],
    ["plain lists nested too deep", `{ me { ${"parents { ".repeat(7)}name${" }".repeat(7)} } }`, "can cost too much"],
    [
      "introspection many times over",
      `{ ${Array.from({ length: 40 }, (_, n) => `s${n}: __schema { ${Array.from({ length: 6 }, (_, m) => `t${m}: types { fields { args { name description type { name kind ofType { name kind } } } type { name kind } } }`).join(" ")} }`).join(" ")} }`,
      "limit|tokens",
    ],
  ])("%s", (_, source, message) => {
    const { errors } = documents.prepare(source, {});
    expect(errors?.[0]?.message).toMatch(new RegExp(message));
    expect(errors?.[0]?.extensions.code).toMatch(/^GRAPHQL_(VALIDATION|PARSE)_FAILED$/);
  });
});

describe("a page's size in a variable counts with its value", () => {
  const source = `query ($n: Int) { people(first: $n) { nodes { friends(first: $n) { nodes { friends(first: $n) { nodes { name } } } } } } }`;
  it.each([
    [{ n: 90 }, null],
    [{ n: 500 }, "can cost too much"],
    [{}, null],
    [{ n: null }, null],
    [{ n: "many" }, null],
    [{ n: 1e9 }, "can cost too much"],
    [{ n: -1 }, null],
  ])("%j", (variables, expected) => {
    const found = complaint(source, variables);
    expect(expected === null ? found : found?.includes(expected)).toBe(expected === null ? null : true);
  });

  it("also when it is named as something that every object has", () => {
    const named = source.replaceAll("$n", "$constructor").replace(": Int)", ": Int = 500)");
    expect(complaint(named)).toMatch("can cost too much");
  });

  it("and with its default where it is left out", () => {
    const withDefault = source.replace("$n: Int", "$n: Int = 500");
    expect(complaint(withDefault)).toMatch("can cost too much");
    expect(complaint(withDefault, { n: 10 })).toBeNull();
  });
});

describe("hostile documents", () => {
  it.each(BEYOND_LIMITS)("are refused before they are validated: %s", (_, source, limit) => {
    const { errors = [] } = documents.prepare(source, {});
    expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining(limit)]);
    expect(errors[0]?.nodes).toBeUndefined(); // validation would say where
  });

  it.each(AT_THE_LIMITS)("reach validation only within the limits: %s", (_, source) => {
    expect(checkLimits(schema, parse(source), {}, DOCUMENT_LIMITS).error).toBeNull();
  });
});

describe("documents are remembered", () => {
  it("gives the same parsed document again", () => {
    const source = "{ me { id } }";
    expect(documents.prepare(source, {}).document).toBe(documents.prepare(source, null).document);
  });

  it("keeps no more than its bound", () => {
    const first = "{ x0: text }";
    const before = documents.prepare(first, {}).document;
    for (let n = 1; n <= 1_001; n++) documents.prepare(`{ x${n}: text }`, {});
    expect(documents.prepare(first, {}).document).not.toBe(before);
  });
});

describe("validation", () => {
  it("names each fault with a code", () => {
    const { errors } = documents.prepare("{ unknown me { nothing } }", {});
    expect(errors?.map(({ extensions, locations }) => [extensions.code, locations?.[0]?.column])).toEqual([
      ["GRAPHQL_VALIDATION_FAILED", 3],
      ["GRAPHQL_VALIDATION_FAILED", 16],
    ]);
  });

  it("refuses reading the schema where introspection is off", () => {
    const closed = createDocuments(schema, { introspection: false });
    expect(closed.prepare(getIntrospectionQuery(), {}).errors?.[0]?.message).toMatch("introspection");
    expect(closed.prepare("{ __typename me { __typename } }", {}).errors).toBeUndefined();
  });

  it("takes other limits", () => {
    const strict = createDocuments(schema, { introspection: true, limits: { ...DOCUMENT_LIMITS, depth: 1 } });
    expect(strict.prepare("{ text }", {}).errors).toBeUndefined();
    expect(strict.prepare("{ me { id } }", {}).errors?.[0]?.message).toMatch("too deep");
  });
});
