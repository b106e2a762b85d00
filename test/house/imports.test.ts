import { describe, expect, it } from "@jest/globals";
import { allForbiddenImports, forbiddenImports, importsOf } from "../../scripts/check-imports.ts";

describe("the imports of the sources", () => {
  it("follow the table", () => {
    expect(allForbiddenImports()).toEqual([]);
  });
});

describe("an import is found", () => {
  it.each<[string, string, boolean]>([
    ["of values", 'import { a } from "./x.ts";', false],
    ["for its effect", 'import "./x.ts";', false],
    ["of types", 'import type { A } from "./x.ts";', true],
    ["of values and types, which stays at run time", 'import { type A } from "./x.ts";', false],
    ["as re-export", 'export { a } from "./x.ts";', false],
    ["as re-export of all", 'export * from "./x.ts";', false],
    ["as re-export of types", 'export type { A } from "./x.ts";', true],
    ["at run time", 'const a = await import("./x.ts");', false],
    ["in a type", 'let a: import("./x.ts").A;', true],
  ])("%s", (_name, text, typeOnly) => {
    expect(importsOf(`// first line\n${text}`)).toEqual([{ specifier: "./x.ts", line: 2, typeOnly }]);
  });

  it("but not in comments and texts", () => {
    expect(importsOf('// import "./x.ts"\nconst a = `import "./x.ts"`;')).toEqual([]);
  });
});

describe("an arrow against the table is refused", () => {
  it.each<[from: string, statement: string]>([
    ["src/errors.ts", 'import { a } from "./clock.ts"'],
    ["src/clock/with-deadline.ts", 'import { a } from "../log.ts"'],
    ["src/errors.ts", 'import { a } from "../schema/enums.ts"'],
    ["src/log/redact.ts", 'import { a } from "../metrics.ts"'],
    ["schema/item.ts", 'import type { A } from "../src/errors.ts"'],
    ["src/config.ts", 'import type { A } from "../adapters/adapter.ts"'],
    ["src/store/items.ts", 'import { a } from "../cache.ts"'],
    ["src/store/items.ts", 'import { a } from "../config.ts"'],
    ["src/vault.ts", 'import { a } from "./store/items.ts"'],
    ["src/cache/entry.ts", 'import { a } from "../loaders/loaders.ts"'],
    ["adapters/http.ts", 'import { a } from "./plaid/index.ts"'],
    ["adapters/json.ts", 'import type { A } from "../src/config.ts"'],
    ["adapters/records.ts", 'import { a } from "./plaid/wire.ts"'],
    ["adapters/plaid/index.ts", 'import { a } from "../link-money/index.ts"'],
    ["adapters/plaid/index.ts", 'import type { A } from "../link-money/wire.ts"'],
    ["adapters/plaid/client.ts", 'import { a } from "../registry.ts"'],
    ["adapters/plaid/client.ts", 'import { a } from "../../src/vault.ts"'],
    ["adapters/plaid/client.ts", 'import { a } from "../../schema/enums.ts"'],
    ["adapters/registry.ts", 'import { a } from "./plaid/client.ts"'],
    ["src/sandbox/world.ts", 'import { a } from "../../adapters/plaid/wire.ts"'],
    ["src/sandbox/world.ts", 'import type { A } from "../../adapters/plaid/normalize.ts"'],
    ["src/reports/content.ts", 'import { a } from "../loaders/read.ts"'],
    ["src/loaders/read.ts", 'import { a } from "../../adapters/adapter.ts"'],
    ["src/loaders/read.ts", 'import { a } from "../reports/content.ts"'],
    ["adapters/adapter-of.ts", 'import { a } from "./http.ts"'],
    ["adapters/plaid/index.ts", 'import { a } from "../adapter-of.ts"'],
    ["src/reports/settle.ts", 'import { a } from "../operations/operations.ts"'],
    ["src/operations/link-item.ts", 'import { a } from "../auth.ts"'],
    ["src/auth.ts", 'import { a } from "./store/items.ts"'],
    ["src/context.ts", 'import { a } from "./operations/operations.ts"'],
    ["resolvers/item.ts", 'import { a } from "../src/operations/operations.ts"'],
    ["resolvers/item.ts", 'import { a } from "../src/context.ts"'],
    ["resolvers/item.ts", 'import type { A } from "../adapters/adapter.ts"'],
    ["src/graphql/build-graph-schema.ts", 'import { a } from "../../resolvers/item.ts"'],
    ["src/graphql/build-graph-schema.ts", 'import { a } from "../../resolvers/index.ts"'],
    ["src/http/server.ts", 'import { a } from "../../resolvers/index.ts"'],
    ["src/http/server.ts", 'import type { A } from "../context.ts"'],
    ["src/http/graphql.ts", 'import { a } from "../operations/operations.ts"'],
    ["src/http/graphql.ts", 'import { a } from "../store/items.ts"'],
    ["src/graphql/apollo.ts", 'import { a } from "../http/server.ts"'],
    ["src/app.ts", 'import { a } from "./main.ts"'],
    ["src/app.ts", 'import { a } from "../test/support/x.ts"'],
  ])("%s: %s", (from, statement) => {
    expect(forbiddenImports(from, statement)).toEqual([expect.stringContaining(`${from}:1: `)]);
  });

  it("as is a file in no room, and an import without its ending", () => {
    expect(forbiddenImports("src/helpers.ts", "")).toEqual([expect.stringContaining("in no room")]);
    expect(forbiddenImports("adapters/helpers.ts", "")).toEqual([expect.stringContaining("in no room")]);
    expect(forbiddenImports("src/app.ts", 'import "./config"')).toEqual([expect.stringContaining("write .ts")]);
  });
});

describe("an arrow of the table is let through", () => {
  it.each<[from: string, statement: string]>([
    ["src/errors.ts", 'import type { A } from "../schema/enums.ts"'],
    ["src/clock/with-deadline.ts", 'import { a } from "../errors.ts"'],
    ["src/log.ts", 'import { a } from "./log/redact.ts"'],
    ["src/log/redact.ts", 'import { a } from "../log.ts"'],
    ["src/config.ts", 'import { a } from "./config/fields.ts"'],
    ["src/store/items.ts", 'import type { A } from "../config.ts"'],
    ["src/cache.ts", 'import { a } from "./vault.ts"'],
    ["adapters/plaid/client.ts", 'import { a } from "./wire.ts"'],
    ["adapters/plaid/client.ts", 'import { a } from "../plaid-format/account.ts"'],
    ["adapters/plaid/client.ts", 'import { a } from "../../src/errors.ts"'],
    ["adapters/registry.ts", 'import { a } from "./link-money/index.ts"'],
    ["src/sandbox/world.ts", 'import type { A } from "../../adapters/plaid/wire.ts"'],
    ["src/operations/link-item.ts", 'import { a } from "../reports/states.ts"'],
    ["src/loaders/read.ts", 'import { a } from "../../adapters/adapter-of.ts"'],
    ["resolvers/scopes.ts", 'import { a } from "../src/auth.ts"'],
    ["resolvers/item.ts", 'import { a } from "../schema/item.ts"'],
    ["resolvers/item.ts", 'import type { A } from "../src/context.ts"'],
    ["src/graphql/build-graph-schema.ts", 'import { a } from "../../schema/pagination.ts"'],
    ["src/http/server.ts", 'import { a } from "../graphql/apollo.ts"'],
    ["src/app.ts", 'import { a } from "../adapters/registry.ts"'],
    ["src/main.ts", 'import { a } from "./app.ts"'],
    ["src/cli/doctor.ts", 'import { a } from "../config.ts"'],
    ["src/app.ts", 'import { a } from "kysely"'],
  ])("%s: %s", (from, statement) => {
    expect(forbiddenImports(from, statement)).toEqual([]);
  });
});
