import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { ROOT, sourceFiles } from "../../scripts/source-files.ts";

const SOURCES = sourceFiles("schema", "src", "resolvers", "adapters");
const TESTS = sourceFiles("test", "bench", "scripts");
/** What front ends copy; what is generated there is in its generator's manner. */
const EXAMPLES = sourceFiles("examples").filter((path) => !/\/(__generated__|generated)\//.test(path));
/** This file names what it forbids. */
const ALL = [...SOURCES, ...TESTS, ...EXAMPLES].filter((path) => path !== "test/house/rules.test.ts");

/** `test/support` alone leaves tests out, by name, where a database is missing. */
const OWN_TESTS = TESTS.filter((path) => !path.startsWith("test/support/"));

const LONGEST_FILE = 400;

/** Each place of these files where the pattern stands, as path:line. */
function placesOf(pattern: RegExp, paths: readonly string[]): string[] {
  return paths.flatMap((path) =>
    readFileSync(join(ROOT, path), "utf8")
      .split("\n")
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
}

describe("the house's rules", () => {
  it("are tested on sources that are there", () => {
    expect(SOURCES).toContain("src/config.ts");
    expect(TESTS).toContain("test/house/rules.test.ts");
  });

  it("the environment is read by main and the commands alone", () => {
    const others = SOURCES.filter((path) => path !== "src/main.ts" && !path.startsWith("src/cli/"));
    expect(placesOf(/process\s*\.\s*env|process\["env"\]|\{[^}]*\benv\b[^}]*\} = process/, others)).toEqual([]);
  });

  it.each<[string, RegExp, readonly string[]]>([
    ["no any", /\bas any\b|[:<,|]\s*any\b(?=\s*[[\]>,;)=|&])|: any$/, [...SOURCES, ...EXAMPLES]],
    ["no check is switched off", /@ts-(ignore|nocheck|expect-error)|eslint-disable/, ALL],
    ["nothing is put off", /\b(TODO|FIXME|XXX|HACK)\b/, ALL],
    [
      "no error is swallowed without a word why",
      /catch\s*(\([^)]*\))?\s*\{\s*\}|\.catch\(\(\w*\) => (\{\s*\}|undefined|null)\)(?!.*\/\/ \w)/,
      ALL,
    ],
    ["no test is left out or alone", /\b(it|test|describe)\.(only|todo|skip)\b|\b[xf](it|describe)\(/, OWN_TESTS],
    ["tests do not sleep", /setTimeout\(\s*(r|resolve|done|res)\b|setTimeout as (sleep|delay)/, TESTS],
    [
      "only trials measure time",
      /\bperformance\.now\(/,
      TESTS.filter((path) => !/^(test\/(trials|support)|bench)\//.test(path)),
    ],
    [
      "time comes from the clock",
      /^(?!\s*(\/\/|\/?\*)).*(\bDate\.now\(\)|new Date\(\))/,
      SOURCES.filter((path) => path !== "src/clock.ts"),
    ],
    ["no path of one machine", /["'`\s(](\/home\/|\/Users\/|\/root\/|\/work\/)|\.\.\/shared\//, ALL],
    ["the console is for commands", /\bconsole\./, SOURCES.filter((path) => !/^src\/(main|cli\/)/.test(path))],
  ])("%s", (_name, pattern, paths) => {
    expect(placesOf(pattern, paths)).toEqual([]);
  });

  it("files are named in kebab-case, and for what they hold", () => {
    const badly = ALL.filter((path) => !/^([a-z0-9-]+\/)*[a-z0-9-]+(\.(test|trial|bench))?\.ts$/.test(path));
    expect(badly).toEqual([]);
    expect(ALL.filter((path) => /(^|\/)(utils?|helpers?|common|misc)(\/|\.)/.test(path))).toEqual([]);
  });

  it(`no file is longer than ${LONGEST_FILE} lines`, () => {
    const lengths = SOURCES.map((path) => ({
      path,
      lines: readFileSync(join(ROOT, path), "utf8").split("\n").length - 1,
    }));
    expect(lengths.filter(({ lines }) => lines > LONGEST_FILE)).toEqual([]);
  });

  it("barrels are none but the list of resolvers", () => {
    const barrels = placesOf(/^export \*/, SOURCES);
    expect(barrels).toEqual([]);
  });
});
