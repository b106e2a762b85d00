import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { post, startTestSandbox, type TestSandbox } from "./start.ts";

type Body = Record<string, unknown>;
type Case = readonly [what: string, path: string, body: (sandbox: TestSandbox) => Body, code: string, message: string];

const token = (sandbox: TestSandbox) => ({ access_token: sandbox.demo.PLAID[0] });
const tokens = (sandbox: TestSandbox) => ({ access_tokens: sandbox.demo.PLAID });
const institution = { institution_id: "ins_109508", country_codes: ["US"] };

const LINK = { client_name: "x", language: "en", country_codes: ["US"], user: { client_user_id: "u" } };

const REFUSED: readonly Case[] = [
  ["no access token", "/accounts/get", () => ({}), "MISSING_FIELDS", "access_token"],
  ["an access token of another type", "/accounts/get", () => ({ access_token: 5 }), "INVALID_FIELD", "access_token"],
  [
    "an unknown access token",
    "/accounts/get",
    () => ({ access_token: "nobody's" }),
    "INVALID_ACCESS_TOKEN",
    "does not exist",
  ],
  [
    "the other aggregator's token",
    "/accounts/get",
    (s) => ({ access_token: s.demo.LINK_MONEY[0] }),
    "INVALID_ACCESS_TOKEN",
    "",
  ],
  ["a field that there is not", "/accounts/get", (s) => ({ ...token(s), colour: 1 }), "UNKNOWN_FIELDS", "colour"],
  [
    "a nested field that there is not",
    "/accounts/get",
    (s) => ({ ...token(s), options: { colour: 1 } }),
    "UNKNOWN_FIELDS",
    "options.colour",
  ],
  [
    "options that are null",
    "/accounts/get",
    (s) => ({ ...token(s), options: null }),
    "INVALID_FIELD",
    "options must be an object",
  ],
  [
    "account ids that are no list",
    "/accounts/get",
    (s) => ({ ...token(s), options: { account_ids: "a" } }),
    "INVALID_FIELD",
    "options.account_ids must be an array",
  ],
  [
    "another item's account",
    "/accounts/balance/get",
    (s) => ({ ...token(s), options: { account_ids: ["elsewhere"] } }),
    "INVALID_ACCOUNT_ID",
    "",
  ],
  [
    "an empty list of accounts",
    "/accounts/get",
    (s) => ({ ...token(s), options: { account_ids: [] } }),
    "INVALID_FIELD",
    "options.account_ids must be an array of at least 1 element",
  ],
  ...["yesterday", "2026-05-01", "2026-13-01T00:00:00Z"].map(
    (moment): Case => [
      `balances no older than ${moment}`,
      "/accounts/balance/get",
      (s) => ({ ...token(s), options: { min_last_updated_datetime: moment } }),
      "INVALID_FIELD",
      "options.min_last_updated_datetime must be a date and time",
    ],
  ),
  [
    "categories of a version that there is not",
    "/transactions/get",
    (s) => ({
      ...token(s),
      ...{ start_date: "2026-05-01", end_date: "2026-05-31" },
      options: { personal_finance_category_version: "v9" },
    }),
    "INVALID_FIELD",
    "options.personal_finance_category_version must be one of v1, v2",
  ],
  ...[
    ["/institutions/get", { count: 1, offset: 0 }] as const,
    ["/institutions/search", { query: "bank" }] as const,
    ["/institutions/get_by_id", institution] as const,
  ].map(
    ([path, body]): Case => [
      "a country that Plaid has not",
      path,
      () => ({ ...body, country_codes: ["US", "XX"] }),
      "INVALID_FIELD",
      "country_codes[1] must be one of US",
    ],
  ),
  [
    "an add-on that there is not",
    "/asset_report/create",
    (s) => ({ ...tokens(s), days_requested: 1, options: { add_ons: ["gold"] } }),
    "INVALID_FIELD",
    "options.add_ons[0] must be one of investments, fast_assets",
  ],
  ["no investment accounts", "/investments/holdings/get", token, "NO_INVESTMENT_ACCOUNTS", ""],
  ["no accounts to pay from", "/auth/get", (s) => ({ access_token: s.demo.PLAID[1] }), "NO_AUTH_ACCOUNTS", ""],
  ["nothing to transfer", "/investments/auth/get", token, "NO_INVESTMENT_AUTH_ACCOUNTS", ""],
  ["no debts", "/liabilities/get", (s) => ({ access_token: s.demo.PLAID[1] }), "NO_LIABILITY_ACCOUNTS", ""],
  ["no dates", "/transactions/get", token, "MISSING_FIELDS", "start_date, end_date"],
  [
    "a date that is none",
    "/transactions/get",
    (s) => ({ ...token(s), start_date: "1 May", end_date: "2026-05-31" }),
    "INVALID_FIELD",
    "start_date must be a date as YYYY-MM-DD",
  ],
  [
    "dates the wrong way round",
    "/investments/transactions/get",
    (s) => ({ ...token(s), start_date: "2026-05-31", end_date: "2026-05-01" }),
    "INVALID_FIELD",
    "start_date must not be after end_date",
  ],
  [
    "more transactions than a page has",
    "/transactions/get",
    (s) => ({ ...token(s), start_date: "2026-05-01", end_date: "2026-05-31", options: { count: 501 } }),
    "INVALID_FIELD",
    "options.count must be an integer from 1 to 500",
  ],
  [
    "trades of no investment accounts",
    "/investments/transactions/get",
    (s) => ({ ...token(s), start_date: "2026-05-01", end_date: "2026-05-31" }),
    "NO_INVESTMENT_ACCOUNTS",
    "",
  ],
  ["a refresh of no investments", "/investments/refresh", token, "NO_INVESTMENT_ACCOUNTS", ""],
  [
    "no country",
    "/institutions/get_by_id",
    () => ({ institution_id: "ins_109508" }),
    "MISSING_FIELDS",
    "country_codes",
  ],
  [
    "an unknown institution",
    "/institutions/get_by_id",
    () => ({ ...institution, institution_id: "ins_0" }),
    "INVALID_INSTITUTION",
    "",
  ],
  [
    "a country without it",
    "/institutions/get_by_id",
    () => ({ ...institution, country_codes: ["GB"] }),
    "INVALID_INSTITUTION",
    "",
  ],
  ["no count", "/institutions/get", () => ({ offset: 0, country_codes: ["US"] }), "MISSING_FIELDS", "count"],
  [
    "more than 500 institutions",
    "/institutions/get",
    () => ({ count: 501, offset: 0, country_codes: ["US"] }),
    "INVALID_FIELD",
    "1 to 500",
  ],
  [
    "routing numbers that are none",
    "/institutions/get",
    () => ({ count: 1, offset: 0, country_codes: ["US"], options: { routing_numbers: ["123", "123456789"] } }),
    "INVALID_FIELD",
    "options.routing_numbers must hold a valid routing number",
  ],
  ["a list of no country", "/institutions/get", () => ({ count: 1, offset: 0 }), "MISSING_FIELDS", "country_codes"],
  [
    "nothing to search for",
    "/institutions/search",
    () => ({ query: "", country_codes: ["US"] }),
    "INVALID_FIELD",
    "query",
  ],
  ["a field of categories", "/categories/get", () => ({ colour: 1 }), "UNKNOWN_FIELDS", "colour"],
  ["a link for no product", "/link/token/create", () => LINK, "INVALID_FIELD", "at least one product"],
  ["a link for nobody", "/link/token/create", () => ({ ...LINK, user: {} }), "MISSING_FIELDS", "user.client_user_id"],
  [
    "a link in a language that there is not",
    "/link/token/create",
    () => ({ ...LINK, products: ["auth"], language: "xx" }),
    "INVALID_FIELD",
    "language must be one of",
  ],
  [
    "a link in a country that there is not",
    "/link/token/create",
    () => ({ ...LINK, products: ["auth"], country_codes: ["US", "XX"] }),
    "INVALID_FIELD",
    "country_codes",
  ],
  [
    "a link to repair an unknown item",
    "/link/token/create",
    () => ({ ...LINK, access_token: "x" }),
    "INVALID_ACCESS_TOKEN",
    "",
  ],
  [
    "an unknown token to replace",
    "/item/access_token/invalidate",
    () => ({ access_token: "x" }),
    "INVALID_ACCESS_TOKEN",
    "",
  ],
  ["no days", "/asset_report/create", tokens, "MISSING_FIELDS", "days_requested"],
  ["neither", "/asset_report/create", () => ({}), "MISSING_FIELDS", "access_tokens, days_requested"],
  ["days below 0", "/asset_report/create", (s) => ({ ...tokens(s), days_requested: -1 }), "INVALID_FIELD", "0 to 731"],
  [
    "days above 731",
    "/asset_report/create",
    (s) => ({ ...tokens(s), days_requested: 732 }),
    "INVALID_FIELD",
    "0 to 731",
  ],
  ["half a day", "/asset_report/create", (s) => ({ ...tokens(s), days_requested: 1.5 }), "INVALID_FIELD", "an integer"],
  [
    "days as text",
    "/asset_report/create",
    (s) => ({ ...tokens(s), days_requested: "30" }),
    "INVALID_FIELD",
    "days_requested",
  ],
  ["no items", "/asset_report/create", () => ({ access_tokens: [], days_requested: 1 }), "INVALID_FIELD", "1 to 99"],
  [
    "100 items",
    "/asset_report/create",
    (s) => ({ access_tokens: Array(100).fill(s.demo.PLAID[0]), days_requested: 1 }),
    "INVALID_FIELD",
    "1 to 99",
  ],
  [
    "one unknown item of two",
    "/asset_report/create",
    (s) => ({ access_tokens: [s.demo.PLAID[0], "x"], days_requested: 1 }),
    "INVALID_ACCESS_TOKEN",
    "",
  ],
  [
    "a webhook that is no address",
    "/asset_report/create",
    (s) => ({ ...tokens(s), days_requested: 1, options: { webhook: "here" } }),
    "INVALID_FIELD",
    "options.webhook must be a valid URL",
  ],
  ["no report's token", "/asset_report/get", () => ({}), "MISSING_FIELDS", "asset_report_token"],
  ["an unknown report", "/asset_report/get", () => ({ asset_report_token: "x" }), "INVALID_ASSET_REPORT_TOKEN", ""],
  ["an unknown report", "/asset_report/remove", () => ({ asset_report_token: "x" }), "INVALID_ASSET_REPORT_TOKEN", ""],
  ["an unknown public token", "/item/public_token/exchange", () => ({ public_token: "x" }), "INVALID_PUBLIC_TOKEN", ""],
  [
    "an unknown key",
    "/webhook_verification_key/get",
    () => ({ key_id: "x" }),
    "INVALID_WEBHOOK_VERIFICATION_KEY_ID",
    "",
  ],
  [
    "a user that there is not",
    "/sandbox/public_token/create",
    () => ({ institution_id: "ins_109508", initial_products: ["assets"], options: { override_username: "x" } }),
    "INVALID_FIELD",
    'no user "x"',
  ],
];

describe("Plaid's judgement of a request", () => {
  let sandbox: TestSandbox;
  beforeAll(async () => {
    sandbox = await startTestSandbox();
  });
  afterAll(() => sandbox.close());

  it.each(REFUSED)("%s at %s", async (_what, path, body, code, message) => {
    const answer = await sandbox.atPlaid(path, body(sandbox));
    expect(answer).toMatchObject({ status: 400, body: { error_code: code } });
    expect(answer.body.error_message).toContain(message);
    expect(Object.keys(answer.body).sort()).toEqual([
      "display_message",
      "documentation_url",
      "error_code",
      "error_message",
      "error_type",
      "request_id",
      "suggested_action",
    ]);
  });

  it.each<[what: string, path: string, asked: Body, ids: string[]]>([
    [
      "that have products",
      "/institutions/get",
      { options: { products: ["auth", "balance"] } },
      ["ins_109508", "ins_109509"],
    ],
    ["that have none of them all", "/institutions/get", { options: { products: ["auth", "signal"] } }, []],
    ["of a routing number", "/institutions/get", { options: { routing_numbers: ["211370545", "1"] } }, ["ins_109509"]],
    ["by OAuth", "/institutions/get", { options: { oauth: true } }, ["ins_109510", "ins_109511"]],
    ["that have a product, by name", "/institutions/search", { query: "first", products: ["payment_initiation"] }, []],
    [
      "by OAuth and name",
      "/institutions/search",
      { query: "t", options: { oauth: true } },
      ["ins_109510", "ins_109511"],
    ],
  ])("finds institutions %s", async (_what, path, asked, ids) => {
    const page = path.endsWith("/get") ? { count: 2, offset: 0 } : {};
    const { body } = await sandbox.atPlaid(path, { ...page, country_codes: ["US"], ...asked });
    expect(body.institutions.map((one: Body) => one.institution_id).slice(0, 2)).toEqual(ids);
  });

  it("takes 99 items and 0 to 731 days", async () => {
    for (const days_requested of [0, 731]) {
      const access_tokens = Array(99).fill(sandbox.demo.PLAID[0]);
      expect(await sandbox.atPlaid("/asset_report/create", { access_tokens, days_requested })).toMatchObject({
        status: 200,
      });
    }
  });

  it.each([
    ["none", {}, "MISSING_FIELDS", "client_id, secret"],
    ["a client only", { client_id: "x" }, "MISSING_FIELDS", "missing: secret"],
    ["wrong ones", { client_id: "x", secret: "y" }, "INVALID_API_KEYS", ""],
  ])("credentials: %s", async (_what, credentials, error_code, message) => {
    const answer = await post(`${sandbox.endpoints.PLAID.baseUrl}/accounts/get`, { ...token(sandbox), ...credentials });
    expect(answer).toMatchObject({ status: 400, body: { error_code } });
    expect(answer.body.error_message).toContain(message);
  });

  it("takes credentials in the body as well", async () => {
    const { baseUrl, clientId: client_id, secret } = sandbox.endpoints.PLAID;
    expect(await post(`${baseUrl}/accounts/get`, { ...token(sandbox), client_id, secret })).toMatchObject({
      status: 200,
    });
  });

  it("refuses a body that is no JSON object", async () => {
    for (const body of ["{", "[]", "null", '"x"', ""]) {
      const answer = await sandbox.atPlaid("/accounts/get", body as unknown as object);
      expect(answer).toMatchObject({
        status: 400,
        body: { error_code: "INVALID_BODY", error_type: "INVALID_REQUEST" },
      });
    }
    const huge = await sandbox.atPlaid("/accounts/get", { access_token: "x".repeat(1_100_000) });
    expect(huge).toMatchObject({ status: 400, body: { error_code: "INVALID_BODY" } });
  });

  it("knows no other endpoints, and POST only", async () => {
    expect(await sandbox.atPlaid("/constructor", {})).toMatchObject({ status: 404, body: { error_code: "NOT_FOUND" } });
    const got = await fetch(`${sandbox.endpoints.PLAID.baseUrl}/accounts/get`);
    expect(got.status).toBe(404);
    await got.body?.cancel();
  });

  it("forgets a removed item", async () => {
    const { accessToken: access_token } = sandbox.createItem("PLAID", { user: "other" });
    expect(await sandbox.atPlaid("/item/remove", { access_token })).toMatchObject({ status: 200 });
    for (const path of ["/item/get", "/accounts/get", "/item/remove"]) {
      expect(await sandbox.atPlaid(path, { access_token })).toMatchObject({
        body: { error_code: "INVALID_ACCESS_TOKEN" },
      });
    }
  });

  it("a public token is good once, for 30 minutes", async () => {
    const exchange = (public_token: string) => sandbox.atPlaid("/item/public_token/exchange", { public_token });
    const once = sandbox.createPublicToken({ user: "brokerage" });
    const { body } = await exchange(once);
    const { body: item } = await sandbox.atPlaid("/item/get", { access_token: body.access_token });
    expect(item.item).toMatchObject({ item_id: body.item_id, institution_id: "ins_109511" });
    expect((await exchange(once)).body.error_code).toBe("INVALID_PUBLIC_TOKEN");
    const late = sandbox.createPublicToken();
    sandbox.clock.advance(30 * 60_000);
    expect((await exchange(late)).body.error_code).toBe("INVALID_PUBLIC_TOKEN");
  });

  it("logs what it was asked, by item and status", async () => {
    const { accessToken: access_token, itemId } = sandbox.createItem("PLAID");
    sandbox.clearCalls();
    await sandbox.atPlaid("/accounts/get", { access_token });
    await sandbox.atPlaid("/accounts/get", {});
    await sandbox.atLinkMoney("/item/get", {}, sandbox.demo.LINK_MONEY[0]);
    const at = sandbox.clock.now();
    expect(sandbox.calls()).toMatchObject([
      { provider: "PLAID", endpoint: "/accounts/get", itemId, at, status: 200 },
      { provider: "PLAID", endpoint: "/accounts/get", itemId: null, at, status: 400 },
      { provider: "LINK_MONEY", endpoint: "/item/get", itemId: expect.any(String), at, status: 200 },
    ]);
  });
});

describe("a page in a browser", () => {
  let sandbox: TestSandbox;
  beforeAll(async () => {
    sandbox = await startTestSandbox();
  });
  afterAll(() => sandbox.close());

  it.each([
    ["of another site", { origin: "http://evil.example", "content-type": "application/json" }],
    ["that needs no preflight", { "content-type": "text/plain" }],
  ])("%s is refused before anything is done", async (_, headers) => {
    const { baseUrl, clientId, secret } = sandbox.endpoints.PLAID;
    const response = await fetch(`${baseUrl}/item/remove`, {
      method: "POST",
      headers: { "plaid-client-id": clientId, "plaid-secret": secret, ...headers },
      body: JSON.stringify(token(sandbox)),
    });
    expect(response.status).toBe(403);
    expect(await response.text()).toMatch(/no page in a browser .* content-type application\/json/);
    expect((await sandbox.atPlaid("/accounts/get", token(sandbox))).status).toBe(200);
  });
});
