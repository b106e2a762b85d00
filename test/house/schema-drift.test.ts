import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { resolvers } from "../../resolvers/index.ts";
import { ROOT } from "../../scripts/source-files.ts";
import { undescribed } from "../../scripts/undescribed.ts";
import { buildGraphSchema } from "../../src/graphql/build-graph-schema.ts";
import { printGraphSchema } from "../../src/graphql/print-graph-schema.ts";

const schema = buildGraphSchema(resolvers);

describe("the schema", () => {
  it("is the committed schema/schema.graphql (run `npm run schema`)", () => {
    expect(printGraphSchema(schema)).toBe(readFileSync(join(ROOT, "schema/schema.graphql"), "utf8"));
  });

  it("describes every type, field, argument and value", () => {
    expect(undescribed(schema)).toEqual([]);
  });
});
