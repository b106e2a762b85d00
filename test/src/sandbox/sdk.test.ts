import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { AssetReportAddOns, CountryCode, type PlaidApi, Products, ReportType } from "plaid";
import { startSandbox } from "../../../src/sandbox/sandbox.ts";
import { sdkClient } from "../../support/sdk-client.ts";
import { readSdkTypes, type SdkTypes } from "../../support/sdk-types.ts";
import { startTestSandbox, type TestSandbox } from "./start.ts";

describe("Plaid's own SDK", () => {
  let sandbox: TestSandbox;
  let types: SdkTypes;
  let client: PlaidApi;
  beforeAll(async () => {
    sandbox = await startTestSandbox();
    types = readSdkTypes();
    client = sdkClient(sandbox.endpoints.PLAID, types);
  });
  afterAll(() => sandbox.close());

  it("is there in one line, as often as wanted, apart from each other", async () => {
    const several = await Promise.all([startSandbox(), startSandbox({ seed: 2 })]);
    const [one, two] = several.map(({ endpoints }) => sdkClient(endpoints.PLAID, types));
    const access_token = several[0]?.demo.PLAID[0] ?? "";
    expect((await one?.accountsGet({ access_token }))?.data.accounts.length).toBeGreaterThan(5);
    await expect(two?.accountsGet({ access_token })).rejects.toMatchObject({
      response: { data: { error_code: "INVALID_ACCESS_TOKEN" } },
    });
    await Promise.all(several.map((each) => each.close()));
  });

  it("links an item as an app would, reads it, makes a report of it, and removes both", async () => {
    const linked = await client.sandboxPublicTokenCreate({
      institution_id: "ins_109508",
      initial_products: [Products.Assets, Products.Transactions],
      options: { webhook: "http://127.0.0.1:9/webhooks" },
    });
    const exchanged = await client.itemPublicTokenExchange({ public_token: linked.data.public_token });
    const { access_token, item_id } = exchanged.data;

    const { item } = (await client.itemGet({ access_token })).data;
    expect(item).toMatchObject({ item_id, institution_id: "ins_109508", webhook: "http://127.0.0.1:9/webhooks" });
    const institution_id = item.institution_id ?? "";
    const institution = await client.institutionsGetById({ institution_id, country_codes: [CountryCode.Us] });
    expect(institution.data.institution.name).toBe("First Platypus Bank");

    const { accounts } = (await client.accountsGet({ access_token })).data;
    const account_ids = [accounts[0]?.account_id ?? ""];
    const fresh = await client.accountsBalanceGet({ access_token, options: { account_ids } });
    expect(fresh.data.accounts).toHaveLength(1);
    expect((await client.liabilitiesGet({ access_token })).data.liabilities.student).toHaveLength(1);
    await expect(client.investmentsHoldingsGet({ access_token })).rejects.toMatchObject({
      response: { status: 400, data: { error_type: "ITEM_ERROR", error_code: "NO_INVESTMENT_ACCOUNTS" } },
    });

    const created = await client.assetReportCreate({ access_tokens: [access_token], days_requested: 60 });
    const { asset_report_token } = created.data;
    await expect(client.assetReportGet({ asset_report_token })).rejects.toMatchObject({
      response: { data: { error_code: "PRODUCT_NOT_READY" } },
    });
    sandbox.clock.advance(2_000);
    const { report, warnings } = (await client.assetReportGet({ asset_report_token, include_insights: true })).data;
    expect(report.items[0]?.accounts[0]?.transactions[0]?.category?.length).toBeGreaterThan(0);
    expect(warnings).toEqual([]);

    expect((await client.assetReportRemove({ asset_report_token })).data.removed).toBe(true);
    await client.itemRemove({ access_token });
    await expect(client.accountsGet({ access_token })).rejects.toMatchObject({
      response: { data: { error_code: "INVALID_ACCESS_TOKEN" } },
    });
  });

  it("reads a report that was shared, refreshes a relay, and no more once it is taken back", async () => {
    const { access_token } = (
      await client.itemPublicTokenExchange({
        public_token: (
          await client.sandboxPublicTokenCreate({ institution_id: "ins_109508", initial_products: [Products.Assets] })
        ).data.public_token,
      })
    ).data;
    const created = await client.assetReportCreate({ access_tokens: [access_token], days_requested: 7 });
    const { asset_report_token, asset_report_id } = created.data;
    sandbox.clock.advance(2_000);
    const { audit_copy_token } = (await client.assetReportAuditCopyCreate({ asset_report_token, auditor_id: "a" }))
      .data;
    const own = (await client.assetReportGet({ asset_report_token })).data.report;
    expect((await client.assetReportAuditCopyGet({ audit_copy_token })).data.report).toEqual(own);
    await client.assetReportAuditCopyRemove({ audit_copy_token });
    await expect(client.assetReportAuditCopyGet({ audit_copy_token })).rejects.toMatchObject({
      response: { status: 400, data: { error_type: "INVALID_INPUT", error_code: "INVALID_AUDIT_COPY_TOKEN" } },
    });

    const shared = { report_tokens: [asset_report_token], secondary_client_id: "partner" };
    const { relay_token } = (await client.creditRelayCreate(shared)).data;
    const relay = { relay_token, report_type: ReportType.Asset };
    expect((await client.creditRelayGet(relay)).data.report).toEqual(own);
    const pdf = await client.creditRelayPdfGet(relay, { responseType: "arraybuffer" });
    expect(Buffer.from(pdf.data).subarray(0, 5).toString()).toBe("%PDF-");

    const refreshed = (await client.creditRelayRefresh(relay)).data;
    expect(refreshed).toMatchObject({ relay_token, asset_report_id: expect.not.stringMatching(asset_report_id) });
    await expect(client.creditRelayGet(relay)).rejects.toMatchObject({
      response: { data: { error_code: "PRODUCT_NOT_READY" } },
    });
    sandbox.clock.advance(2_000);
    const newer = (await client.creditRelayGet({ ...relay, include_insights: true })).data.report;
    expect(newer).toMatchObject({ asset_report_id: refreshed.asset_report_id, days_requested: 7 });
    expect((await client.assetReportGet({ asset_report_token })).data.report).toEqual(own);

    await client.creditRelayRemove({ relay_token });
    for (const call of [client.creditRelayGet(relay), client.creditRelayRefresh(relay)]) {
      await expect(call).rejects.toMatchObject({ response: { data: { error_code: "INVALID_RELAY_TOKEN" } } });
    }
  });

  it("reads the brokerage's holdings", async () => {
    const linked = await client.sandboxPublicTokenCreate({
      institution_id: "ins_109511",
      initial_products: [Products.Investments],
      options: { override_username: "user_good", override_password: "pass_good" },
    });
    const { access_token } = (await client.itemPublicTokenExchange({ public_token: linked.data.public_token })).data;
    const { holdings, securities } = (await client.investmentsHoldingsGet({ access_token })).data;
    expect([holdings.length, securities.length]).toEqual([13, 11]);
  });

  it("keeps the investments of a report in a relay that is refreshed", async () => {
    const options = { add_ons: [AssetReportAddOns.Investments] };
    const access_tokens = [sandbox.demo.PLAID[1] ?? ""];
    const { asset_report_token } = (await client.assetReportCreate({ access_tokens, days_requested: 7, options })).data;
    sandbox.clock.advance(2_000);
    const shared = { report_tokens: [asset_report_token], secondary_client_id: "partner" };
    const relay = { relay_token: (await client.creditRelayCreate(shared)).data.relay_token };
    const holdings = async () => {
      const { report } = (await client.creditRelayGet({ ...relay, report_type: ReportType.Asset })).data;
      return report.items[0]?.accounts.map(({ investments }) => investments?.holdings?.length);
    };
    const before = await holdings();
    expect(before).toEqual([expect.any(Number), expect.any(Number), expect.any(Number)]);
    await client.creditRelayRefresh({ ...relay, report_type: ReportType.Asset });
    sandbox.clock.advance(2_000);
    expect(await holdings()).toEqual(before);
  });

  it("finds institutions, opens and reopens the link flow, and replaces an access token", async () => {
    const country_codes = [CountryCode.Us];
    const { institutions, total } = (await client.institutionsGet({ count: 2, offset: 1, country_codes })).data;
    expect([institutions.map(({ institution_id }) => institution_id), total]).toEqual([
      ["ins_109509", "ins_109510"],
      7,
    ]);
    const found = await client.institutionsSearch({ query: "Gingham", country_codes, products: null });
    expect(found.data.institutions).toMatchObject([{ name: "First Gingham Credit Union" }]);
    expect((await client.categoriesGet({})).data.categories.length).toBeGreaterThan(20);

    const link = { client_name: "Ledger", language: "en", country_codes, user: { client_user_id: "u" } };
    const opened = (await client.linkTokenCreate({ ...link, products: [Products.Auth], hosted_link: {} })).data;
    expect(Date.parse(opened.expiration) - sandbox.clock.now()).toBe(4 * 3_600_000);
    expect(opened.hosted_link_url).toContain(opened.link_token);
    const linked = await client.sandboxPublicTokenCreate({
      institution_id: "ins_109508",
      initial_products: [Products.Auth],
    });
    const { access_token } = (await client.itemPublicTokenExchange({ public_token: linked.data.public_token })).data;
    const reopened = (await client.linkTokenCreate({ ...link, access_token })).data;
    expect(Date.parse(reopened.expiration) - sandbox.clock.now()).toBe(30 * 60_000);

    const { new_access_token } = (await client.itemAccessTokenInvalidate({ access_token })).data;
    expect(new_access_token).toMatch(/^access-sandbox-/);
    await expect(client.itemGet({ access_token })).rejects.toMatchObject({
      response: { data: { error_code: "INVALID_ACCESS_TOKEN" } },
    });
    expect((await client.itemGet({ access_token: new_access_token })).data.item.institution_id).toBe("ins_109508");
  });
});
