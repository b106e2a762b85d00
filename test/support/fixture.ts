import { readFileSync } from "node:fs";

/** A fixture's text: "plaid/accounts-get". */
export function fixtureText(name: string): string {
  return readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), "utf8");
}

/** A fixture as parsed JSON. */
export function fixture(name: string): Record<string, unknown> {
  return JSON.parse(fixtureText(name)) as Record<string, unknown>;
}
