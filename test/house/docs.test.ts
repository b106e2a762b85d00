import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { buildSchema, isInterfaceType, isObjectType, parse, validate } from "graphql";
import { Action, ErrorCode } from "../../schema/enums.ts";
import { COVERAGE, calledEndpoints } from "../../scripts/coverage.ts";
import { IMPORT_TABLE } from "../../scripts/import-table.ts";
import { ROOT } from "../../scripts/source-files.ts";
import { outdatedPages } from "../../scripts/write-docs.ts";
import { SCOPES } from "../../src/auth.ts";
import { TRANSPORT_ERRORS } from "../../src/errors.ts";
import { createMetrics } from "../../src/metrics.ts";
import { mayBecome } from "../../src/reports/states.ts";
import { QUEUES } from "../../src/store/jobs.ts";

const page = (path: string) => readFileSync(join(ROOT, path), "utf8");

describe("the docs", () => {
  it("hold the tables that the code has (run `npm run docs`)", () => {
    expect(outdatedPages().map(({ page }) => page)).toEqual([]);
  });

  it.each(Object.keys({ ...Action, ...ErrorCode, ...TRANSPORT_ERRORS }))("explain %s in whole sentences", (name) => {
    expect(page("docs/errors.md")).toMatch(new RegExp(`\\n\\| \`${name}\` \\| [A-Z][^|]*\\. \\|`));
  });

  it("name every room of the import table", () => {
    const architecture = page("docs/architecture.md");
    const rooms = IMPORT_TABLE.flatMap((row) => row.rooms).filter((room) => !room.includes("*"));
    const named = (room: string) => [`\`${room}.ts\``, `\`${room}/\``].some((words) => architecture.includes(words));
    expect(rooms.filter((room) => !named(room))).toEqual([]);
  });

  it("explain every metric with its labels, and no other", async () => {
    const metrics = createMetrics();
    metrics.operation({ type: "query", outcome: "ok", seconds: 1 });
    metrics.httpRequest({ route: "/graphql", status: 200, seconds: 1 });
    metrics.upstreamCall({ provider: "PLAID", endpoint: "/accounts/get", outcome: "OK", seconds: 1 });
    metrics.reportReady({ provider: "PLAID", seconds: 1 });
    metrics.webhook({ provider: "PLAID", outcome: "accepted" });
    metrics.cacheRead({ product: "ACCOUNTS", hit: true });
    const counted = new Set<string>();
    for (const [, name = "", labels = ""] of (await metrics.text()).matchAll(/^(tributary_\w+?)(?:_sum)?\{(.*)\}/gm)) {
      if (name.endsWith("_bucket") || name.endsWith("_count")) continue;
      counted.add(`${name}: ${[...labels.matchAll(/(\w+)=/g)].map(([, label]) => label).join(", ")}`);
    }
    const rows = page("docs/operations.md").matchAll(/^\| `(tributary_\w+)` \| ([^|]+) \|/gm);
    expect([...rows].map(([, name, labels]) => `${name}: ${labels?.replaceAll("`", "")}`).sort()).toEqual(
      [...counted].sort(),
    );
  });

  it("draw the states of a report's source as they are", () => {
    const drawn = [...page("docs/reports.md").matchAll(/^ {2}([A-Z]+) --> ([A-Z]+)/gm)].map(
      ([, from, to]) => `${from} ${to}`,
    );
    const states = ["QUEUED", "SENDING", "PENDING", "READY", "FAILED", "REMOVED"] as const;
    const possible = states.flatMap((from) => states.filter((to) => mayBecome(from, to)).map((to) => `${from} ${to}`));
    expect(drawn.sort()).toEqual(possible.sort());
  });

  it.each(QUEUES)("explain the queue %s", (queue) => {
    expect(page("docs/operations.md")).toContain(`\n| \`${queue}\` |`);
  });

  it("explain every line that the operations, loaders and reports log", () => {
    const files = globSync("src/{operations,loaders,reports}/*.ts", { cwd: ROOT });
    const lines = files.flatMap((file) =>
      [...page(file).matchAll(/\blog\.(?:info|warn|error)\([^;]*?"([^"]+)"/g)].map(([, line = ""]) => line),
    );
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => !page("docs/operations.md").includes(`\`${line}\``))).toEqual([]);
  });

  it.each(globSync("{docs/*.md,*.md}", { cwd: ROOT }))("link in %s only to what is there", (path) => {
    const links = [...page(path).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link = ""]) => link);
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(path), link)))).toEqual([]);
  });

  it.each(globSync("{docs/*.md,*.md}", { cwd: ROOT }))("show in %s only operations that the schema has", (path) => {
    const schema = buildSchema(page("schema/schema.graphql"));
    const operations = [...page(path).matchAll(/```graphql\n(.*?)```/gs)].map(([, text = ""]) => text);
    expect(operations.flatMap((text) => validate(schema, parse(text)).map(({ message }) => message))).toEqual([]);
  });

  it("tell of every endpoint that an aggregator's client calls", () => {
    expect([...calledEndpoints().keys()].filter((endpoint) => !COVERAGE[endpoint])).toEqual([]);
  });

  it("tell of endpoints by fields that the schema has", () => {
    const schema = buildSchema(page("schema/schema.graphql"));
    const called = calledEndpoints();
    const named = Object.entries(COVERAGE).flatMap(([endpoint, fields]) => (called.has(endpoint) ? fields : []));
    const fieldsOf = (type: string) => {
      const found = schema.getType(type);
      return isObjectType(found) || isInterfaceType(found) ? Object.keys(found.getFields()) : [];
    };
    const unknown = named
      .flatMap((field) => /^(\w+)\.(\w+)$/.exec(field) ?? [])
      .filter(
        (_, index, parts) => index % 3 === 0 && !fieldsOf(parts[index + 1] ?? "").includes(parts[index + 2] ?? ""),
      );
    expect(named.length).toBeGreaterThan(20);
    expect(unknown).toEqual([]);
  });

  it.each(SCOPES)("explain the scope %s", (scope) => {
    expect(page("docs/auth.md")).toContain(`\n| \`${scope}\` |`);
  });
});
