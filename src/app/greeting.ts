import type { App } from "../app.ts";
import type { Config } from "../config.ts";

const FIRST_QUERY = "{ accounts { nodes { name balances { current currency } item { institutionName } } } }";

/** What a person who started the gateway wants to know: where it is, and a first query to paste. */
export function greeting(app: App, config: Config): string {
  const lines = [
    "",
    "Tributary is ready.",
    `  GraphQL    ${app.url}/graphql`,
    `  Explorer   ${app.url}/graphiql`,
    `  Health     ${app.url}/healthz`,
  ];
  if (app.sandbox) {
    const imitated = Object.entries(app.sandbox.endpoints).map(([provider, { baseUrl }]) => `${provider} ${baseUrl}`);
    lines.push(`  Sandbox    ${imitated.join(", ")} (imitated)`);
  }
  if (config.auth.kind === "demo") {
    const body = JSON.stringify({ query: FIRST_QUERY });
    lines.push(
      "",
      "A first query, as the demo viewer:",
      `  curl -s ${app.url}/graphql -H 'content-type: application/json' -d '${body}'`,
    );
  }
  return `${lines.join("\n")}\n\n`;
}
