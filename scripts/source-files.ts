import { globSync } from "node:fs";
import { join } from "node:path";

/** The repository's root. */
export const ROOT = join(import.meta.dirname, "..");

/** The TypeScript files in these folders of the repository, as paths from its root with "/" between their parts. */
export function sourceFiles(...folders: string[]): string[] {
  return folders.flatMap((folder) =>
    globSync(`${folder}/**/*.ts`, { cwd: ROOT })
      .map((path) => path.replaceAll("\\", "/"))
      .sort(),
  );
}
