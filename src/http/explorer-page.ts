import { createHash } from "node:crypto";
import { EXAMPLE_OPERATIONS } from "./example-operations.ts";

/** The explorer's page and the policy under which it runs. */
export interface ExplorerPage {
  html: string;
  contentSecurityPolicy: string;
}

/**
 * GraphiQL as one page that holds all it needs: nothing is loaded from elsewhere, and its policy allows nothing else. Queries
 * go to /graphql beside it, subscriptions there by WebSocket with the Authorization of the headers editor. Loads 9 MB.
 */
export async function renderExplorerPage({ asksForToken }: { asksForToken: boolean }): Promise<ExplorerPage> {
  const graphiql = await import("@graphql-yoga/render-graphiql/graphiql");
  const headers = asksForToken ? JSON.stringify({ Authorization: "Bearer <token>" }, null, 2) : "";
  const settings = {
    endpoint: "graphql", // relative: also behind a proxy that adds to the path
    subscriptionsProtocol: "WS",
    title: "Tributary",
    shouldPersistHeaders: false, // a token does not belong in the browser's storage
    headers,
    defaultTabs: EXAMPLE_OPERATIONS.map(({ query, variables }) => ({
      query,
      variables: variables && JSON.stringify(variables, null, 2),
      headers,
    })),
  };
  const script = `
const workers = ${literal({
    editorWorkerService: graphiql.editorWorkerService,
    json: graphiql.jsonWorker,
    graphql: graphiql.graphqlWorker,
  })};
for (const name of Object.keys(workers)) {
  workers[name] = URL.createObjectURL(new Blob([workers[name]], { type: "application/javascript" }));
}
self.MonacoEnvironment = { globalAPI: false, getWorkerUrl: (_module, label) => workers[label] };
${graphiql.js};
const settings = ${literal(settings)};
let headers = settings.headers;
settings.onEditHeaders = (text) => { headers = text; };
settings.connectionParams = () => {
  try {
    const entry = Object.entries(JSON.parse(headers)).find(([name]) => name.toLowerCase() === "authorization");
    return entry ? { authorization: entry[1] } : {};
  } catch {
    return {}; // no JSON in the editor: no headers
  }
};
YogaGraphiQL.renderYogaGraphiQL(document.getElementById("root"), settings);
`;
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Tributary</title>
<link rel="icon" href="${graphiql.favicon}">
<style>${graphiql.css}
body { margin: 0 } #root { height: 100dvh }</style>
</head>
<body>
<noscript>The explorer needs JavaScript.</noscript>
<div id="root"></div>
<script>${script}</script>
</body>
</html>
`;
  return { html, contentSecurityPolicy: policyFor(script) };
}

/** Only this script, its workers, and calls to the gateway. */
function policyFor(script: string): string {
  const hash = createHash("sha256").update(script).digest("base64");
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}' blob:`,
    "worker-src blob:",
    "connect-src 'self'",
    "style-src 'unsafe-inline'",
    "img-src data:",
    "font-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** JSON that can stand in a script element. */
function literal(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
