import type { ApolloServerPlugin, GraphQLServerContext } from "@apollo/server";
import { ApolloServerPluginLandingPageLocalDefault } from "@apollo/server/plugin/landingPage/default";
import type { FastifyInstance } from "fastify";
import { EXAMPLE_OPERATIONS } from "./example-operations.ts";

/** Where Apollo's page takes its own address for the endpoint's. */
const OWN_ADDRESS = "window.location.href";
/** The endpoint, seen from the page: also behind a proxy that adds to the path. */
const ENDPOINT = 'new URL("graphql", window.location.href).href';

/** `GET /`: Apollo's landing page, which opens Studio's Sandbox on /graphql; needs the internet. */
export async function landingPageRoute(app: FastifyInstance): Promise<void> {
  const plugin = ApolloServerPluginLandingPageLocalDefault({
    embed: { runTelemetry: false, endpointIsEditable: true, initialState: { pollForSchemaUpdates: false } },
    document: EXAMPLE_OPERATIONS[0]?.query,
  });
  const html = await renderer(plugin);

  app.get("/", async (_request, reply) => {
    const page = await html();
    return reply
      .header("content-security-policy", "frame-ancestors 'none'") // the rest is in the page itself
      .header("cache-control", "no-cache")
      .type("text/html; charset=utf-8")
      .send(page.replaceAll(OWN_ADDRESS, ENDPOINT));
  });
}

async function renderer(plugin: ApolloServerPlugin): Promise<() => Promise<string>> {
  const listener = await plugin.serverWillStart?.({} as GraphQLServerContext); // it reads nothing of the server
  const page = await listener?.renderLandingPage?.();
  if (!page) throw new Error("Apollo's plugin renders no landing page.");
  const { html } = page;
  return typeof html === "string" ? async () => html : html;
}
