import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { ROOT } from "../../scripts/source-files.ts";
import { DOCUMENT_LIMITS } from "../../src/graphql/limits.ts";

describe("docs/limits.md", () => {
  const page = readFileSync(join(ROOT, "docs/limits.md"), "utf8");
  const { repeats: _, selections, ...told } = DOCUMENT_LIMITS; // repeats: only what is made to hurt comes near it

  it.each(Object.entries({ ...told, selections }))("tells the limit of %s, %i", (_name, most) => {
    expect(page).toMatch(new RegExp(`\\| ${most} \\|`));
  });
});
