import ts from "typescript";

/** The names that a file exports where it declares them, each once: values and types. */
export function exportedNames(text: string): string[] {
  const source = ts.createSourceFile("file.ts", text, ts.ScriptTarget.Latest);
  const names = source.statements.flatMap((statement) => {
    const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
    if (!modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    const declared = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.map(({ name }) => name)
      : [(statement as ts.DeclarationStatement).name];
    return declared.flatMap((name) => (name && ts.isIdentifier(name) ? [name.text] : []));
  });
  return [...new Set(names)];
}

/**
 * Whether a file ("link-item.ts") is named for what it exports. A single export gives the file its name, less the "create" of
 * a factory and the "Resolver" of a resolver. Of several, one holds all words of the file's name, singular or plural: it is
 * their subject.
 */
export function isNamedForExports(file: string, text: string): boolean {
  const fileName = file.replace(/\.ts$/, "");
  const names = exportedNames(text).map(kebabCase);
  if (names.length === 1) return names[0] === fileName || names[0]?.replace(/^create-|-resolver$/g, "") === fileName;
  return names.some((name) => {
    const words = singularWords(name);
    return singularWords(fileName).every((word) => words.includes(word));
  });
}

/** Of a name in camelCase, PascalCase or UPPER_CASE. */
function kebabCase(name: string): string {
  const parted = name.replaceAll(/([a-z0-9])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, "$1$2-");
  return parted.replaceAll("_", "-").toLowerCase();
}

function singularWords(name: string): string[] {
  return name.split("-").map((word) => word.replace(/ies$/, "y").replace(/s$/, ""));
}
