/** How an aggregator words what the contract tries on every adapter. */
export interface Words {
  /** The calls on which troubles are tried: a read with an item's budget, and a write. */
  read: string;
  write: string;
  /** Whose budget calls are taken from: our uuid, or null for the client alone. */
  budgetKeys: Readonly<Record<string, string | null>>;
  /** The body of an error, with this in every place for words. */
  error(type: string, code: string, words: string): object;
  /** Type and code of errors that it has. */
  rateLimit: readonly [type: string, code: string];
  login: readonly [type: string, code: string];
  internal: readonly [type: string, code: string];
  /** Errors that are empty answers: none where it has none. */
  empty: readonly [endpoint: string, type: string, code: string, data: object][];
  /** Errors of a removal by which it has succeeded. */
  removed: readonly [endpoint: string, type: string, code: string][];
  /** Refusals by which a removal has not. */
  notRemoved: readonly [status: number, body: object][];
}

/** Those of Plaid's format. */
export const PLAID_WORDS: Words = {
  read: "/accounts/get",
  write: "/asset_report/create",
  budgetKeys: {
    "/accounts/get": "item-1",
    "/asset_report/create": "source-1",
    "/asset_report/get": "source-1",
    "/institutions/get_by_id": null,
  },
  error(error_type, error_code, words) {
    const error = { error_type, error_code, error_message: words, display_message: words };
    return { ...error, suggested_action: words, causes: [{ item_id: "i", error }] };
  },
  rateLimit: ["RATE_LIMIT_EXCEEDED", "RATE_LIMIT"],
  login: ["ITEM_ERROR", "ITEM_LOGIN_REQUIRED"],
  internal: ["API_ERROR", "INTERNAL_SERVER_ERROR"],
  empty: [
    [
      "/investments/holdings/get",
      "ITEM_ERROR",
      "NO_INVESTMENT_ACCOUNTS",
      { accounts: [], holdings: [], securities: [] },
    ],
    ["/liabilities/get", "ITEM_ERROR", "NO_LIABILITY_ACCOUNTS", { accounts: [], liabilities: [] }],
    [
      "/investments/transactions/get",
      "ITEM_ERROR",
      "NO_INVESTMENT_ACCOUNTS",
      { accounts: [], transactions: [], securities: [], received: 0, total: 0 },
    ],
  ],
  removed: [
    ["/item/remove", "INVALID_INPUT", "INVALID_ACCESS_TOKEN"],
    ["/item/remove", "ITEM_ERROR", "ITEM_NOT_FOUND"],
    ["/asset_report/remove", "INVALID_INPUT", "INVALID_ASSET_REPORT_TOKEN"],
    ["/asset_report/audit_copy/remove", "INVALID_INPUT", "INVALID_AUDIT_COPY_TOKEN"],
  ],
  notRemoved: [
    [401, {}],
    [404, { error_type: "INVALID_REQUEST", error_code: "NOT_FOUND" }],
    [400, { error_type: "INVALID_INPUT", error_code: "INVALID_API_KEYS" }],
  ],
};
