import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type PlaidApi, Products } from "plaid";
import { PRODUCTS } from "../../../src/sandbox/products.ts";
import { sdkClient } from "../../support/sdk-client.ts";
import { type RequestField, readSdkTypes, type SdkTypes } from "../../support/sdk-types.ts";
import { startTestSandbox, type TestSandbox } from "./start.ts";

type Body = Record<string, unknown>;
type Method = keyof PlaidApi & string;

const ITEM = ["access_token"];
const REPORT = ["asset_report_token"];
const DATES = { start_date: "2026-05-01", end_date: "2026-05-31" };
const SOMEWHERE = { country_codes: ["US"] };
const LINK = { client_name: "Ledger", language: "en", ...SOMEWHERE, user: { client_user_id: "u" }, products: ["auth"] };

const SPENT = { date_transacted: "2026-06-17", date_posted: "2026-06-17", amount: 1, description: "Tea" };

/** Requests that are right: the tokens that each has, and what else. */
const RIGHT: readonly (readonly [method: Method, tokens: readonly string[], more: Body])[] = [
  ["itemGet", ITEM, {}],
  ["itemRemove", ITEM, {}],
  ["itemWebhookUpdate", ITEM, { webhook: null }],
  ["itemPublicTokenExchange", ["public_token"], {}],
  ["itemAccessTokenInvalidate", ITEM, {}],
  ["accountsGet", ITEM, { options: {} }],
  ["accountsBalanceGet", ITEM, { options: {} }],
  ["authGet", ITEM, { options: {} }],
  ["identityGet", ITEM, { options: {} }],
  ["investmentsAuthGet", ITEM, { options: {} }],
  ["investmentsHoldingsGet", ITEM, { options: {} }],
  ["investmentsTransactionsGet", ITEM, { ...DATES, options: {} }],
  ["investmentsRefresh", ITEM, {}],
  ["liabilitiesGet", ITEM, { options: {} }],
  ["transactionsGet", ITEM, { ...DATES, options: {} }],
  ["transactionsSync", ITEM, { options: {} }],
  ["transactionsRefresh", ITEM, {}],
  ["assetReportCreate", ["access_tokens"], { days_requested: 30, options: {} }],
  ["assetReportGet", REPORT, {}],
  ["assetReportPdfGet", REPORT, {}],
  ["assetReportRefresh", REPORT, { options: {} }],
  ["assetReportFilter", REPORT, { account_ids_to_exclude: [] }],
  ["assetReportRemove", REPORT, {}],
  ["assetReportAuditCopyCreate", REPORT, { auditor_id: "a" }],
  ["assetReportAuditCopyGet", ["audit_copy_token"], {}],
  ["assetReportAuditCopyRemove", ["audit_copy_token"], {}],
  ["creditRelayCreate", ["report_tokens"], { secondary_client_id: "p" }],
  ["creditRelayGet", ["relay_token"], { report_type: "asset" }],
  ["creditRelayPdfGet", ["relay_token"], { report_type: "asset" }],
  ["creditRelayRefresh", ["relay_token"], { report_type: "asset" }],
  ["creditRelayRemove", ["relay_token"], {}],
  ["institutionsGet", [], { ...SOMEWHERE, count: 5, offset: 0, options: {} }],
  ["institutionsGetById", [], { ...SOMEWHERE, institution_id: "ins_109508", options: {} }],
  ["institutionsSearch", [], { ...SOMEWHERE, query: "bank", products: null, options: {} }],
  ["categoriesGet", [], {}],
  ["linkTokenCreate", [], { ...LINK, hosted_link: {}, transactions: {}, update: {} }],
  ["linkTokenGet", ["link_token"], {}],
  ["webhookVerificationKeyGet", [], { key_id: "k" }],
  [
    "sandboxPublicTokenCreate",
    [],
    { institution_id: "ins_109508", initial_products: ["auth"], options: { transactions: {} } },
  ],
  ["sandboxItemFireWebhook", ITEM, { webhook_code: "DEFAULT_UPDATE", webhook_type: "AUTH" }],
  ["sandboxItemResetLogin", ITEM, {}],
  ["sandboxItemSetVerificationStatus", ITEM, { account_id: "x", verification_status: "verification_expired" }],
  ["sandboxTransactionsCreate", ITEM, { transactions: [SPENT] }],
];
/** Of these Plaid asks one or another, or a field that its types leave open. */
const LISTS = ["access_tokens", "report_tokens"];

describe("a request through Plaid's SDK", () => {
  let sandbox: TestSandbox;
  let types: SdkTypes;
  let client: PlaidApi;
  beforeAll(async () => {
    types = readSdkTypes();
    sandbox = await startTestSandbox();
    client = sdkClient(sandbox.endpoints.PLAID, types);
  });
  afterAll(() => sandbox.close());

  /** What is said of a request: the error's code and message; null when it is answered. */
  const judged = async (method: Method, body: Body): Promise<{ code: string; message: string } | null> => {
    const call = client[method] as (body: Body) => Promise<unknown>;
    return call(body).then(
      () => null,
      ({ response }) => ({ code: response.data.error_code, message: response.data.error_message }),
    );
  };
  const withTokens = (tokens: readonly string[], more: Body): Body => ({
    ...Object.fromEntries(tokens.map((name) => [name, LISTS.includes(name) ? ["nobody's"] : "nobody's"])),
    ...more,
  });
  /** Each field of a request, and of the objects that are in it, with the body in which it is. */
  const each = (
    fields: readonly RequestField[],
    body: Body,
    path = "",
  ): [RequestField, string, (value: unknown) => Body][] =>
    fields.flatMap((field) => {
      const inner = body[field.name];
      const set = (value: unknown) => ({ ...body, [field.name]: value });
      const own: [RequestField, string, (value: unknown) => Body] = [field, path + field.name, set];
      if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return [own];
      return [
        own,
        ...each(field.fields, inner as Body, `${path}${field.name}.`).map(
          ([one, at, setInner]): [RequestField, string, (value: unknown) => Body] => [
            one,
            at,
            (value) => set(setInner(value)),
          ],
        ),
      ];
    });

  it.each(RIGHT)("%s is judged by what it has, its own fields being known", async (method, tokens, more) => {
    const body = withTokens(tokens, more);
    const wrong: string[] = [];
    const expectRefusal = async (sent: Body, code: string, path: string) => {
      const outcome = await judged(method, sent);
      if (outcome?.code !== code || !outcome.message.includes(path)) {
        wrong.push(`${path}: ${outcome?.code ?? "answered"} ${outcome?.message ?? ""}, wanted ${code}`);
      }
    };
    for (const [field, path, set] of each(types.requestFields(method), body)) {
      if (field.isRequired) await expectRefusal(set(undefined), "MISSING_FIELDS", path);
      if (field.wrong !== undefined) await expectRefusal(set(field.wrong), "INVALID_FIELD", path);
    }
    await expectRefusal({ ...body, colour: "red" }, "UNKNOWN_FIELDS", "colour");
    expect(wrong).toEqual([]);
    if (tokens.length > 0) {
      const name = (tokens[0] ?? "")
        .replace(/^access_tokens$/, "access_token")
        .replace("report_tokens", "asset_report_token");
      expect(await judged(method, body)).toMatchObject({ code: `INVALID_${name.toUpperCase()}` });
    }
  });

  it("knows every product of Plaid's", () => {
    expect([...PRODUCTS].sort()).toEqual(Object.values(Products).sort());
  });

  const REFUSED: readonly (readonly [what: string, body: Body, code: string, message: string])[] = [
    ["for a product that there is not", { products: ["auth", "gold"] }, "INVALID_FIELD", "products[1] must be one of"],
    ["for balances", { products: ["balance"] }, "INVALID_PRODUCT", "balance"],
    ["for the same twice", { optional_products: ["auth"] }, "INVALID_FIELD", "products and optional_products"],
    [
      "for the same, required and consented",
      { products: ["transactions"], required_if_supported_products: ["auth"], additional_consented_products: ["auth"] },
      "INVALID_FIELD",
      "required_if_supported_products and additional_consented_products",
    ],
    ["for no product", { products: [] }, "INVALID_FIELD", "at least one product"],
    ["for nobody", { user: undefined }, "MISSING_FIELDS", "user"],
    ["that returns with a query", { redirect_uri: "https://a.example/?x=1" }, "INVALID_FIELD", "query"],
    [
      "that returns to two places",
      { redirect_uri: "https://a.example/", android_package_name: "a" },
      "INVALID_FIELD",
      "android_package_name",
    ],
    ["for a month", { hosted_link: { url_lifetime_seconds: 2_592_000 } }, "INVALID_FIELD", "url_lifetime_seconds"],
  ];
  it.each(REFUSED)("opens no link flow %s", async (_what, body, code, message) => {
    expect(await judged("linkTokenCreate", { ...LINK, ...body })).toEqual({
      code,
      message: expect.stringContaining(message),
    });
  });

  it("in a repair asks for reports and consent, and for nothing that the item has", async () => {
    const access_token = sandbox.demo.PLAID[0];
    const repair = (body: Body) => judged("linkTokenCreate", { ...LINK, products: undefined, access_token, ...body });
    expect(await repair({})).toBeNull();
    expect(await repair({ products: ["assets"], additional_consented_products: ["auth"] })).toBeNull();
    expect(await repair({ products: ["transactions"] })).toMatchObject({ code: "INVALID_FIELD" });
  });

  it("without the right credentials is refused before it is looked at", async () => {
    const wrong = { "PLAID-CLIENT-ID": "x", "PLAID-SECRET": "y" };
    const stranger = sdkClient(sandbox.endpoints.PLAID, types, { headers: wrong });
    await expect(stranger.itemGet({} as never)).rejects.toMatchObject({
      response: {
        status: 400,
        data: {
          ...{ error_type: "INVALID_INPUT", error_code: "INVALID_API_KEYS", display_message: null },
          documentation_url: "https://plaid.com/docs/?ref=error#invalid-input-errors",
        },
      },
    });
    const nobody = sdkClient(sandbox.endpoints.PLAID, types, { headers: {} });
    await expect(nobody.itemGet({} as never)).rejects.toMatchObject({
      response: { data: { error_code: "MISSING_FIELDS", error_message: expect.stringContaining("client_id, secret") } },
    });
  });
});
