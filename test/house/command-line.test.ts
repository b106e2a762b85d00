import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { ROOT } from "../../scripts/source-files.ts";

/** Runs a plain JavaScript file of the repository, as this Node or as one that says it is `version`. */
function run(file: string, args: string[], version?: string) {
  const disguise = `Object.defineProperty(process, "version", { value: "v${version}" });
    Object.defineProperty(process, "versions", { value: { node: "${version}" } });`;
  const first = version ? ["--import", `data:text/javascript,${encodeURIComponent(disguise)}`] : [];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...first, join(ROOT, file), ...args], {
    encoding: "utf8",
    timeout: 20_000,
  });
  return { status, stdout, stderr };
}

describe("the command line", () => {
  it.each(["12.22.0", "20.20.2", "23.11.1"])("says in one line that Node %s is too old", (version) => {
    expect(run("bin/tributary.js", [], version)).toEqual({
      status: 1,
      stdout: "",
      stderr: `Tributary wants Node 24 or newer and this is v${version}: \`npm start\` brings its own, but not after \`npm ci --ignore-scripts\`; run \`npm ci\`.\n`,
    });
  });

  it("says which commands there are", () => {
    expect(run("bin/tributary.js", ["stop"])).toEqual({
      status: 1,
      stdout: "",
      stderr: '"stop" is no command of tributary; there are start, doctor, sandbox, webhooks.\n',
    });
  });
});

describe("the count of tests", () => {
  let dir = "";
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), "tributary-count-"));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  /** A result of jest with these tests, by status. */
  function result(name: string, tests: Record<string, "passed" | "failed" | "pending">, broken = 0): string {
    const statuses = Object.values(tests);
    const count = (status: string) => statuses.filter((other) => other === status).length;
    const path = join(dir, name);
    const content = {
      numPassedTests: count("passed"),
      numFailedTests: count("failed"),
      numPendingTests: count("pending"),
      numRuntimeErrorTestSuites: broken,
      testResults: [{ assertionResults: Object.entries(tests).map(([fullName, status]) => ({ fullName, status })) }],
    };
    writeFileSync(path, JSON.stringify(content));
    return path;
  }
  const lastLine = (text: string) => text.trimEnd().split("\n").at(-1);

  it("sums up several runs", () => {
    const files = [result("a", { one: "passed", "on PostgreSQL": "passed" }), result("b", { three: "passed" })];
    const { status, stdout } = run("scripts/count-tests.js", [...files, "--ran", "PostgreSQL"]);
    expect([status, lastLine(stdout)]).toEqual([0, "3 passed, 0 failed"]);
  });

  it.each<[string, () => string[], string, string]>([
    ["a test failed", () => [result("c", { a: "failed", b: "passed" })], "1 passed, 1 failed", ""],
    [
      "a file could not run",
      () => [result("d", { a: "passed" }, 2)],
      "1 passed, 0 failed",
      "2 test files could not run.",
    ],
    ["a test was skipped", () => [result("f", { a: "passed", b: "pending" })], "1 passed, 0 failed", "Not run: b"],
    ["a run did not end", () => [join(dir, "none")], "0 passed, 0 failed", "that run of jest did not end"],
    [
      "what had to run was left out",
      () => [result("e", { a: "passed", "on Redis": "pending" }), "--ran", "Redis"],
      "1 passed, 0 failed",
      "No passed test is named for Redis.",
    ],
  ])("fails when %s", (_name, args, last, says) => {
    const { status, stdout } = run("scripts/count-tests.js", args());
    expect([status, lastLine(stdout)]).toEqual([1, last]);
    expect(stdout).toContain(says);
  });
});
