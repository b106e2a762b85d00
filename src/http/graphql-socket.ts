import {
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  subscribe,
} from "graphql";
import { CloseCode, makeServer, type Server, type SubscribePayload } from "graphql-ws";
import type { Auth, Caller, Viewer } from "../auth.ts";
import type { Clock } from "../clock.ts";
import { GatewayError } from "../errors.ts";
import type { Documents } from "../graphql/documents.ts";
import type { FormatError } from "../graphql/format-error.ts";
import { transportError } from "../graphql/transport-error.ts";
import type { Metrics } from "../metrics.ts";
import { runAt } from "./run-at.ts";
import { createSlots } from "./slots.ts";

const INIT_TIMEOUT_MS = 5_000;
const MOST_OPERATIONS = 100;
/** Sockets of one viewer. */
const MOST_SOCKETS = 200;
/** "Try again later": clients of the protocol then do, whereas its own 4500 ends them. */
const TRY_AGAIN_LATER = 1013;

/** The other end of one socket. */
export interface Peer {
  /** Its token comes with the protocol's first message. */
  readonly caller: Omit<Caller, "authorization">;
  /** Says that its token is good. */
  accept(): void;
  isOpen(): boolean;
  close(code: number, reason: string): void;
}

/** What the protocol's server is made of. */
export interface GraphqlSocketDeps<Context extends object> {
  schema: GraphQLSchema;
  documents: Documents;
  formatError: FormatError;
  auth: Auth;
  metrics: Metrics;
  clock: Clock;
  /** The signal aborts when the operation has ended, its client has completed it, or the socket has closed. */
  createContext(viewer: Viewer, signal: AbortSignal): Context;
}

/** What a peer has after its token was accepted. */
interface Session {
  viewer: Viewer;
  underWay: Set<AbortController>;
  /** Makes room for another socket of the viewer. */
  leave(): void;
  /** None for a token without end. */
  cancelExpiry: (() => void) | undefined;
}

/** What graphql-ws hands from `onSubscribe` to `execute` or `subscribe`. */
interface Operation extends ExecutionArgs {
  /** Counts it, and aborts its signal; only the first call does anything. */
  end(failed: boolean): void;
}

/**
 * graphql-transport-ws: queries, mutations and subscriptions with the documents, errors and viewers of HTTP. A viewer has a
 * bounded number of sockets; each lives no longer than its token and runs a bounded number of operations at a time.
 */
export function createGraphqlSocket<Context extends object>(deps: GraphqlSocketDeps<Context>): Server<Peer> {
  const { formatError } = deps;
  const sessions = new WeakMap<Peer, Session>();
  const seats = createSlots(MOST_SOCKETS);

  return makeServer<{ authorization?: unknown } | undefined, Peer>({
    connectionInitWaitTimeout: INIT_TIMEOUT_MS,

    async onConnect({ connectionParams, extra: peer }) {
      const { authorization } = connectionParams ?? {};
      try {
        const viewer = await deps.auth.authenticate({
          ...peer.caller,
          authorization: typeof authorization === "string" ? authorization : undefined,
        });
        if (!peer.isOpen()) return false;
        if (seats.isFull(viewer.id)) throw tooMany("This viewer has", MOST_SOCKETS, "sockets");
        const leave = seats.take(viewer.id);
        sessions.set(peer, {
          viewer,
          underWay: new Set(),
          leave,
          cancelExpiry: closeAtExpiry(peer, viewer, deps.clock),
        });
        peer.accept();
        return true;
      } catch (error) {
        const { message, extensions } = formatError(error);
        peer.close(extensions?.code === "UNAUTHENTICATED" ? CloseCode.Unauthorized : TRY_AGAIN_LATER, message);
        return false;
      }
    },
    onSubscribe({ extra: peer, subscriptions }, _id, payload) {
      const session = sessions.get(peer);
      if (!session) throw new Error("The socket was let through without a viewer.");
      if (Object.keys(subscriptions).length <= MOST_OPERATIONS) return begin(deps, session, payload);
      const error = tooMany("This socket runs", MOST_OPERATIONS, "operations");
      return [new GraphQLError(error.message, { originalError: error })];
    },
    // one result as a stream of one: the protocol's server returns streams, and nothing else, when the client completes them
    execute: (args) => endingWith(oneResult(args), args as Operation),
    async subscribe(args) {
      const operation = args as Operation;
      const result = await subscribe(operation);
      if (Symbol.asyncIterator in result) return endingWith(result, operation);
      operation.end(true);
      return result;
    },
    onNext: (_connection, _id, _payload, _args, { errors, ...result }) =>
      errors && { ...result, errors: errors.map(formatError) },
    onError: (_connection, _id, _payload, errors) => errors.map(formatError),
    onClose({ extra: peer }) {
      const session = sessions.get(peer);
      session?.leave();
      session?.cancelExpiry?.();
      for (const controller of session?.underWay ?? []) controller.abort();
    },
  });
}

/** What runs the operation that a message asks for, or why it does not run. */
function begin<Context extends object>(
  { documents, schema, clock, metrics, createContext }: GraphqlSocketDeps<Context>,
  { viewer, underWay }: Session,
  { query, variables, operationName }: SubscribePayload,
): Operation | readonly GraphQLError[] {
  const { document, errors } = documents.prepare(query, variables);
  const type = document && getOperationAST(document, operationName)?.operation;
  if (!document || !type) {
    metrics.operation({ type: "unknown", outcome: "refused", seconds: 0 });
    return errors ?? [transportError("OPERATION_RESOLUTION_FAILURE", "The document holds no operation of this name.")];
  }
  const start = clock.now();
  const controller = new AbortController();
  underWay.add(controller);
  return {
    schema,
    document,
    operationName,
    variableValues: variables,
    contextValue: createContext(viewer, controller.signal),
    end(failed) {
      if (!underWay.delete(controller)) return;
      metrics.operation({ type, outcome: failed ? "error" : "ok", seconds: (clock.now() - start) / 1000 });
      controller.abort();
    },
  };
}

async function* oneResult(args: ExecutionArgs): AsyncGenerator<ExecutionResult, void, void> {
  yield await execute(args);
}

/**
 * The results of an operation, which is ended when they end, fail, or are returned. The operation is ended first:
 * a generator that waits for its next value is not returned before that wait is over, and the signal ends the wait.
 */
function endingWith(
  results: AsyncGenerator<ExecutionResult, void, void>,
  operation: Operation,
): AsyncGenerator<ExecutionResult, void, void> {
  let failed = false;
  let returned = false;
  const ended: IteratorReturnResult<void> = { done: true, value: undefined };
  return {
    async next() {
      try {
        if (returned) return ended;
        const result = await results.next();
        if (returned) return ended; // nobody wants it any more
        if (result.done) operation.end(failed);
        else failed ||= result.value.errors !== undefined;
        return result;
      } catch (error) {
        operation.end(true);
        if (returned) return ended; // the wait was broken off by the client's leaving
        returned = true;
        // its last word: thrown, it would end the whole socket
        return { done: false, value: { errors: [asGraphQLError(error)] } };
      }
    },
    async return() {
      returned = true;
      operation.end(failed);
      await results.return();
      return ended;
    },
    throw: (error) => results.throw(error),
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await this.return();
    },
  };
}

function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const original = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(original.message, { originalError: original });
}

function closeAtExpiry(peer: Peer, { expiresAt }: Viewer, clock: Clock): (() => void) | undefined {
  if (expiresAt === null) return undefined;
  // Forbidden, not Unauthorized: clients then connect anew, with a fresh token.
  return runAt(clock, expiresAt, () => peer.close(CloseCode.Forbidden, "The token has expired. Sign in again."));
}

function tooMany(whose: string, most: number, what: string): GatewayError {
  return new GatewayError("RATE_LIMITED", `${whose} ${most} ${what} already.`, { limit: `${most} ${what} at a time` });
}
