import { GatewayError } from "../errors.ts";
import { createSlots } from "./slots.ts";

/** One viewer's, sockets and streams together. */
const MOST_OF_VIEWER = 200;
/** This process's, those that have not signed in yet as well. */
const MOST = 10_000;

/** The open connections of the transports that push: WebSockets and event streams count alike. */
export interface Connections {
  isFull(): boolean;
  /** Counts one more. @throws GatewayError RATE_LIMITED when the process has no room for it. */
  open(): Connection;
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
  let held = 0;
  return {
    isFull: () => held >= most,
    open() {
      if (held >= most) throw tooMany("This process has", most);
      held++;
      let closed = false;
      let leave = () => {};
      return {
        claim(viewer) {
          if (closed) return; // its client has gone meanwhile
          if (viewers.isFull(viewer)) throw tooMany("This viewer has", MOST_OF_VIEWER);
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
  };
}

function tooMany(whose: string, most: number): GatewayError {
  return new GatewayError("RATE_LIMITED", `${whose} ${most} sockets and streams open already; close one, or wait.`, {
    limit: `${most} sockets and streams at a time`,
  });
}
