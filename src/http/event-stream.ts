import type { ServerResponse } from "node:http";
import type { Clock } from "../clock.ts";
import { createPace } from "./pace.ts";

/** A client that takes nothing of what is sent to it for so long is given up. */
const UNREAD_MS = 60_000;
/** Proxies close what is silent for longer. */
const KEEP_ALIVE_MS = 12_000;
/** A large event on a slow line gets on by pieces of so many bytes. */
const PIECE = 65_536;
const NOTHING = ":\n\n";

/** Server-sent events to one client, which has one at a time to read: nothing is queued for it. */
export interface EventStream {
  /** Resolves when the connection has taken it, or is gone. `data` is printed as JSON. */
  send(event: string, data?: unknown): Promise<void>;
  /** Ends the answer. */
  end(): void;
}

/** Begins the answer. A client that stops reading is cut off after a minute, and is sent no signs of life meanwhile. */
export function openEventStream(response: ServerResponse, clock: Clock): EventStream {
  const pace = createPace(clock, UNREAD_MS, () => response.destroy());
  const waiting = new Set<() => void>();
  let cancelKeepAlive = clock.after(KEEP_ALIVE_MS, keepAlive);
  response.once("close", () => {
    cancelKeepAlive();
    for (const done of waiting) done();
  });
  void write(NOTHING); // some browsers wait for a first byte

  function keepAlive(): void {
    if (!pace.isBehind()) void write(NOTHING);
    cancelKeepAlive = clock.after(KEEP_ALIVE_MS, keepAlive);
  }

  function write(piece: string | Uint8Array): Promise<void> {
    if (response.destroyed) return Promise.resolve();
    return new Promise((resolve) => {
      const taken = pace.write();
      const done = () => {
        if (!waiting.delete(done)) return;
        taken();
        resolve();
      };
      waiting.add(done);
      response.write(piece, done);
    });
  }

  return {
    async send(event, data) {
      const text = `event: ${event}\ndata:${data === undefined ? "" : ` ${JSON.stringify(data)}`}\n\n`;
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; at += PIECE) await write(bytes.subarray(at, at + PIECE));
    },
    end() {
      if (response.destroyed) return;
      waiting.add(pace.write()); // its last bytes are to be taken, too
      response.end();
    },
  };
}
