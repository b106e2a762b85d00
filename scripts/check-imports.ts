/** Prints each import that the table forbids, and fails when there is one. */
import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import ts from "typescript";
import { IMPORT_TABLE, type Row } from "./import-table.ts";
import { ROOT, sourceFiles } from "./source-files.ts";

/** One import of a source file. */
export interface Import {
  /** As written: "../errors.ts". */
  specifier: string;
  line: number;
  /** Erased at compile time: `import type`, `export type … from`, `import("…").T`. */
  typeOnly: boolean;
}

/** All imports of a file: static, re-exports, dynamic, and in type positions. */
export function importsOf(text: string): Import[] {
  const source = ts.createSourceFile("file.ts", text, ts.ScriptTarget.Latest);
  const found: Import[] = [];
  const note = (node: ts.Node | undefined, typeOnly: boolean) => {
    if (!node || !ts.isStringLiteralLike(node)) return;
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    found.push({ specifier: node.text, line: line + 1, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) note(node.moduleSpecifier, node.importClause?.isTypeOnly ?? false);
    else if (ts.isExportDeclaration(node)) note(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) note(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      note(node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** What is wrong with the imports of one file; `path` from the repository's root, "/" between its parts. */
export function forbiddenImports(path: string, text: string): string[] {
  const from = roomOf(path);
  if (!from)
    return [`${path}: in no room of scripts/import-table.ts; put the file where it belongs, or name its room.`];
  return importsOf(text).flatMap(({ specifier, line, typeOnly }) => {
    if (!specifier.startsWith(".")) return [];
    const where = `${path}:${line}`;
    if (!/\.(ts|json)$/.test(specifier)) return [`${where}: "${specifier}" lacks its ending; write .ts.`];
    const target = posix.join(posix.dirname(path), specifier);
    const to = roomOf(target);
    if (to?.name === from.name) return [];
    if (covers(from.row.values, target) || (typeOnly && covers(from.row.types, target))) return [];
    const how = covers(from.row.types, target) ? "only by `import type`" : "not at all";
    return [`${where}: ${from.name} may import ${target} ${how}.`];
  });
}

/** What is wrong with the imports of all sources; Relay's compiler writes its own. */
export function allForbiddenImports(): string[] {
  return sourceFiles("schema", "src", "resolvers", "adapters", "examples")
    .filter((path) => !path.includes("/__generated__/"))
    .flatMap((path) => forbiddenImports(path, readFileSync(join(ROOT, path), "utf8")));
}

/** The part of the table that a path stands in, under its own name: "adapters/plaid" for "adapters/*". */
function roomOf(path: string): { row: Row; name: string } | null {
  for (const row of IMPORT_TABLE) {
    for (const room of row.rooms) {
      const name = pathPattern(room).exec(path)?.[1];
      if (name !== undefined) return { row, name };
    }
  }
  return null;
}

function covers(rooms: readonly string[], path: string): boolean {
  return rooms.some((room) => pathPattern(room).test(path));
}

/** The room itself as the first group; `*` is one folder, never a file of that place. */
function pathPattern(room: string): RegExp {
  const name = room.replaceAll("*", "[^/]+");
  return new RegExp(room.endsWith("*") ? `^(${name})/` : `^(${name})(?:\\.ts$|/)`);
}

if (import.meta.main) {
  const faults = allForbiddenImports();
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
  else console.log("Imports follow scripts/import-table.ts.");
}
