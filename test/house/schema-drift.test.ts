import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { resolvers } from "../../resolvers/index.ts";
import { ROOT } from "../../scripts/source-files.ts";
import { undescribed } from "../../scripts/undescribed.ts";
import { clientTypes } from "../../scripts/write-client-types.ts";
import { buildGraphSchema } from "../../src/graphql/build-graph-schema.ts";
import { printGraphSchema } from "../../src/graphql/print-graph-schema.ts";

const schema = buildGraphSchema(resolvers);

describe("the schema", () => {
  it("is the committed schema/schema.graphql (run `npm run schema`)", () => {
    expect(printGraphSchema(schema)).toBe(readFileSync(join(ROOT, "schema/schema.graphql"), "utf8"));
  });

  it("is what the examples' types are made from (run `npm run codegen`)", async () => {
    for (const [path, text] of await clientTypes()) expect(readFileSync(join(ROOT, path), "utf8")).toBe(text);
  });

  it("describes every type, field, argument and value", () => {
    expect(undescribed(schema)).toEqual([]);
  });
});
