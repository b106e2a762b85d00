import type { ApolloServer } from "@apollo/server";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Auth, Viewer } from "../auth.ts";
import { GatewayError } from "../errors.ts";
import { requestId } from "../graphql/request-id.ts";
import { transportError } from "../graphql/transport-error.ts";
import { callerOf } from "./caller-of.ts";
import { type AllowsOrigin, isForeignPage } from "./origins.ts";

/** The largest request body, bytes. */
const BODY_LIMIT = 1024 * 1024;

/** What the route is made of. */
export interface GraphqlRouteDeps<Context extends object> {
  apollo: ApolloServer<Context>;
  auth: Auth;
  /** Whose pages may ask; null where all may, for they need a token. */
  allowsOrigin: AllowsOrigin | null;
  /** The signal aborts when the operation is answered, or its client has left. */
  createContext(viewer: Viewer, signal: AbortSignal, overGet: boolean): Context;
}

/** `POST /graphql` and `GET /graphql`: who asks is settled before the body is read. */
export function graphqlRoute<Context extends object>(app: FastifyInstance, deps: GraphqlRouteDeps<Context>): void {
  const viewers = new WeakMap<FastifyRequest, Viewer>();
  const answer = fastifyApolloHandler(deps.apollo, {
    context: async (request, reply) => {
      const viewer = viewers.get(request);
      if (!viewer) throw new Error("The request was let through without a viewer.");
      const ended = new AbortController();
      reply.raw.once("close", () => ended.abort());
      return deps.createContext(viewer, ended.signal, request.method === "GET");
    },
  });

  app.route({
    method: ["GET", "POST"],
    url: "/graphql",
    bodyLimit: BODY_LIMIT,
    exposeHeadRoute: false,
    async onRequest(request, reply) {
      const { headers, raw } = request;
      if (!URL.canParse(`http://${headers.host}`)) throw transportError("BAD_REQUEST", "The Host header is malformed.");
      if (deps.allowsOrigin && isForeignPage(headers, deps.allowsOrigin)) {
        throw new GatewayError(
          "FORBIDDEN",
          "Pages of this origin may not call the gateway. Allow it with CORS_ORIGINS.",
        );
      }
      viewers.set(request, await deps.auth.authenticate(callerOf(raw)));
      reply.header("cache-control", "no-store");
    },
    handler: (request, reply) => requestId.run(request.id, () => answer.call(app, request, reply)),
  });
}
