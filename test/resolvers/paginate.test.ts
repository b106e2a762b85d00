import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type Placed, paginate } from "../../resolvers/paginate.ts";
import type { Connection } from "../../schema/pagination.ts";
import { GatewayError } from "../../src/errors.ts";
import { encodeCursor } from "../../src/ids.ts";

function list(groups: Record<string, string[]>): Placed<string>[] {
  return Object.entries(groups)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([group, keys]) => keys.map((key, ordinal) => ({ node: `${group}${key}`, group, key, ordinal })));
}

describe("a page", () => {
  const whole = list({ a: ["1", "2"], b: ["1"] });

  it("tells where it stands", () => {
    const page = paginate("things", whole, { first: 2 });
    expect(page.nodes).toEqual(["a1", "a2"]);
    expect(page.totalCount).toBe(3);
    expect(page.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: page.edges[0]?.cursor,
      endCursor: page.edges[1]?.cursor,
    });
    const rest = paginate("things", whole, { first: 2, after: page.pageInfo.endCursor });
    expect(rest.nodes).toEqual(["b1"]);
    expect(rest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it("takes null for absent", () => {
    expect(paginate("things", whole, { first: null, after: null }).nodes).toHaveLength(3);
  });

  it.each([
    [{ first: 0 }, "first"],
    [{ first: 501 }, "first"],
    [{ first: -1 }, "first"],
    [{ after: "nonsense" }, "after"],
    [{ after: "" }, "after"],
    [{ after: "WyJhIl0" }, "after"],
    [{ after: encodeCursor("others", "a", "1", "0") }, "after"],
  ])("refuses %j, naming %s", (args, field) => {
    const attempt = () => paginate("things", whole, args);
    expect(attempt).toThrow(GatewayError);
    expect(attempt).toThrow(new RegExp(`^${field}: found `));
  });

  it("loses and repeats nothing while records come and the one of the cursor goes", () => {
    const keys = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/), { maxLength: 12 });
    fc.assert(
      fc.property(keys, keys, keys, fc.integer({ min: 1, max: 5 }), fc.boolean(), (a, b, added, first, drop) => {
        let groups = { a, b };
        const seen: string[] = [];
        let after: string | null = null;
        for (let turn = 0; turn < 40; turn++) {
          const page: Connection<string> = paginate("things", list(groups), { first, after });
          seen.push(...page.nodes);
          after = page.pageInfo.endCursor;
          if (!page.pageInfo.hasNextPage) break;
          const last = page.nodes.at(-1)?.slice(1);
          groups = {
            a: drop && page.nodes.at(-1)?.startsWith("a") ? groups.a.filter((key) => key !== last) : groups.a,
            b: [...new Set([...groups.b, ...added])],
          };
        }
        expect(new Set(seen).size).toBe(seen.length);
        for (const key of a) expect(seen).toContain(`a${key}`);
        for (const key of b) expect(seen).toContain(`b${key}`);
      }),
    );
  });
});
