import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { Action } from "../../schema/enums.ts";
import { ROOT } from "../../scripts/source-files.ts";
import { outdatedPages } from "../../scripts/write-docs.ts";
import { SCOPES } from "../../src/auth.ts";

describe("the docs", () => {
  it("hold the tables that the code has (run `node scripts/write-docs.ts`)", () => {
    expect(outdatedPages().map(({ page }) => page)).toEqual([]);
  });

  it.each(Object.keys(Action))("explain the action %s", (action) => {
    expect(readFileSync(join(ROOT, "docs/errors.md"), "utf8")).toContain(`\n| \`${action}\` |`);
  });

  it.each(SCOPES)("explain the scope %s", (scope) => {
    expect(readFileSync(join(ROOT, "docs/auth.md"), "utf8")).toContain(`\n| \`${scope}\` |`);
  });
});
