import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import cors from "@fastify/cors";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { Auth, Viewer } from "../auth.ts";
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { GatewayError } from "../errors.ts";
import { createApollo } from "../graphql/apollo.ts";
import { createDocuments } from "../graphql/documents.ts";
import { createFormatError } from "../graphql/format-error.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { createConnections } from "./connections.ts";
import { explorerRoute } from "./explorer-route.ts";
import { graphqlRoute } from "./graphql-route.ts";
import { createGraphqlSocket } from "./graphql-socket.ts";
import { graphqlStreamRoute } from "./graphql-stream-route.ts";
import { createHandleError } from "./handle-error.ts";
import { healthRoutes, type Readiness } from "./health-routes.ts";
import { landingPageRoute } from "./landing-page-route.ts";
import { observeRequests } from "./observe-requests.ts";
import { createAllowsOrigin } from "./origins.ts";
import { type FindPdf, reportPdfRoute } from "./report-pdf-route.ts";
import { securityHeaders } from "./security-headers.ts";
import { serveWebSockets } from "./web-sockets.ts";
import { type ReceiveWebhook, webhooksRoute } from "./webhooks-route.ts";

/** A request that has not come whole by then is given up, ms. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Requests under way get this long when the server closes, ms. */
const CLOSE_DEADLINE_MS = 10_000;
const REQUEST_ID = /^[\w.-]{1,64}$/;

/** What the server is made of. */
export interface ServerDeps<Context extends object> {
  config: Pick<Config, "publicUrl" | "auth" | "corsOrigins" | "introspection" | "explorer">;
  schema: GraphQLSchema;
  auth: Auth;
  /** The context of one operation; the signal aborts when it has ended or its client has left. */
  createContext(viewer: Viewer, signal: AbortSignal, overGet?: boolean): Context;
  receiveWebhook: ReceiveWebhook;
  findPdf: FindPdf;
  readiness(): Promise<Readiness>;
  metrics: Metrics;
  clock: Clock;
  log: Log;
}

/**
 * The gateway's HTTP server, not yet listening: `server.listen({ host, port })`. `close()` ends in bounded time: sockets are
 * told to go away, and requests under way get some seconds.
 */
export async function createServer<Context extends object>(deps: ServerDeps<Context>): Promise<FastifyInstance> {
  const { config, schema, auth, clock, log, metrics } = deps;
  const formatError = createFormatError(log, { suggestions: config.introspection });
  const documents = createDocuments(schema, { introspection: config.introspection });
  const allowsOrigin = createAllowsOrigin(config.corsOrigins);

  const app: FastifyInstance = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "requestId" }),
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: "idle",
    genReqId: ({ headers }) => {
      const given = headers["x-request-id"];
      return typeof given === "string" && REQUEST_ID.test(given) ? given : randomUUID();
    },
    clientErrorHandler: (_error, socket) => refuseMalformed(socket),
  });
  app.setErrorHandler(createHandleError(formatError));
  app.setNotFoundHandler(async ({ method }) => {
    throw new GatewayError("NOT_FOUND", `There is nothing to ${method} at this address.`);
  });
  observeRequests(app, metrics);
  securityHeaders(app, config.publicUrl);
  await app.register(cors, {
    origin: (origin, done) => done(null, origin !== undefined && allowsOrigin(origin)),
    methods: ["GET", "POST"],
    exposedHeaders: ["x-request-id"],
    maxAge: 86_400,
  });

  const apollo = createApollo<Context>({ schema, documents, formatError, metrics, clock, log });
  await apollo.start();
  const isDemo = config.auth.kind === "demo";
  const operations = { schema, documents, metrics, clock, createContext: deps.createContext };
  const connections = createConnections();
  graphqlStreamRoute(app, { ...operations, formatError, auth, allowsOrigin, connections });
  graphqlRoute(app, { apollo, auth, allowsOrigin: isDemo ? allowsOrigin : null, createContext: deps.createContext });
  await app.register(webhooksRoute, { receiveWebhook: deps.receiveWebhook, clock });
  reportPdfRoute(app, deps);
  healthRoutes(app, deps);
  if (config.explorer) {
    explorerRoute(app, { asksForToken: !isDemo });
    await landingPageRoute(app);
  }

  const sockets = serveWebSockets(app.server, {
    protocol: createGraphqlSocket({ ...operations, formatError, auth, connections }),
    allowsOrigin,
    connections,
    clock,
    log,
  });
  let cancelDeadline: (() => void) | undefined;
  app.addHook("preClose", async () => {
    cancelDeadline = clock.after(CLOSE_DEADLINE_MS, () => app.server.closeAllConnections());
    await sockets.close();
  });
  app.addHook("onClose", async () => {
    cancelDeadline?.();
    await apollo.stop();
  });
  return app;
}

/** Answers what is no HTTP; its bytes stay out of the log. */
function refuseMalformed(socket: Socket): void {
  if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  else socket.destroy();
}
