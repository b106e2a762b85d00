import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import type { Core } from "../../../src/sandbox/endpoints.ts";
import { createLinkMoney } from "../../../src/sandbox/link-money.ts";
import { createPlaid } from "../../../src/sandbox/plaid.ts";

/** The endpoints that docs/sandbox.md says this aggregator has. */
function documented(column: "Plaid" | "Link Money"): string[] {
  const rows = readFileSync(new URL("../../../docs/sandbox.md", import.meta.url), "utf8").split("\n");
  const head = rows.findIndex((row) => row.startsWith("| endpoint |"));
  const at = (rows[head] ?? "").split("|").findIndex((cell) => cell.trim() === column);
  const table = rows.slice(head + 2, rows.indexOf("", head));
  return table.flatMap((row) => {
    const cells = row.split("|").map((cell) => cell.trim());
    return cells[at] === "yes" ? [...(cells[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path) : [];
  });
}

describe("docs/sandbox.md", () => {
  // what they are made with is looked at by calls only
  const core = {} as Core;

  it.each([
    ["Plaid", createPlaid(core)],
    ["Link Money", createLinkMoney(core)],
  ] as const)("names every endpoint of %s, and none that it has not", (column, dialect) => {
    expect(documented(column).sort()).toEqual(Object.keys(dialect.endpoints).sort());
  });
});
