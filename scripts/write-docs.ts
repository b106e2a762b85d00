/** Writes the tables in docs/ that stand in the code too; with --check it only says which are out of step. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, type GraphQLEnumType } from "graphql";
import { reducesAccess, WEBHOOK_EVENTS } from "../adapters/plaid-format/webhook-events.ts";
import { aggregators } from "../adapters/registry.ts";
import { AGGREGATOR_ENVIRONMENT, ENVIRONMENT, type Variable } from "../src/config/environment.ts";
import { ERRORS, TRANSPORT_ERRORS } from "../src/errors.ts";
import { effectOf } from "../src/operations/effect-of.ts";
import { NAMED_USERS } from "../src/sandbox/world/users.ts";
import { CALL_SHAPES, FRESH_CALL_SHAPES } from "../test/support/call-shapes.ts";
import { coverageRows } from "./coverage.ts";
import { ROOT } from "./source-files.ts";

/** A generated part of a page: between `<!-- begin <name> -->` and `<!-- end <name> -->`. */
const TABLES: Record<string, { page: string; rows: () => string[][] }> = {
  errors: { page: "docs/errors.md", rows: errorRows },
  actions: { page: "docs/errors.md", rows: actionRows },
  "transport-errors": { page: "docs/errors.md", rows: transportErrorRows },
  "webhook-events": { page: "docs/events.md", rows: webhookEventRows },
  "event-types": { page: "docs/events.md", rows: eventTypeRows },
  "call-shapes": { page: "docs/upstream-calls.md", rows: () => callRows(CALL_SHAPES) },
  "fresh-call-shapes": { page: "docs/upstream-calls.md", rows: () => callRows(FRESH_CALL_SHAPES) },
  coverage: { page: "docs/coverage.md", rows: coverageRows },
  "named-users": { page: "docs/sandbox.md", rows: namedUserRows },
  environment: { page: "docs/configuration.md", rows: environmentRows },
};

/** The pages whose tables differ from the code, with what they should hold. */
export function outdatedPages(): { page: string; content: string }[] {
  const pages = [...new Set(Object.values(TABLES).map(({ page }) => page))];
  return pages.flatMap((page) => {
    const found = readFileSync(join(ROOT, page), "utf8");
    const content = Object.entries(TABLES)
      .filter(([, table]) => table.page === page)
      .reduce((text, [name, { rows }]) => withTable(page, text, name, rows()), found);
    return content === found ? [] : [{ page, content }];
  });
}

function errorRows(): string[][] {
  const meanings = descriptionsOf("ErrorCode");
  const rows = Object.entries(ERRORS).map(([code, { action, retryable }]) => {
    return [`\`${code}\``, meanings.get(code) ?? "", `\`${action}\``, retryable ? "yes" : "no"];
  });
  return [["code", "meaning", "action", "retryable"], ...rows];
}

function actionRows(): string[][] {
  const rows = [...descriptionsOf("Action")].map(([action, description]) => [`\`${action}\``, description]);
  return [["action", "what the front end does"], ...rows];
}

/** What the printed schema says of each value of an enum: what front ends read there, the docs say too. */
function descriptionsOf(name: "Action" | "ErrorCode" | "EventType"): Map<string, string> {
  const schema = buildSchema(readFileSync(join(ROOT, "schema/schema.graphql"), "utf8"));
  const values = (schema.getType(name) as GraphQLEnumType).getValues();
  return new Map(values.map((value) => [value.name, value.description ?? ""]));
}

function transportErrorRows(): string[][] {
  return [["code", "meaning"], ...Object.entries(TRANSPORT_ERRORS).map(([code, meaning]) => [`\`${code}\``, meaning])];
}

/** What each webhook becomes, and what that changes. */
function webhookEventRows(): string[][] {
  const rows = Object.entries(WEBHOOK_EVENTS).flatMap(([type, codes]) =>
    Object.entries(codes).map(([code, event]) => {
      const webhook = `\`${type}\` \`${code}\``;
      if (event === null) return [webhook, "*a look at the report*", "", "", ""];
      const { health, stale, fresh } = effectOf(event, reducesAccess(type, code));
      return [
        ...[webhook, `\`${event}\``],
        health === "BY_ERROR" ? "*by its error*" : quoted(health ? [health] : []),
        ...[quoted(fresh ? [fresh] : []), quoted(stale)],
      ];
    }),
  );
  return [["webhook", "event", "`health`", "`freshness`", "leaves the cache"], ...rows];
}

/** What queries cost, as the test of the calls has it. */
function callRows(shapes: typeof CALL_SHAPES): string[][] {
  const rows = shapes.map(([what, document, calls]) => {
    const told = Object.entries(calls).map(([endpoint, count]) => `${count} × \`${endpoint}\``);
    return [what, `\`${document}\``, told.join(", ") || "none"];
  });
  return [["what", "query", "calls"], ...rows];
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(" ");
}

function eventTypeRows(): string[][] {
  return [["type", "meaning"], ...[...descriptionsOf("EventType")].map(([type, meaning]) => [`\`${type}\``, meaning])];
}

/** The sandbox's users, and what each aggregator tells of them. */
function namedUserRows(): string[][] {
  const rows = Object.entries(NAMED_USERS).map(([name, { plans, has, goodFor }]) => {
    const shared = plans.PLAID === plans.LINK_MONEY && !plans.PLAID.isOneLife;
    const told = plans.PLAID.isOneLife ? "both, the same" : shared ? "both" : "both, two halves";
    return [`\`${name}\``, told, has, goodFor];
  });
  return [["user", "aggregators", "has", "is good for"], ...rows];
}

function environmentRows(): string[][] {
  const row = (name: string, variable: Variable) => [
    `\`${name}\``,
    variable.default === null ? (variable.unset ?? "") : `\`${variable.default}\``,
    variable.wanted,
    variable.meaning,
  ];
  return [
    ["name", "default", "value", "meaning"],
    ...Object.entries<Variable>(ENVIRONMENT).map(([name, variable]) => row(name, variable)),
    ...aggregators.flatMap(({ envPrefix }) =>
      Object.entries<Variable>(AGGREGATOR_ENVIRONMENT).map(([name, variable]) => row(`${envPrefix}_${name}`, variable)),
    ),
  ];
}

function withTable(page: string, text: string, name: string, [head = [], ...rows]: string[][]): string {
  const [begin, end] = [`<!-- begin ${name} -->\n`, `<!-- end ${name} -->`];
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${page} lacks "${begin.trim()}" … "${end}".`);
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => {
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |\n`;
  });
  return text.slice(0, from + begin.length) + lines.join("") + text.slice(to);
}

if (import.meta.main) {
  const check = process.argv.includes("--check");
  const outdated = outdatedPages();
  for (const { page, content } of outdated) {
    if (check) console.error(`${page} is out of step with the code: run \`npm run docs\`.`);
    else writeFileSync(join(ROOT, page), content);
  }
  if (check && outdated.length > 0) process.exitCode = 1;
  else
    console.log(
      check || outdated.length === 0 ? "The docs are in step." : `Written: ${outdated.map(({ page }) => page)}.`,
    );
}
