import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { Action } from "../../schema/enums.ts";
import { ROOT } from "../../scripts/source-files.ts";
import { outdatedPages } from "../../scripts/write-docs.ts";

describe("the docs", () => {
  it("hold the tables that the code has (run `node scripts/write-docs.ts`)", () => {
    expect(outdatedPages().map(({ page }) => page)).toEqual([]);
  });

  it.each(Object.keys(Action))("explain the action %s", (action) => {
    expect(readFileSync(join(ROOT, "docs/errors.md"), "utf8")).toContain(`\n| \`${action}\` |`);
  });
});
