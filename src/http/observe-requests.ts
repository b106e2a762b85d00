import type { FastifyInstance } from "fastify";
import type { Metrics } from "../metrics.ts";

/** Routes that are asked all the time by machines. */
const QUIET = new Set(["/healthz", "/readyz", "/metrics"]);

/** Counts and logs each request by its route's pattern: never the address, headers or body. Answers carry the request's id. */
export function observeRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
  });
  app.addHook("onResponse", async ({ method, routeOptions, log }, { statusCode: status, elapsedTime }) => {
    const route = routeOptions.url ?? "none";
    metrics.httpRequest({ route, status, seconds: elapsedTime / 1000 });
    log[QUIET.has(route) ? "debug" : "info"]({ method, route, status, ms: Math.round(elapsedTime) }, "request");
  });
}
