import {
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  subscribe,
} from "graphql";
import type { Viewer } from "../auth.ts";
import type { Clock } from "../clock.ts";
import type { Documents } from "../graphql/documents.ts";
import { transportError } from "../graphql/transport-error.ts";
import type { Metrics } from "../metrics.ts";

/** What operations of the streaming transports run with. */
export interface OperationDeps<Context extends object> {
  schema: GraphQLSchema;
  documents: Documents;
  metrics: Metrics;
  clock: Clock;
  /** The signal aborts when the operation has ended, or its client has left. */
  createContext(viewer: Viewer, signal: AbortSignal): Context;
}

/** What a client asks for. */
export interface OperationRequest {
  query: string;
  variables?: Record<string, unknown> | null | undefined;
  operationName?: string | null | undefined;
}

/** Results as they come; one for a query or mutation. Errors are not formatted yet. */
export type Results = AsyncGenerator<ExecutionResult, void, void>;

/** An operation that passed the limits. */
export interface BegunOperation {
  args: ExecutionArgs;
  /**
   * Runs it. What its stream throws becomes its last result. Ended (`return`), it ends its operation first: a generator that waits for
   * its next value is not returned before that wait is over, and the operation's signal ends the wait.
   */
  run(): Promise<Results | ExecutionResult>;
  /** Aborts when it has ended. */
  ended: AbortSignal;
  /** Breaks it off: its client has gone. */
  abort(): void;
}

/** What runs the operation that a client asks for, or why it does not run. */
export function beginOperation<Context extends object>(
  { documents, schema, clock, metrics, createContext }: OperationDeps<Context>,
  viewer: Viewer,
  { query, variables, operationName }: OperationRequest,
): BegunOperation | readonly GraphQLError[] {
  const { document, errors } = documents.prepare(query, variables);
  const type = document && getOperationAST(document, operationName)?.operation;
  if (!document || !type) {
    metrics.operation({ type: "unknown", outcome: "refused", seconds: 0 });
    return errors ?? [transportError("OPERATION_RESOLUTION_FAILURE", "The document holds no operation of this name.")];
  }
  const start = clock.now();
  const controller = new AbortController();
  const contextValue = createContext(viewer, controller.signal);
  const args = { schema, document, operationName, variableValues: variables, contextValue };
  let ended = false;
  /** Counts it, and aborts its signal; only the first call does anything. */
  const end = (failed: boolean) => {
    if (ended) return;
    ended = true;
    metrics.operation({ type, outcome: failed ? "error" : "ok", seconds: (clock.now() - start) / 1000 });
    controller.abort();
  };
  return {
    args,
    async run() {
      if (type !== "subscription") return endingWith(oneResult(args), end);
      const result = await subscribe(args);
      if (Symbol.asyncIterator in result) return endingWith(result, end);
      end(true);
      return result;
    },
    ended: controller.signal,
    abort: () => controller.abort(),
  };
}

async function* oneResult(args: ExecutionArgs): Results {
  yield await execute(args);
}

/** The results of an operation, which is ended when they end, fail, or are returned. */
function endingWith(results: Results, end: (failed: boolean) => void): Results {
  let failed = false;
  let returned = false;
  const over: IteratorReturnResult<void> = { done: true, value: undefined };
  return {
    async next() {
      if (returned) return over;
      try {
        const result = await results.next();
        if (returned) return over; // nobody wants it any more
        if (result.done) end(failed);
        else failed ||= result.value.errors !== undefined;
        return result;
      } catch (error) {
        end(true);
        if (returned) return over; // the wait was broken off by the client's leaving
        returned = true;
        return { done: false, value: { errors: [asGraphQLError(error)] } };
      }
    },
    async return() {
      returned = true;
      end(failed);
      await results.return();
      return over;
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
