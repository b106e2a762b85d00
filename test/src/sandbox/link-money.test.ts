import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startReceiver } from "./receiver.ts";
import { post, startTestSandbox, type TestSandbox } from "./start.ts";

const keys = (record: object) => Object.keys(record).sort();
const ITEM = ["consent_expiration_time", "error", "institution_id", "item_id", "update_type", "webhook"];
const WITH_PRODUCTS = [...ITEM, "available_products", "billed_products"].sort();
const BALANCES = ["available", "current", "iso_currency_code", "limit", "unofficial_currency_code"];
const ACCOUNT = ["account_id", "balances", "mask", "name", "official_name", "subtype", "type"];

describe("Link Money's dialect", () => {
  let sandbox: TestSandbox;
  let token: string;
  beforeAll(async () => {
    sandbox = await startTestSandbox();
    token = sandbox.demo.LINK_MONEY[0] ?? "";
  });
  afterAll(() => sandbox.close());

  const report = async (insights: boolean, users = ["default"]) => {
    const access_tokens = users.map((user) => sandbox.createItem("LINK_MONEY", { user }).accessToken);
    const created = await sandbox.atLinkMoney("/asset_report/create", { access_tokens, days_requested: 60 });
    sandbox.clock.advance(2_000);
    const { asset_report_token } = created.body;
    return (await sandbox.atLinkMoney("/asset_report/get", { asset_report_token, include_insights: insights })).body;
  };

  it("answers under /v1/plaid only", async () => {
    const bearer = { authorization: `Bearer ${token}` };
    const { baseUrl } = sandbox.endpoints.LINK_MONEY;
    expect(await post(`${baseUrl}/v1/plaid/item/get`, {}, bearer)).toMatchObject({ status: 200 });
    expect(await post(`${baseUrl}/item/get`, {}, bearer)).toMatchObject({ status: 404 });
  });

  it("takes the token as bearer or in the body, and no client credentials with it", async () => {
    expect(await sandbox.atLinkMoney("/accounts/get", { access_token: token })).toMatchObject({ status: 200 });
    const none = await sandbox.atLinkMoney("/accounts/get", {});
    expect(none).toMatchObject({ status: 400, body: { error_code: "MISSING_FIELDS" } });
    const wrong = await sandbox.atLinkMoney("/accounts/get", {}, "wrong");
    expect(wrong).toMatchObject({ status: 400, body: { error_code: "INVALID_ACCESS_TOKEN" } });
  });

  it("asks client credentials for asset reports", async () => {
    const body = { access_tokens: [token], days_requested: 1 };
    const refused = await sandbox.atLinkMoney("/asset_report/create", body, token);
    expect(refused).toMatchObject({ status: 400, body: { error_code: "MISSING_FIELDS" } });
    const wrong = { ...body, client_id: "x", secret: "y" };
    expect((await sandbox.atLinkMoney("/asset_report/create", wrong)).body.error_code).toBe("INVALID_API_KEYS");
  });

  it.each([
    ["/item/get", ITEM],
    ["/accounts/get", ITEM],
    ["/accounts/balance/get", WITH_PRODUCTS],
    ["/auth/get", WITH_PRODUCTS],
    ["/investments/holdings/get", ITEM],
    ["/liabilities/get", WITH_PRODUCTS],
  ])("%s leaves out of item and accounts what the guide's example lacks", async (path, item) => {
    const { body } = await sandbox.atLinkMoney(path, {}, token);
    expect(keys(body.item)).toEqual(item);
    for (const account of body.accounts ?? []) {
      expect([keys(account), keys(account.balances)]).toEqual([ACCOUNT, BALANCES]);
    }
  });

  it.each([
    "/identity/get",
    "/investments/auth/get",
    "/investments/refresh",
    "/transactions/sync",
    "/credit/relay/create",
    "/asset_report/audit_copy/get",
    "/link/token/create",
    "/item/public_token/exchange",
    "/item/access_token/invalidate",
    "/sandbox/item/reset_login",
    "/sandbox/transactions/create",
  ])("has no %s", async (path) => {
    expect((await sandbox.atLinkMoney(path, {}, token)).status).toBe(404);
  });

  it("item get tells of transactions and the last webhook only", async () => {
    const { body } = await sandbox.atLinkMoney("/item/get", {}, token);
    expect(keys(body.status)).toEqual(["last_webhook", "transactions"]);
  });

  it("securities lack market, sector, industry, option contract and fixed income", async () => {
    const { body } = await sandbox.atLinkMoney("/investments/holdings/get", {}, token);
    for (const security of body.securities) {
      for (const field of ["market_identifier_code", "sector", "industry", "option_contract", "fixed_income"]) {
        expect(security).not.toHaveProperty(field);
      }
    }
    expect(body.holdings).toHaveLength(3);
  });

  it("a card has no statement balance", async () => {
    const { body } = await sandbox.atLinkMoney("/liabilities/get", {}, token);
    expect(body.liabilities.credit[0]).toMatchObject({ is_overdue: false });
    expect(body.liabilities.credit[0]).not.toHaveProperty("last_statement_balance");
    expect(body.liabilities.student).toHaveLength(1);
    expect(body.liabilities.mortgage).toBeNull();
  });

  it("an institution is spelt and nested as in the guide's example", async () => {
    const { body } = await sandbox.atLinkMoney("/institutions/get_by_id", { institution_id: "ins_109512" }, token);
    expect(keys(body.institution)).toEqual(["institution_id", "name", "status"]);
    const { status } = body.institution;
    expect(status).toMatchObject({ primary_color: "#004966", logo: null });
    expect(keys(status.item_logins.breakdown)).toEqual(["error_institution", "error_link_money", "success"]);
    expect(keys(status.investments.liabilities.error_link_money)).toEqual([
      "error_institution",
      "error_plaid",
      "success",
    ]);
    const unknown = await sandbox.atLinkMoney("/institutions/get_by_id", { institution_id: "ins_0" });
    expect(unknown.body.error_code).toBe("INVALID_INSTITUTION");
  });

  it("institutions are listed and found by id and name alone, for a person or the client", async () => {
    for (const as of [token, undefined]) {
      const { body } = await sandbox.atLinkMoney("/institutions/get", { count: 2, offset: 3 }, as);
      expect(body).toMatchObject({
        total: 8,
        institutions: [{ institution_id: "ins_109511" }, { institution_id: "ins_109512" }],
      });
      expect(keys(body.institutions[0])).toEqual(["institution_id", "name"]);
      const found = await sandbox.atLinkMoney("/institutions/search", { query: "Gingham" }, as);
      expect(found.body.institutions).toEqual([{ institution_id: "ins_109509", name: "First Gingham Credit Union" }]);
      const { categories } = (await sandbox.atLinkMoney("/categories/get", {}, as)).body;
      expect(keys(categories[0])).toEqual(["category_id", "group", "hierarchy"]);
    }
    expect((await sandbox.atLinkMoney("/categories/get", {}, "nobody's")).body.error_code).toBe("INVALID_ACCESS_TOKEN");
    for (const endpoint of ["/link/token/create", "/item/access_token/invalidate"]) {
      expect((await sandbox.atLinkMoney(endpoint, {}, token)).status).toBe(404);
    }
  });

  it("transactions carry saving advice where there is some, and always whose they are", async () => {
    const { items } = (await report(true)).report;
    const all = items[0].accounts.flatMap((account: { transactions: object[] }) => account.transactions);
    for (const one of all) expect(one.uid).toMatch(/^\w{24}$/);
    const advised = all.filter((one: object) => "insight_text" in one);
    expect(advised.length).toBeGreaterThan(3);
    expect(advised[0]).toMatchObject({
      insight_ctaurl: expect.stringMatching(/^https:/),
      finsight_image: expect.stringMatching(/^https:/),
      recommendation: expect.any(String),
      amountFound: expect.any(Number),
    });
    for (const one of all) expect(keys(one)).not.toEqual(expect.arrayContaining(["credit_category"]));
  });

  it("a warning's cause keeps its error apart", async () => {
    const { warnings, report: content } = await report(false, ["owners-unavailable"]);
    expect(warnings).toEqual([
      {
        warning_type: "ASSET_REPORT_WARNING",
        warning_code: "OWNERS_UNAVAILABLE",
        cause: {
          item_id: content.items[0].item_id,
          error: expect.objectContaining({ error_type: "ITEM_ERROR", error_code: "PRODUCTS_NOT_SUPPORTED" }),
        },
      },
    ]);
    expect(content.items[0].accounts[0].owners).toEqual([]);
    expect(content.items[0].accounts[0].balances).not.toHaveProperty("margin_loan_amount");
  });

  it("bank numbers do not say whether they are tokens", async () => {
    const { body } = await sandbox.atLinkMoney("/auth/get", {}, token);
    const expected = ["account", "account_id", "routing", "wire_routing"];
    for (const number of body.numbers.ach) expect(keys(number)).toEqual(expected);
    expect(body.numbers.ach).not.toEqual([]);
  });

  it("holdings have the path of the guide's heading too", async () => {
    const [one, other] = await Promise.all(
      ["/investment/holdings/get", "/investments/holdings/get"].map((path) => sandbox.atLinkMoney(path, {}, token)),
    );
    expect(one?.body.holdings).toEqual(other?.body.holdings);
    expect(one?.body.holdings).not.toEqual([]);
  });

  it("fires the one webhook that its sandbox page names, signed in its own header", async () => {
    const fire = (body: object) => sandbox.atLinkMoney("/sandbox/item/fire_webhook", body, token);
    expect((await fire({ webhook_code: "DEFAULT_UPDATE" })).body.error_code).toBe("SANDBOX_WEBHOOK_INVALID");
    const receiver = await startReceiver();
    await sandbox.atLinkMoney("/item/webhook/update", { webhook: receiver.url }, token);
    await receiver.arrived(1);
    expect(keys((await fire({ webhook_code: "DEFAULT_UPDATE" })).body)).toEqual(["request_id"]);
    expect((await fire({ webhook_code: "PENDING_DISCONNECT" })).body.error_code).toBe("INVALID_FIELD");
    await receiver.arrived(2);
    const [, fired] = receiver.received;
    expect(fired?.headers["webhook-verification"]).toEqual(expect.any(String));
    const said = ["error", "item_id", "new_transactions", "webhook_code", "webhook_type"];
    expect(keys(fired?.body)).toEqual(said);
    await receiver.close();
  });

  it("verification keys come from a path with two underscores, for client_secret", async () => {
    const { clientId: client_id, secret: client_secret, baseUrl } = sandbox.endpoints.LINK_MONEY;
    const url = `${baseUrl}/v1/plaid/webhook__verification_key`;
    const missing = await post(url, { client_id, secret: client_secret, key_id: "x" });
    expect(missing.body.error_message).toContain("client_secret");
    const unknown = await post(url, { client_id, client_secret, key_id: "x" });
    expect(unknown.body.error_code).toBe("INVALID_WEBHOOK_VERIFICATION_KEY_ID");
  });
});
