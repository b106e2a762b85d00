// Compiles the sources to dist/ when that is missing or older than they are; with --always, in any case.
// Plain JavaScript: it runs before anything is built.
import { spawnSync } from "node:child_process";
import { existsSync, globSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");
const DIST = join(ROOT, "dist");
/** As old as the last build that succeeded. */
const STAMP = join(DIST, ".built");
const INPUTS = ["{schema,src,resolvers,adapters}/**/*.ts", "tsconfig*.json", "package-lock.json"];

/** @returns {string | null} what went wrong. */
export function buildIfNeeded() {
  return isStale() ? build() : null;
}

function isStale() {
  if (!existsSync(STAMP)) return true;
  const built = statSync(STAMP).mtimeMs;
  return globSync(INPUTS, { cwd: ROOT }).some((path) => statSync(join(ROOT, path)).mtimeMs > built);
}

function build() {
  const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
  if (!existsSync(compiler)) return "dist/ is missing or old, and TypeScript is not installed: run `npm ci`.";
  console.error("Building dist/ …");
  const started = new Date();
  rmSync(DIST, { recursive: true, force: true }); // what lost its source must not run on
  const { status } = spawnSync(process.execPath, [compiler, "-p", "tsconfig.build.json"], {
    cwd: ROOT,
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) return "The sources do not compile.";
  writeFileSync(STAMP, "");
  utimesSync(STAMP, started, started); // what was saved while it compiled is newer
  return null;
}

if (import.meta.main) {
  const problem = process.argv.includes("--always") ? build() : buildIfNeeded();
  if (problem) {
    console.error(problem);
    process.exitCode = 1;
  }
}
