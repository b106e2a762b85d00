import { beforeAll, describe, expect, it } from "@jest/globals";
import { createDocuments } from "../../src/graphql/documents.ts";
import { AT_THE_LIMITS, BEYOND_LIMITS, schema } from "../src/graphql/hostile-documents.ts";

/** What a large page asks for: some 300 fields. */
const HONEST = `{ ${Array.from({ length: 30 }, (_, n) => `p${n}: people(first: 10) { nodes { id name tags friends(first: 5) { nodes { id name } } } }`).join(" ")} }`;
/** A hostile document may take so many times as long as the honest one. */
const MOST_TIMES = 30;
const TRIES = 5;

/** The least time of several tries, ms: what else the machine does only adds to it. */
function msOf(source: string): number {
  const tries = Array.from({ length: TRIES }, () => {
    const documents = createDocuments(schema, { introspection: true });
    const start = performance.now();
    documents.prepare(source, {});
    return performance.now() - start;
  });
  return Math.min(...tries);
}

describe("a hostile document takes no more time than some honest ones", () => {
  let honestMs = 0;
  beforeAll(() => {
    for (const [, source] of AT_THE_LIMITS) msOf(source); // all code is warm
    honestMs = msOf(HONEST);
  });

  it.each([...BEYOND_LIMITS, ...AT_THE_LIMITS].map(([name, source]) => [name, source]))("%s", (_, source) => {
    expect(msOf(source) / honestMs).toBeLessThan(MOST_TIMES);
  });
});
