import { randomUUID } from "node:crypto";
import type { Server as HttpServer, IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { CloseCode, handleProtocols, type Server as ProtocolServer } from "graphql-ws";
import { type WebSocket, WebSocketServer } from "ws";
import type { Clock } from "../clock.ts";
import { requestId } from "../graphql/request-id.ts";
import type { Log } from "../log.ts";
import { callerOf } from "./caller-of.ts";
import type { Connections } from "./connections.ts";
import type { Peer } from "./graphql-socket.ts";
import { type AllowsOrigin, isForeignPage } from "./origins.ts";
import { createPace, type Pace } from "./pace.ts";
import { createSlots } from "./slots.ts";

/** The largest message from a client, bytes. */
const LARGEST_MESSAGE = 256 * 1024;
/** What may wait to be sent to a client that does not read, bytes. */
const MOST_UNREAD = 1024 * 1024;
/** Sockets of one address whose token has not been accepted yet. */
const MOST_STRANGERS = 50;
/** A client that takes nothing of what is sent to it for so long is given up. */
const UNREAD_MS = 60_000;
const KEEP_ALIVE_MS = 30_000;
const CLOSE_DEADLINE_MS = 2_000;
const GOING_AWAY = 1001;

/** What the sockets are made of. */
export interface WebSocketDeps {
  protocol: ProtocolServer<Peer>;
  allowsOrigin: AllowsOrigin;
  connections: Connections;
  clock: Clock;
  log: Log;
}

/** The open sockets of a server. */
export interface WebSockets {
  /** Tells every client to go away, waits for them a little, and ends those that stay. */
  close(): Promise<void>;
}

/** `WS /graphql` on a server: who may connect, how many, how much they may send, and whether they are still there. */
export function serveWebSockets(server: HttpServer, deps: WebSocketDeps): WebSockets {
  const { clock, log, protocol } = deps;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE,
    handleProtocols,
    autoPong: false,
  });
  const paces = new WeakMap<WebSocket, Pace>();
  const silent = new WeakSet<WebSocket>();
  const strangers = createSlots(MOST_STRANGERS);
  let closing = false;

  server.on("upgrade", (request, stream, head) => {
    const refusal = refusalOf(request);
    if (refusal) return refuse(stream, refusal);
    sockets.handleUpgrade(request, stream, head, (socket) => open(socket, request));
  });
  let cancelKeepAlive = clock.after(KEEP_ALIVE_MS, keepAlive);

  return {
    async close() {
      closing = true;
      cancelKeepAlive();
      for (const socket of sockets.clients) socket.close(GOING_AWAY, "The gateway is going away.");
      const cancel = clock.after(CLOSE_DEADLINE_MS, () => {
        for (const socket of sockets.clients) socket.terminate();
      });
      await Promise.all([...sockets.clients].map((socket) => new Promise((closed) => socket.once("close", closed))));
      cancel();
      sockets.close();
    },
  };

  /** The status line of the refusal; null when the client may connect. */
  function refusalOf(request: IncomingMessage): string | null {
    const { url = "", headers } = request;
    const caller = callerOf(request);
    if (url.split("?")[0] !== "/graphql") return "404 Not Found";
    if (isForeignPage(headers, deps.allowsOrigin)) return "403 Forbidden";
    if (!caller.forwarded && strangers.isFull(caller.remoteAddress ?? "")) return "429 Too Many Requests";
    return closing || deps.connections.isFull() ? "503 Service Unavailable" : null;
  }

  function open(socket: WebSocket, request: IncomingMessage): void {
    const caller = callerOf(request);
    const known = caller.forwarded ? () => {} : strangers.take(caller.remoteAddress ?? ""); // a proxy stands for everyone
    const connection = deps.connections.open();
    const pace = createPace(clock, UNREAD_MS, () => socket.terminate());
    paces.set(socket, pace);
    const close = (code: number, reason: string) => socket.close(code, reason.slice(0, 120)); // 123 bytes at most
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (text) =>
          new Promise((resolve, reject) => {
            if (socket.readyState !== socket.OPEN) return resolve();
            const taken = pace.write();
            socket.send(text, (error) => {
              taken();
              if (socket.isPaused && socket.bufferedAmount <= MOST_UNREAD) socket.resume();
              if (error) reject(error);
              else resolve();
            });
          }),
        close: (code = CloseCode.InternalServerError, reason = "") => close(code, reason),
        onMessage: (receive) =>
          socket.on("message", async (data) => {
            if (socket.readyState !== socket.OPEN) return; // it is being closed: its token may have expired
            if (socket.bufferedAmount > MOST_UNREAD) socket.pause(); // not heard until it has read
            try {
              await requestId.run(randomUUID(), () => receive(String(data)));
            } catch (error) {
              if (socket.readyState !== socket.OPEN) return; // a client that left, not a fault
              log.error({ err: error }, "a WebSocket message could not be handled");
              close(CloseCode.InternalServerError, "The gateway failed to do this.");
            }
          }),
      },
      {
        caller,
        accept(viewer) {
          connection.claim(viewer);
          known();
        },
        isOpen: () => socket.readyState === socket.OPEN,
        close,
      },
    );
    socket.on("ping", (data) => (socket.bufferedAmount > MOST_UNREAD ? socket.terminate() : socket.pong(data)));
    socket.on("pong", () => silent.delete(socket));
    socket.on("error", (error) => log.debug({ err: error }, "a WebSocket broke off"));
    socket.once("close", (code, reason) => {
      known();
      connection.close();
      closed(code, String(reason)).catch((error) => log.error({ err: error }, "a WebSocket's operations did not end"));
    });
  }

  /** Ends who has not answered since the last round, and asks the others again, but for those that have something to read still. */
  function keepAlive(): void {
    for (const socket of sockets.clients) {
      if (paces.get(socket)?.isBehind()) continue;
      if (silent.has(socket)) socket.terminate();
      silent.add(socket);
      socket.ping();
    }
    cancelKeepAlive = clock.after(KEEP_ALIVE_MS, keepAlive);
  }
}

function refuse(stream: Duplex, status: string): void {
  stream.on("error", () => stream.destroy());
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
