import type { Clock } from "../clock.ts";
import { ApiError } from "./api-error.ts";
import type { ApiRequest, Dialect, Endpoint } from "./endpoints.ts";

/** Calls a minute: on one item, or on one report where the call is on a report, and of the client; null is no limit. */
export interface RateLimit {
  perItem: number | null;
  perClient: number | null;
}

/** Limits by Plaid's path of the endpoint; others have none. */
export type RateLimits = Readonly<Record<string, RateLimit>>;

const MINUTE_MS = 60_000;

/** What Plaid calls it when the limit of an endpoint is exceeded; RATE_LIMIT where it has no name of its own. */
const CODES: Readonly<Record<string, string>> = {
  "/accounts/get": "ACCOUNTS_LIMIT",
  "/accounts/balance/get": "BALANCE_LIMIT",
  "/auth/get": "AUTH_LIMIT",
  "/identity/get": "IDENTITY_LIMIT",
  "/institutions/get": "INSTITUTIONS_GET_LIMIT",
  "/institutions/get_by_id": "INSTITUTIONS_GET_BY_ID_LIMIT",
  "/investments/holdings/get": "INVESTMENT_HOLDINGS_GET_LIMIT",
  "/investments/transactions/get": "INVESTMENT_TRANSACTIONS_LIMIT",
  "/item/get": "ITEM_GET_LIMIT",
  "/transactions/get": "TRANSACTIONS_LIMIT",
  "/transactions/refresh": "TRANSACTIONS_REFRESH_LIMIT",
  "/transactions/sync": "TRANSACTIONS_SYNC_LIMIT",
};

/** The dialect, refusing what exceeds these limits within any minute; what is refused does not count. */
export function limited(dialect: Dialect, limits: RateLimits, clock: Clock): Dialect {
  /** When the calls of the last minute were, by what they count for. */
  const calls = new Map<string, number[]>();
  let swept = clock.now();
  const recent = (key: string) => (calls.get(key) ?? []).filter((at) => at > clock.now() - MINUTE_MS);
  const sweep = () => {
    if (clock.now() - swept < MINUTE_MS) return;
    swept = clock.now();
    for (const key of calls.keys()) if (recent(key).length === 0) calls.delete(key);
  };

  const admit = (path: string, { perItem, perClient }: RateLimit, request: ApiRequest) => {
    sweep();
    const report = path.startsWith("/asset_report/") ? request.body.asset_report_token : undefined;
    const subject = typeof report === "string" ? report : dialect.itemIdsOf(request)[0];
    const counted: [key: string, most: number | null][] = [
      [path, perClient],
      ...(subject === undefined ? [] : [[`${path} ${subject}`, perItem] satisfies [string, number | null]]),
    ];
    const exceeded = counted.find(([key, most]) => most !== null && recent(key).length >= most);
    if (exceeded) {
      const code = CODES[path] ?? "RATE_LIMIT";
      throw new ApiError(code, { type: "RATE_LIMIT_EXCEEDED", status: 429, message: messageOf(path) });
    }
    for (const [key, most] of counted) if (most !== null) calls.set(key, [...recent(key), clock.now()]);
  };

  const endpoints = Object.entries(dialect.endpoints).map(([path, endpoint]): [string, Endpoint] => {
    const limit = limits[path];
    if (!limit) return [path, endpoint];
    return [
      path,
      (request) => {
        admit(path, limit, request);
        return endpoint(request);
      },
    ];
  });
  return { ...dialect, endpoints: Object.fromEntries(endpoints) };
}

function messageOf(path: string): string {
  return `rate limit exceeded for attempts to access "${path}". please try again in a minute`;
}
