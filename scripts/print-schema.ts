/** Writes the schema that the code builds to schema/schema.graphql. */
import "reflect-metadata";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { resolvers } from "../resolvers/index.ts";
import { buildGraphSchema } from "../src/graphql/build-graph-schema.ts";
import { printGraphSchema } from "../src/graphql/print-graph-schema.ts";
import { ROOT } from "./source-files.ts";

writeFileSync(join(ROOT, "schema/schema.graphql"), printGraphSchema(buildGraphSchema(resolvers)));
console.log("Written: schema/schema.graphql.");
