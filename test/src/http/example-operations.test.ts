import { readFileSync } from "node:fs";
import { expect, it } from "@jest/globals";
import { buildSchema, type FieldNode, parse, visit } from "graphql";
import { createDocuments } from "../../../src/graphql/documents.ts";
import { EXAMPLE_OPERATIONS } from "../../../src/http/example-operations.ts";

const sdl = readFileSync(new URL("../../../schema/schema.graphql", import.meta.url), "utf8");
const documents = createDocuments(buildSchema(sdl), { introspection: true });

it.each(
  EXAMPLE_OPERATIONS.map(({ query, variables }) => [/\b\w+ (\w+).*\{$/m.exec(query)?.[1] ?? "", query, variables]),
)("the explorer's example %s fits the schema and its limits", (_, query, variables) => {
  expect(documents.prepare(String(query), variables as Record<string, unknown>).errors).toBeUndefined();
});

it("the portfolio says what is missing where it can be missing: of each item's lists", () => {
  const lists = new Map<string, string[]>();
  visit(parse(EXAMPLE_OPERATIONS[0]?.query ?? ""), {
    Field({ name, selectionSet }) {
      const inner = (selectionSet?.selections ?? []).map((one) => (one as FieldNode).name?.value);
      if (inner.includes("nodes")) lists.set(name.value, inner);
    },
  });
  expect(Object.fromEntries(lists)).toEqual({
    items: ["nodes"],
    accounts: ["nodes", "unavailable"],
    holdings: ["nodes", "unavailable"],
  });
});
