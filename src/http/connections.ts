import { GatewayError } from "../errors.ts";
import { createSlots } from "./slots.ts";

const CONNECTIONS = "sockets and streams open";
/** One viewer's, sockets and streams together. */
const MOST_OF_VIEWER = 200;
/** Operations of one viewer's under way, over whatever connections. */
const MOST_OPERATIONS = 1_000;
/** This process's, those that have not signed in yet as well. */
const MOST = 10_000;

/** The open connections of the transports that push: WebSockets and event streams count alike. */
export interface Connections {
  isFull(): boolean;
  /** Counts one more. @throws GatewayError RATE_LIMITED when the process has no room for it. */
  open(): Connection;
  /** Counts an operation of the viewer's until what it returns is called. @throws GatewayError RATE_LIMITED when there are too many. */
  begin(viewer: string): () => void;
}

/** One connection, counted until it closes. */
export interface Connection {
  /** Counts it as the viewer's, too. @throws GatewayError RATE_LIMITED when the viewer has too many. */
  claim(viewer: string): void;
  /** Frees its places; once is enough. */
  close(): void;
}

export function createConnections(most = MOST): Connections {
  const viewers = createSlots(MOST_OF_VIEWER);
  const operations = createSlots(MOST_OPERATIONS);
  let held = 0;
  return {
    isFull: () => held >= most,
    open() {
      if (held >= most) throw tooMany("This process has", most, CONNECTIONS);
      held++;
      let closed = false;
      let leave = () => {};
      return {
        claim(viewer) {
          if (closed) return; // its client has gone meanwhile
          if (viewers.isFull(viewer)) throw tooMany("This viewer has", MOST_OF_VIEWER, CONNECTIONS);
          leave = viewers.take(viewer);
        },
        close() {
          if (closed) return;
          closed = true;
          held--;
          leave();
        },
      };
    },
    begin(viewer) {
      if (operations.isFull(viewer)) throw tooMany("This viewer has", MOST_OPERATIONS, "operations under way");
      return operations.take(viewer);
    },
  };
}

function tooMany(whose: string, most: number, what: string): GatewayError {
  return new GatewayError("RATE_LIMITED", `${whose} ${most} ${what} already; end one, or wait.`, {
    limit: `${most} ${what} at a time`,
  });
}
