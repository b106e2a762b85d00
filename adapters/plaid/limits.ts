import type { Aggregator, RateLimit } from "../aggregator.ts";

/** Calls a minute for one item (for /asset_report/get, pdf/get and refresh: for one report) and for the client. */
const limit = (perItem: number | null, perClient: number): RateLimit => ({ perItem, perClient });

/** Plaid's published rate limits. Source: https://plaid.com/docs/errors/rate-limit-exceeded/. */
export const limits: Aggregator["limits"] = {
  production: {
    "/accounts/balance/get": limit(5, 1200),
    "/accounts/get": limit(15, 15000),
    "/asset_report/create": limit(5, 50),
    "/asset_report/get": limit(15, 1000),
    "/asset_report/pdf/get": limit(15, 50),
    "/asset_report/refresh": limit(5, 50),
    "/auth/get": limit(15, 12000),
    "/identity/get": limit(15, 2000),
    "/institutions/get": limit(null, 50),
    "/institutions/get_by_id": limit(null, 400),
    "/investments/holdings/get": limit(15, 2000),
    "/investments/transactions/get": limit(30, 20000),
    "/investments/auth/get": limit(15, 500),
    "/investments/refresh": limit(1, 100),
    "/item/get": limit(15, 5000),
    "/item/remove": limit(30, 2000),
    "/liabilities/get": limit(15, 1000),
    "/transactions/enrich": limit(null, 100),
    "/transactions/get": limit(30, 20000),
    "/transactions/recurring/get": limit(20, 1000),
    "/transactions/refresh": limit(2, 100),
    "/transactions/sync": limit(50, 2500),
  },
  sandbox: {
    "/accounts/balance/get": limit(25, 100),
    "/accounts/get": limit(100, 5000),
    "/asset_report/create": limit(null, 100),
    "/asset_report/get": limit(1000, 1000),
    "/asset_report/refresh": limit(null, 100),
    "/auth/get": limit(100, 500),
    "/identity/get": limit(100, 1000),
    "/institutions/get": limit(null, 10),
    "/institutions/get_by_id": limit(null, 400),
    "/investments/holdings/get": limit(100, 1000),
    "/investments/transactions/get": limit(100, 1000),
    "/investments/auth/get": limit(15, 500),
    "/investments/refresh": limit(1, 100),
    "/item/get": limit(40, 5000),
    "/item/remove": limit(100, 500),
    "/liabilities/get": limit(10, 1000),
    "/transactions/get": limit(80, 1000),
    "/transactions/sync": limit(50, 1000),
    "/transactions/refresh": limit(2, 100),
    "/sandbox/transactions/create": limit(2, 50),
  },
};
