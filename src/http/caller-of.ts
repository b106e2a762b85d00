import type { IncomingMessage } from "node:http";
import type { Caller } from "../auth.ts";

/** Headers by which a proxy tells that it stands between. */
const FORWARDING = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];

/** What a request, or the one that a WebSocket began with, says of its caller. */
export function callerOf({ headers, socket }: IncomingMessage): Caller {
  return {
    authorization: headers.authorization,
    host: headers.host,
    remoteAddress: socket.remoteAddress,
    forwarded: FORWARDING.some((name) => headers[name] !== undefined),
  };
}
