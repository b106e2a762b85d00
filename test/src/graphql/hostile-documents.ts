import { buildSchema } from "graphql";

/** A schema of its own, small enough to see what each document below does to it. */
export const schema = buildSchema(`
  interface Node { id: ID! }
  type Query {
    me: Person
    node(id: ID!): Node
    people(first: Int = 50, after: String): PersonConnection!
    a: Query
    b: Query
    text(length: Int): String
  }
  type Mutation { rename(id: ID!, name: String!): Person }
  type Person implements Node {
    id: ID!
    name: String
    tags: [String!]!
    parents: [Person!]!
    friends(first: Int = 50, after: String): PersonConnection!
  }
  type PersonConnection { edges: [PersonEdge!]! nodes: [Person!]! totalCount: Int! }
  type PersonEdge { node: Person! cursor: String! }
`);

/** Fragments on Query that spread one another, `levels` deep; `body` says how each spreads the next. */
export const spreads = (levels: number, body: (next: string) => string) =>
  Array.from({ length: levels }, (_, n) => `fragment F${n} on Query { ${body(`...F${n + 1}`)} }`).join("\n") +
  `\nfragment F${levels} on Query { text }`;

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
const list = (count: number, one: (n: number) => string) => numbers(count).map(one).join(" ");
/** Fragments that each spread all later ones. */
const spreadsOfAllLater = (count: number, fields: string) =>
  list(count, (n) => `fragment F${n} on Query { ${fields} ${list(count - n - 1, (m) => `...F${n + 1 + m}`)} }`);

/** Small documents that cost a stock server seconds to years, and the limit that each is refused for, before validation. */
export const BEYOND_LIMITS: [name: string, source: string, limit: string][] = [
  ["nested spreads, twice each", `{ ...F0 } ${spreads(30, (next) => `${next} ${next}`)}`, "too many fields"],
  ["spreads under two fields", `{ ...F0 } ${spreads(18, (next) => `a { ${next} } b { ${next} }`)}`, "too many fields"],
  ["spreads under two aliases", `{ ...F0 } ${spreads(18, (next) => `x: a { ${next} } y: a { ${next} }`)}`, "too many"],
  ["spreads under one field", `{ ...F0 } ${spreads(18, (next) => `a { ${next} } a { ${next} }`)}`, "too many fields"],
  ["many spreads of all later", `{ ...F0 } ${spreadsOfAllLater(60, "text")}`, "too many fields"],
  [
    "few spreads of all later",
    `{ a { ...F0 } } ${spreadsOfAllLater(8, "text a { text }")}`,
    "the same fields too often",
  ],
  ["one field a thousand times", `{ ${"a { text } ".repeat(1_000)} }`, "too many root fields"],
  ["nested fields", `{ ${"a { ".repeat(1_600)} text ${"} ".repeat(1_600)} }`, "too deep"],
  ["nested list values", `{ text(length: ${"[".repeat(2_400)}${"]".repeat(2_400)}) }`, "too deeply"],
];

/** What goes as far as the limits allow: all of it is validated. */
export const AT_THE_LIMITS: [name: string, source: string][] = [
  ["spreads under two fields", `{ ...F0 } ${spreads(9, (next) => `a { ${next} } b { ${next} }`)}`],
  ["spreads under one field", `{ ...F0 } ${spreads(6, (next) => `a { ${next} } a { ${next} }`)}`],
  ["spreads of one another", `{ a { ...F0 } } ${spreads(5, (next) => `text ${next} ... { ${next} text }`)}`],
  ["repeats", `{ me { ${"name ".repeat(200)} } }`],
  ["repeats with arguments", `{ a { ${"text(length: 1) ".repeat(190)} } }`],
  [
    "fragments side by side",
    `{ a { ${list(190, (n) => `...F${n}`)} } } ${list(190, (n) => `fragment F${n} on Query { x${n}: text }`)}`,
  ],
  [
    "wide fragments side by side",
    `{ a { ${list(9, (n) => `...F${n}`)} } } ${list(9, (n) => `fragment F${n} on Query { ${list(30, (m) => `x${n}_${m}: a { text }`)} }`)}`,
  ],
  ["nested inline fragments", `{ ${"... { ".repeat(1_600)} text ${"} ".repeat(1_600)} }`],
  ["unknown fields with long names", `{ ${list(45, (n) => `${"q".repeat(500)}${n}`)} }`],
  [
    "variables in many operations",
    `${list(190, (n) => `query Q${n}($a: Int, $b: Int) { text(length: $a) ...F }`)} fragment F on Query { text(length: $b) }`,
  ],
];
