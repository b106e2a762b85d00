import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { buildSchema, getIntrospectionQuery } from "graphql";
import { createDocuments } from "../../../src/graphql/documents.ts";
import { EXAMPLE_OPERATIONS } from "../../../src/http/example-operations.ts";

const sdl = readFileSync(new URL("../../../schema/schema.graphql", import.meta.url), "utf8");
const documents = createDocuments(buildSchema(sdl), { introspection: true });

/** Why a document is refused, null when it may run. */
function refusal(source: string, variables: Record<string, unknown> = {}): string | null {
  return documents.prepare(source, variables).errors?.[0]?.message ?? null;
}

/** `body` inside as many levels of `open`. */
const nested = (levels: number, open: string, body: string) =>
  `${open.repeat(levels)}${body}${"}".repeat(levels * (open.split("{").length - 1))}`;
const times = (count: number, part: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => part(n)).join(" ");

const TRANSACTION =
  "__typename id remoteId amount currency currencyOfficial date datetime authorizedDate authorizedDatetime dateTransacted name merchantName originalDescription category categoryId pendingTransactionId pending paymentChannel transactionType transactionCode checkNumber accountOwner";
const ITEM = "id remoteId institutionName provider updateType authMethod";
/** What a front end shows of a whole report. */
const REPORT = (transactions: string) =>
  `id status content { items { institutionName accounts { name balances { current } historicalBalances(days: 30) { date current } transactions${transactions} { totalCount nodes { date amount originalDescription } } } } }`;

describe("honest operations on the gateway's own schema pass", () => {
  it.each<[string, string, Record<string, unknown>?]>([
    ["the explorer's introspection", getIntrospectionQuery({ specifiedByUrl: true, inputValueDeprecation: true })],
    ...EXAMPLE_OPERATIONS.map(({ query, variables }): [string, string, Record<string, unknown>?] => [
      /\b\w+ (\w+).*\{$/m.exec(query)?.[1] ?? "",
      query,
      variables,
    ]),
    [
      "items, accounts and holdings, pages of the default size",
      "{ items { nodes { id accounts { nodes { name ... on InvestmentAccount { holdings { nodes { quantity institutionValue security { name } } } } } } } } }",
    ],
    ["the whole of one report", `query ($id: ID!) { report(id: $id) { ${REPORT("(first: 500)")} } }`, { id: "x" }],
    ["the content of some reports", `{ reports(first: 10) { nodes { ${REPORT("")} } } }`],
    [
      "everything of holdings below accounts below items",
      "{ items { nodes { id institutionName accounts { nodes { id name type balances { current available currency } ... on InvestmentAccount { holdings { nodes { __typename id quantity institutionPrice institutionValue costBasis currency vestedQuantity security { id name tickerSymbol } } } } } } } } }",
    ],
    [
      "the longest page of one report's transactions, all of their values",
      `query ($id: ID!) { report(id: $id) { content { items { accounts { transactions(first: 500) { nodes { ${TRANSACTION} } } } } } } }`,
      { id: "x" },
    ],
    ["a few objects by their ids", '{ nodes(ids: ["a", "b"]) { ... on Item { accounts { nodes { name } } } } }'],
    ["ten mutations", `mutation { ${times(10, (n) => `m${n}: removeItem(id: "x") { removedItemId }`)} }`],
    ["the largest page", "{ accounts(first: 500) { totalCount nodes { id name mask balances { current } } } }"],
  ])("%s", (...[, source, variables]) => {
    expect(refusal(source, variables)).toBeNull();
  });
});

describe("what would keep the gateway from everybody else is refused before it runs", () => {
  const cycle = "accounts { nodes { item {";
  it.each<[string, string, string, Record<string, unknown>?]>([
    ["a walk to and fro, four pages deep", `{ ${nested(4, cycle, "id")} }`, "found 4, the limit is 3"],
    ["the same as deep as may be", `{ ${nested(6, cycle, "id")} }`, "nests too many paged lists"],
    [
      "the same with pages of one",
      `{ ${nested(6, "accounts(first: 1) { nodes { item {", "id")} }`,
      "nests too many paged lists",
    ],
    ["the same by edges", `{ ${nested(4, "accounts { edges { node { item {", "id")} }`, "nests too many paged lists"],
    [
      "the same by what is missing",
      `{ ${nested(4, "accounts { unavailable { item {", "id")} }`,
      "nests too many paged lists",
    ],
    [
      "the same in fragments",
      `{ accounts { nodes { item { ...A } } } } ${times(3, (n) => `fragment ${"ABC"[n]} on Item { ${n < 2 ? `accounts { nodes { item { ...${"ABC"[n + 1]} } } }` : "accounts { nodes { item { holdings { totalCount } } } }"} }`)}`,
      "nests too many paged lists",
    ],
    [
      "three deep and wide",
      `{ ${nested(
        2,
        cycle,
        times(100, (n) => `a${n}: accounts { nodes { id } }`),
      )} }`,
      "can cost too much",
    ],
    [
      "three deep, in a list that is not paged",
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Item { ${nested(2, cycle, ITEM)} } } }`,
      "lower `ids` of nodes, which multiplies most with 500",
      { ids: Array(500).fill("x") },
    ],
    [
      "many ids that are named elsewhere",
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Item { ${nested(2, cycle, ITEM)} } } }`,
      "lower `ids` of nodes, which multiplies most with 500",
    ],
    [
      "many ids in the document",
      `{ nodes(ids: [${'"x" '.repeat(500)}]) { ... on Item { ${nested(2, cycle, ITEM)} } } }`,
      "lower `ids` of nodes, which multiplies most with 500",
    ],
    [
      "every transaction of every report",
      `{ reports { nodes { ${REPORT("(first: 500)")} } } }`,
      "lower `first` of transactions, which multiplies most with 500, or nest fewer lists: found",
    ],
    [
      "every balance of many reports",
      "{ reports(first: 100) { nodes { content { items { accounts { historicalBalances { date current } } } } } } }",
      "lower `days` of historicalBalances, which multiplies most with 731",
    ],
    [
      "small pages of much that is missing",
      `{ accounts(first: 1) { unavailable { item { accounts(first: 1) { unavailable { item { accounts(first: 1) { unavailable { ${times(100, (n) => `e${n}: error { code message causes { remoteItemId error { code message provider retryAt displayMessage errorType } } }`)} } } } } } } } } }`,
      "can cost too much",
    ],
    [
      "many mutations",
      `mutation { ${times(11, (n) => `m${n}: removeItem(id: "x") { removedItemId }`)} }`,
      "too many mutations; split it: found 11, the limit is 10",
    ],
    [
      "many mutations in a fragment",
      `mutation { ...M } fragment M on Mutation { ${times(11, (n) => `m${n}: removeItem(id: "x") { removedItemId }`)} }`,
      "too many mutations",
    ],
    [
      "the schema's description, as a tree",
      `{ __schema { ${nested(5, "types { fields { type {", "name")} } }`,
      "limit|depth",
    ],
  ])("%s", (...[, source, message, variables]) => {
    const { document, errors } = documents.prepare(source, variables);
    expect(document).toBeUndefined();
    expect(errors?.[0]?.message).toMatch(new RegExp(message));
    expect(errors?.[0]?.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
  });
});
