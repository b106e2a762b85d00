import { type ExecutionArgs, GraphQLError } from "graphql";
import { CloseCode, makeServer, type Server } from "graphql-ws";
import type { Auth, Caller, Viewer } from "../auth.ts";
import { GatewayError } from "../errors.ts";
import type { FormatError } from "../graphql/format-error.ts";
import { type BegunOperation, beginOperation, type OperationDeps } from "./begin-operation.ts";
import type { Connections } from "./connections.ts";
import { runAt } from "./run-at.ts";

const INIT_TIMEOUT_MS = 5_000;
const MOST_OPERATIONS = 100;
/** "Try again later": clients of the protocol then do, whereas its own 4500 ends them. */
const TRY_AGAIN_LATER = 1013;

/** The other end of one socket. */
export interface Peer {
  /** Its token comes with the protocol's first message. */
  readonly caller: Omit<Caller, "authorization">;
  /** Says whose it is, by a good token. @throws GatewayError RATE_LIMITED when the viewer has too many connections. */
  accept(viewer: string): void;
  isOpen(): boolean;
  close(code: number, reason: string): void;
}

/** What the protocol's server is made of. */
export interface GraphqlSocketDeps<Context extends object> extends OperationDeps<Context> {
  formatError: FormatError;
  auth: Auth;
  connections: Pick<Connections, "begin">;
}

/** What a peer has after its token was accepted. */
interface Session {
  viewer: Viewer;
  underWay: Set<BegunOperation>;
  /** None for a token without end. */
  cancelExpiry: (() => void) | undefined;
}

/** What graphql-ws hands from `onSubscribe` to `execute` or `subscribe`. */
interface Operation extends ExecutionArgs {
  begun: BegunOperation;
}

/**
 * graphql-transport-ws: queries, mutations and subscriptions with the documents, errors and viewers of HTTP. A viewer has a
 * bounded number of sockets; each lives no longer than its token and runs a bounded number of operations at a time.
 */
export function createGraphqlSocket<Context extends object>(deps: GraphqlSocketDeps<Context>): Server<Peer> {
  const { formatError } = deps;
  const sessions = new WeakMap<Peer, Session>();

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
        peer.accept(viewer.id);
        const underWay = new Set<BegunOperation>();
        const expire = () => {
          // Forbidden, not Unauthorized: clients then connect anew, with a fresh token
          peer.close(CloseCode.Forbidden, "The token has expired. Sign in again.");
          for (const operation of underWay) operation.abort(); // its client may be slow to go
        };
        const cancelExpiry = viewer.expiresAt === null ? undefined : runAt(deps.clock, viewer.expiresAt, expire);
        sessions.set(peer, { viewer, underWay, cancelExpiry });
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
      const { viewer, underWay } = session;
      let leave: () => void;
      try {
        if (Object.keys(subscriptions).length > MOST_OPERATIONS) throw tooManyHere();
        leave = deps.connections.begin(viewer.id);
      } catch (error) {
        if (!(error instanceof GatewayError)) throw error;
        return [new GraphQLError(error.message, { originalError: error })];
      }
      const begun = beginOperation(deps, viewer, payload);
      if (!("run" in begun)) {
        leave();
        return begun;
      }
      underWay.add(begun);
      begun.ended.addEventListener("abort", () => {
        underWay.delete(begun);
        leave();
      });
      return { ...begun.args, begun };
    },
    // one result as a stream of one: the protocol's server returns streams, and nothing else, when the client completes them
    execute: (args) => (args as Operation).begun.run(),
    subscribe: (args) => (args as Operation).begun.run(),
    onNext: (_connection, _id, _payload, _args, { errors, ...result }) =>
      errors && { ...result, errors: errors.map(formatError) },
    onError: (_connection, _id, _payload, errors) => errors.map(formatError),
    onClose({ extra: peer }) {
      const session = sessions.get(peer);
      session?.cancelExpiry?.();
      for (const operation of session?.underWay ?? []) operation.abort();
    },
  });
}

function tooManyHere(): GatewayError {
  const limit = `${MOST_OPERATIONS} operations at a time`;
  return new GatewayError("RATE_LIMITED", `This socket runs ${MOST_OPERATIONS} operations already.`, { limit });
}
