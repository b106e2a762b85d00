import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { aggregators } from "../../adapters/registry.ts";
import { ROOT } from "../../scripts/source-files.ts";
import { type App, startApp } from "../../src/app.ts";
import { parseConfig } from "../../src/config.ts";
import type { Store } from "../../src/store/store.ts";
import { openMemoryStore } from "../support/database.ts";
import { capturedLog } from "../support/gateway.ts";

/** What stays the same from day to day: no numbers or times, and no word of which source was ready first. */
function shapeOf(output: string): string[] {
  const lines = output
    .trim()
    .split("\n")
    .map((line) =>
      line
        .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")
        .replaceAll(/\d{4}-\d\d-\d\d/g, "DATE")
        .replaceAll(/-?\d+(\.\d+)?/g, "N")
        .replace(/^PENDING +(\w+):.*/, "PENDING $1"),
    );
  return lines.filter((line, index) => !(line.startsWith("PENDING") && line === lines[index - 1]));
}

async function documented(): Promise<string> {
  const page = await readFile(join(ROOT, "docs/reports.md"), "utf8");
  return /<!-- begin report-walk -->\n```\n(.*?)```\n<!-- end report-walk -->/s.exec(page)?.[1] ?? "";
}

describe("examples/report-walk.js, against a gateway as `npm start` runs it", () => {
  let dataDir: string;
  let store: Store;
  let app: App;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "tributary-"));
    store = await openMemoryStore();
    const config = parseConfig({ PORT: "0", DATA_DIR: dataDir, SANDBOX_REPORT_MS: "200" }, aggregators);
    app = await startApp(config, { log: capturedLog().log, store });
  });
  afterAll(async () => {
    await app.close();
    await store.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it.each(["at first", "once more on the same gateway"])("prints what docs/reports.md shows: %s", async () => {
    const script = join(ROOT, "examples/report-walk.js");
    const { stdout } = await promisify(execFile)(process.execPath, [script, `${app.url}/graphql`], { timeout: 60_000 });
    expect(shapeOf(stdout)).toEqual(shapeOf(await documented()));
  });
});
