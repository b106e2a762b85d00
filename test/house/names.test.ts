import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { exportedNames, isNamedForExports } from "../../scripts/exported-names.ts";
import { ROOT, sourceFiles } from "../../scripts/source-files.ts";

/** Files that are named for something else, each kind with its reason. */
const OTHERWISE = [
  /^schema\/(enums|pagination|scalars|shares)\.ts$/, // all nouns of one kind
  /^src\/main\.ts$/, // exports nothing
  /\/index\.ts$/, // what its folder is
  /\/deps\.ts$/, // what the functions of its room are made of
  /^adapters\/[^/]+\/(errors|webhook|wire)\.ts$/, // the same files in each aggregator's folder
  /^adapters\/(fields|records|registry)\.ts$/, // what is read, or listed
  /^src\/reports\/(schedule|states)\.ts$/, // tables of pure functions
  /^src\/sandbox\/answers\//, // the endpoints' answers
  /^src\/store\/(inbox|item-removals|report-content|report-shares|report-sources)\.ts$/, // a table, or the short of its name
  /^src\/store\/migrations\/\d{4}-/, // in their order
  // subjects that no single export has in its name
  /^src\/(events|key-file|reports\/report-content-noun|reports\/share-noun)\.ts$/,
  /^src\/(sandbox\/world\/users\/small|store\/data-dir-lock|store\/postgres-store)\.ts$/,
  /^resolvers\/(merged-content|report-accounts|share)\.ts$/,
];

const isBadlyNamed = (path: string) => !isNamedForExports(basename(path), readFileSync(join(ROOT, path), "utf8"));

describe("a source file", () => {
  const misnamed = sourceFiles("schema", "src", "resolvers", "adapters").filter(isBadlyNamed);

  it("is named for what it exports", () => {
    expect(misnamed.filter((path) => !OTHERWISE.some((pattern) => pattern.test(path)))).toEqual([]);
  });

  it.each(OTHERWISE)("or needs this exception still: %p", (pattern) => {
    expect(misnamed.some((path) => pattern.test(path))).toBe(true);
  });
});

describe("the names that a file exports", () => {
  it("are those of values and types that it declares itself", () => {
    const text = `
      export const ONE = 1, two = 2;
      export function three() {}
      export async function four() {}
      export class Five {}
      export interface Six {}
      export type Seven = 7;
      export { eight } from "./eight.ts";
      const nine = 9;
    `;
    expect(exportedNames(text)).toEqual(["ONE", "two", "three", "four", "Five", "Six", "Seven"]);
  });

  it.each<[file: string, text: string, isNamed: boolean]>([
    ["link-item.ts", "export function linkItem() {}", true],
    ["graphql-socket.ts", "export function createGraphqlSocket() {}", true],
    ["holding.ts", "export class HoldingResolver {}", true],
    ["json-values.ts", "export const JSON_VALUES = [];", true],
    ["json-text.ts", "export function JSONText() {}", true],
    ["provider.ts", "export const Provider = {}; export type Provider = keyof typeof Provider;", true],
    ["cache.ts", "export interface Cache {} export function createCache() {}", true],
    ["items.ts", "export function listItems() {} export function findItem() {}", true],
    ["entities.ts", "export class Entity {} export class Another {}", true],
    ["item.ts", "export function linkItem() {}", false],
    ["link-item.ts", "export function linkAll() {} export function findItem() {}", false],
    ["link-item.ts", "function linkItem() {}", false],
    ["helpers.ts", "export function linkItem() {}", false],
  ])("fit %s with %s: %p", (file, text, isNamed) => {
    expect(isNamedForExports(file, text)).toBe(isNamed);
  });
});
