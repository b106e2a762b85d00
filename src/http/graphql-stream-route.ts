import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ExecutionResult, GraphQLError } from "graphql";
import { createHandler, type RequestParams } from "graphql-sse";
import type { Auth, Viewer } from "../auth.ts";
import { GatewayError } from "../errors.ts";
import type { FormatError } from "../graphql/format-error.ts";
import { requestId } from "../graphql/request-id.ts";
import { transportError } from "../graphql/transport-error.ts";
import { beginOperation, type OperationDeps, type Results } from "./begin-operation.ts";
import { callerOf } from "./caller-of.ts";
import { type AllowsOrigin, isForeignPage } from "./origins.ts";
import { createPace, type Pace } from "./pace.ts";
import { runAt } from "./run-at.ts";
import { createSlots } from "./slots.ts";

const BODY_LIMIT = 1024 * 1024;
/** Streams of one viewer. */
const MOST_STREAMS = 200;
/** Streams of this process. */
const MOST_IN_ALL = 10_000;
/** A client that reads nothing for so long is given up. */
const UNREAD_MS = 60_000;
const EVENT_STREAM = "text/event-stream";

/** What the route is made of. */
export interface GraphqlStreamDeps<Context extends object> extends OperationDeps<Context> {
  formatError: FormatError;
  auth: Auth;
  allowsOrigin: AllowsOrigin;
}

/** One stream, from its request to its end. */
interface Stream {
  viewer: Viewer;
  pace: Pace;
  /** Ends its operation, and then itself. */
  end(): void;
}

/**
 * `POST /graphql/stream`: graphql-sse in distinct connections mode, an operation a request, with the documents, errors and viewers of
 * HTTP. A viewer has a bounded number of streams; each lives no longer than its token. The next value is fetched when the one before
 * has been read: a client that stops reading costs nothing, and is given up after a minute.
 */
export function graphqlStreamRoute<Context extends object>(
  app: FastifyInstance,
  deps: GraphqlStreamDeps<Context>,
): void {
  const viewers = new WeakMap<FastifyRequest, Viewer>();
  const open = new Set<Stream>();
  const slots = createSlots(MOST_STREAMS);

  const handle = createHandler<FastifyRequest, Stream>({
    authenticate: () => null, // no reservations: distinct connections only
    onSubscribe: ({ context }, params) => resultsOf(deps, context, params),
    async onNext(_context, { context }, result) {
      await context.pace.turn();
      // printed as it is; the library's type wants errors that are not formatted yet
      const errors = result.errors?.map(deps.formatError) as GraphQLError[] | undefined;
      return errors && { ...(result as ExecutionResult), errors };
    },
  });

  app.addHook("preClose", async () => {
    for (const stream of open) stream.end();
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

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const viewer = viewers.get(request);
    if (!viewer) throw new Error("The request was let through without a viewer.");
    if (!acceptsEventStream(request)) {
      throw transportError(
        "BAD_REQUEST",
        `Send "accept: ${EVENT_STREAM}": this path answers by server-sent events.`,
        406,
      );
    }
    if (slots.isFull(viewer.id) || open.size >= MOST_IN_ALL) {
      const limit = `${MOST_STREAMS} streams at a time`;
      throw new GatewayError("RATE_LIMITED", `This viewer has ${MOST_STREAMS} streams already.`, { limit });
    }
    const stream = openStream(viewer, reply);
    const [body, init] = await handle({
      method: "POST",
      url: request.url,
      headers: { get: (name) => (name === "accept" ? EVENT_STREAM : String(request.headers[name] ?? "")) },
      body: request.body as Record<string, unknown> | null,
      raw: request,
      context: stream,
    });
    if (typeof body === "string" || body === null) {
      throw transportError("BAD_REQUEST", `${init.statusText}: ${wordsOf(body)}`, init.status);
    }
    stream.end = () => void body.return();
    if (reply.raw.destroyed) stream.end();
    // proxies must neither keep it back nor change it
    reply.headers({ "x-accel-buffering": "no", "content-encoding": "identity" }).type(`${EVENT_STREAM}; charset=utf-8`);
    return reply.send(Readable.from(paced(body, stream.pace), { objectMode: false, highWaterMark: 1 }));
  }

  function openStream(viewer: Viewer, reply: FastifyReply): Stream {
    const { raw } = reply;
    const pace = createPace(deps.clock, UNREAD_MS, () => raw.destroy());
    const stream: Stream = { viewer, pace, end: () => raw.destroy() };
    const leave = slots.take(viewer.id);
    const cancelExpiry = viewer.expiresAt === null ? () => {} : runAt(deps.clock, viewer.expiresAt, () => stream.end());
    open.add(stream);
    raw.once("close", () => {
      open.delete(stream);
      leave();
      cancelExpiry();
      pace.stop();
      stream.end();
    });
    return stream;
  }
}

/** The results of what is asked for; why it does not run is a result too, as the protocol has it. */
async function resultsOf<Context extends object>(
  deps: OperationDeps<Context>,
  { viewer }: Stream,
  { query, variables, operationName }: RequestParams,
): Promise<Results> {
  const begun = beginOperation(deps, viewer, { query, variables, operationName });
  if (!("run" in begun)) return only({ errors: begun });
  const results = await begun.run();
  return Symbol.asyncIterator in results ? results : only(results);
}

async function* only(result: ExecutionResult): Results {
  yield result;
}

/** The stream's text, in step with its reader: when a part is asked for, the one before has been read. */
async function* paced(parts: AsyncGenerator<string, void, void>, pace: Pace): AsyncGenerator<string, void, void> {
  for await (const part of parts) {
    yield part;
    pace.step();
  }
}

function acceptsEventStream({ headers: { accept = "*/*" } }: FastifyRequest): boolean {
  return accept.split(",").some((type) => [EVENT_STREAM, "text/*", "*/*"].includes(type.split(";")[0]?.trim() ?? ""));
}

/** What the protocol's library says of a request that it refuses. */
function wordsOf(body: string | null): string {
  if (body === null) return "send application/json";
  const { errors } = JSON.parse(body) as { errors?: { message: string }[] };
  return errors?.[0]?.message ?? "it is no GraphQL request";
}
