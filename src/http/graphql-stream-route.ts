import type { OutgoingHttpHeaders } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type ExecutionResult, GraphQLError } from "graphql";
import type { Auth, Viewer } from "../auth.ts";
import { GatewayError } from "../errors.ts";
import type { FormatError } from "../graphql/format-error.ts";
import { requestId } from "../graphql/request-id.ts";
import { transportError } from "../graphql/transport-error.ts";
import { beginOperation, type OperationDeps, type OperationRequest, type Results } from "./begin-operation.ts";
import { callerOf } from "./caller-of.ts";
import type { Connections } from "./connections.ts";
import { openEventStream } from "./event-stream.ts";
import { type AllowsOrigin, isForeignPage } from "./origins.ts";
import { runAt } from "./run-at.ts";

const BODY_LIMIT = 1024 * 1024;
/** For the last words after the token's end, ms: a slow reader does not lengthen its life. */
const GRACE_MS = 5_000;
const EVENT_STREAM = "text/event-stream";
const STREAM_HEADERS = {
  "content-type": `${EVENT_STREAM}; charset=utf-8`,
  // proxies must neither keep it back nor change it
  "x-accel-buffering": "no",
  "content-encoding": "identity",
};

/** What the route is made of. */
export interface GraphqlStreamDeps<Context extends object> extends OperationDeps<Context> {
  formatError: FormatError;
  auth: Auth;
  allowsOrigin: AllowsOrigin;
  connections: Connections;
}

/** Why a stream ends before its operation does. */
type Interruption = "client gone" | "token expired" | "closing";

/**
 * `POST /graphql/stream`: graphql-sse in distinct connections mode (https://github.com/graphql-sse/graphql-sse, PROTOCOL.md), an operation
 * a request, with the documents, errors and viewers of HTTP. Each lives no longer than its token, and is one of the viewer's bounded
 * number of connections. The next value is fetched when the connection has taken the one before: a client that stops reading costs
 * nothing more.
 */
export function graphqlStreamRoute<Context extends object>(
  app: FastifyInstance,
  deps: GraphqlStreamDeps<Context>,
): void {
  const { clock, formatError } = deps;
  const viewers = new WeakMap<FastifyRequest, Viewer>();
  const interruptions = new Set<(why: Interruption) => void>();

  app.addHook("preClose", async () => {
    for (const interrupt of interruptions) interrupt("closing");
  });

  app.route({
    method: "POST",
    url: "/graphql/stream",
    bodyLimit: BODY_LIMIT,
    async onRequest(request, reply) {
      const { headers, raw } = request;
      if (isForeignPage(headers, deps.allowsOrigin)) {
        throw new GatewayError(
          "FORBIDDEN",
          "Pages of this origin may not call the gateway. Allow it with CORS_ORIGINS.",
        );
      }
      viewers.set(request, await deps.auth.authenticate(callerOf(raw)));
      reply.header("cache-control", "no-store");
    },
    handler: (request, reply) => requestId.run(request.id, () => answer(request, reply)),
  });

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const viewer = viewers.get(request);
    if (!viewer) throw new Error("The request was let through without a viewer.");
    const operation = operationOf(request);
    const { raw } = reply;
    // waiting for its turn on a shared connection it would see neither turn nor end
    if (!raw.socket) throw refusal(400, "A stream needs a connection of its own: do not pipeline requests.");
    const connection = deps.connections.open();
    raw.once("close", connection.close);
    connection.claim(viewer.id);
    raw.once("close", deps.connections.begin(viewer.id));

    const begun = beginOperation(deps, viewer, operation);
    const failed = (error: unknown) => request.log.error({ err: error }, "a stream's operation did not end in order");
    let results: Results | null = null;
    let interruption: Interruption | null = null;
    const interrupt = (why: Interruption) => {
      interruption ??= why;
      if (results) results.return().catch(failed);
      else if ("run" in begun) begun.abort();
    };
    const { expiresAt } = viewer;
    let cancelGrace = () => {};
    const expire = () => {
      interrupt("token expired");
      cancelGrace = clock.after(GRACE_MS, () => raw.destroy());
    };
    const cancelExpiry = expiresAt === null ? () => {} : runAt(clock, expiresAt, expire);
    interruptions.add(interrupt);
    raw.once("close", () => {
      interruptions.delete(interrupt);
      cancelExpiry();
      cancelGrace();
      interrupt("client gone");
    });

    const headers = reply.hijack().getHeaders() as OutgoingHttpHeaders;
    raw.writeHead(200, { ...headers, ...STREAM_HEADERS });
    const stream = openEventStream(raw, clock);
    try {
      results = "run" in begun ? streamOf(await begun.run()) : only({ errors: begun });
      if (interruption) await results.return();
      for await (const result of results) await stream.send("next", shown(result));
      if (interruption === "token expired") await stream.send("next", shown({ errors: [tokenExpired()] }));
      // without this word its client connects anew
      if (interruption !== "closing") await stream.send("complete");
      stream.end();
    } catch (error) {
      failed(error);
      raw.destroy();
    }
  }

  function shown({ errors, ...result }: ExecutionResult): object {
    return errors ? { errors: errors.map(formatError), ...result } : result;
  }
}

/** What a request asks for. @throws GraphQLError BAD_REQUEST, with the status of the answer. */
function operationOf({ headers, body }: FastifyRequest): OperationRequest {
  const { accept = "*/*", "content-type": type = "" } = headers;
  if (!accept.split(",").some((each) => [EVENT_STREAM, "text/*", "*/*"].includes(mediaType(each)))) {
    throw refusal(406, `Send "accept: ${EVENT_STREAM}": this path answers by server-sent events.`);
  }
  // what a page can send without asking first is none of these
  if (mediaType(type) !== "application/json") throw refusal(415, "Send the operation as application/json.");
  const { query, variables, operationName } = isObject(body) ? body : {};
  if (typeof query !== "string") throw refusal(400, "query: wanted the text of an operation.");
  if (!isAbsent(variables) && !isObject(variables)) throw refusal(400, "variables: wanted an object.");
  if (!isAbsent(operationName) && typeof operationName !== "string")
    throw refusal(400, "operationName: wanted a text.");
  return { query, variables, operationName };
}

function refusal(status: number, message: string): GraphQLError {
  return transportError("BAD_REQUEST", message, status);
}

function mediaType(header: string): string {
  return header.split(";")[0]?.trim().toLowerCase() ?? "";
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function tokenExpired(): GraphQLError {
  const error = new GatewayError("UNAUTHENTICATED", "The token has expired. Sign in again.");
  return new GraphQLError(error.message, { originalError: error });
}

function streamOf(results: Results | ExecutionResult): Results {
  return Symbol.asyncIterator in results ? results : only(results);
}

async function* only(result: ExecutionResult): Results {
  yield result;
}
