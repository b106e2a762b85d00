import type { IncomingHttpHeaders } from "node:http";
import type { Config } from "../config.ts";

/** Whether a page of this origin may call the gateway. */
export type AllowsOrigin = (origin: string) => boolean;

const STUDIO = "https://studio.apollographql.com";
const LOCALHOST = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

/** As configured: a list, or in development Apollo Studio and every port of this machine. */
export function createAllowsOrigin(corsOrigins: Config["corsOrigins"]): AllowsOrigin {
  if (corsOrigins === "development") return (origin) => origin === STUDIO || LOCALHOST.test(origin);
  const allowed = new Set(corsOrigins);
  return (origin) => allowed.has(origin);
}

/** Whether a browser sends it for a page that is neither the gateway's own nor allowed. */
export function isForeignPage({ origin, host }: IncomingHttpHeaders, allowsOrigin: AllowsOrigin): boolean {
  if (origin === undefined) return false;
  const isOwn = host !== undefined && URL.parse(origin)?.host === host;
  return !isOwn && !allowsOrigin(origin);
}
