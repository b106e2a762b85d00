import type { Unavailable } from "../schema/errors.ts";
import type { Viewer } from "./auth.ts";
import type { Clock } from "./clock.ts";
import { GatewayError } from "./errors.ts";
import { createLoaders, type LoaderDeps, type Loaders } from "./loaders/loaders.ts";
import type { Operations } from "./operations/operations.ts";
import { createReportLoaders, type ReportLoaders } from "./reports/report-loaders.ts";

/** What the resolvers of one operation work with. */
export interface Context {
  readonly viewer: Viewer;
  /** Whether it came by HTTP GET: what stands in an address is no secret. */
  readonly overGet: boolean;
  /** Ms since the epoch. */
  now(): number;
  /** Aborts when the operation has ended: answered, or its client has left. */
  readonly client: AbortSignal;
  /** Aborts with the client, or at the deadline: then reads give up; writes go on. */
  signal: AbortSignal;
  loaders: Loaders;
  reports: ReportLoaders;
  readonly operations: Operations;
  /** Fields refused so far for want of a scope: each is told once. */
  refused: Set<string>;
  /** Fetches of insights by source: one an operation, however many fields select them. */
  insights: Map<string, Promise<Unavailable | null>>;
  /** Before each value of a subscription: new loaders and a new deadline, so that nothing of the value before is shown. */
  renew(): void;
}

/** What contexts are made of. */
export interface ContextDeps extends LoaderDeps {
  operations: Operations;
  clock: Clock;
  /** Deadline of a query or mutation, and of each value of a subscription, ms. */
  operationTimeoutMs: number;
}

/** Makes the context of one operation. */
export type CreateContext = (viewer: Viewer, client: AbortSignal, overGet?: boolean) => Context;

export function createContextFactory(deps: ContextDeps): CreateContext {
  return (viewer, client, overGet = false) => {
    let cancelDeadline = () => {};
    client.addEventListener("abort", () => cancelDeadline(), { once: true });

    const reads = () => {
      const deadline = new AbortController();
      cancelDeadline();
      cancelDeadline = deps.clock.after(deps.operationTimeoutMs, () =>
        deadline.abort(tooLate(deps.operationTimeoutMs)),
      );
      const signal = AbortSignal.any([client, deadline.signal]);
      return {
        signal,
        loaders: createLoaders(deps, viewer.id, signal),
        reports: createReportLoaders(deps, viewer.id),
        insights: new Map<string, Promise<Unavailable | null>>(),
        refused: new Set<string>(),
      };
    };

    const context: Context = {
      viewer,
      overGet,
      now: () => deps.clock.now(),
      client,
      ...reads(),
      operations: deps.operations,
      renew: () => void Object.assign(context, reads()),
    };
    return context;
  };
}

function tooLate(ms: number): GatewayError {
  return new GatewayError("PROVIDER_TIMEOUT", `No answer within the operation's deadline of ${ms} ms.`);
}
