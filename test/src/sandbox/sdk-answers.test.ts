import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { CountryCode, type PlaidApi, Products } from "plaid";
import { USER_NAMES, userOf } from "../../../src/sandbox/world/users.ts";
import { sdkClient } from "../../support/sdk-client.ts";
import { readSdkTypes } from "../../support/sdk-types.ts";
import { CUSTOM_USER_FILES, customUserFile } from "./custom-users/custom-item.ts";
import { startTestSandbox, type TestSandbox } from "./start.ts";

/** What Plaid may say of an item instead of an answer, by its error code. */
const INSTEAD = [
  "INSTITUTION_DOWN",
  "ITEM_LOGIN_REQUIRED",
  "NO_AUTH_ACCOUNTS",
  "NO_INVESTMENT_ACCOUNTS",
  "NO_INVESTMENT_AUTH_ACCOUNTS",
  "NO_LIABILITY_ACCOUNTS",
  "PRODUCTS_NOT_SUPPORTED",
];
const DATES = { start_date: "2024-01-01", end_date: "2026-06-30" };

type Read = (client: PlaidApi, access_token: string) => Promise<unknown>;
const READS: readonly (readonly [endpoint: string, read: Read])[] = [
  ["/item/get", (client, access_token) => client.itemGet({ access_token })],
  ["/accounts/get", (client, access_token) => client.accountsGet({ access_token })],
  [
    "/accounts/balance/get",
    (client, access_token) =>
      client.accountsBalanceGet({ access_token, options: { min_last_updated_datetime: "2026-06-01T00:00:00Z" } }),
  ],
  ["/auth/get", (client, access_token) => client.authGet({ access_token })],
  ["/identity/get", (client, access_token) => client.identityGet({ access_token })],
  ["/investments/auth/get", (client, access_token) => client.investmentsAuthGet({ access_token })],
  ["/investments/holdings/get", (client, access_token) => client.investmentsHoldingsGet({ access_token })],
  ["/liabilities/get", (client, access_token) => client.liabilitiesGet({ access_token })],
  [
    "/transactions/get",
    (client, access_token) =>
      client.transactionsGet({
        access_token,
        ...DATES,
        options: { count: 120, include_original_description: true, include_personal_finance_category: true },
      }),
  ],
  [
    "/investments/transactions/get",
    (client, access_token) => client.investmentsTransactionsGet({ access_token, ...DATES, options: { count: 500 } }),
  ],
];

const statusOf = (error: { response?: { status?: number; data?: { error_code?: string } } }) => {
  const { status, data } = error.response ?? {};
  if (status !== 400 || !INSTEAD.includes(data?.error_code ?? "")) throw error;
  return data?.error_code;
};

describe("every answer is as Plaid's SDK declares it", () => {
  let sandbox: TestSandbox;
  let client: PlaidApi;
  beforeAll(async () => {
    sandbox = await startTestSandbox();
    client = sdkClient(sandbox.endpoints.PLAID, readSdkTypes());
  });
  afterAll(() => sandbox.close());

  it.each(READS)("%s of every named user", async (_endpoint, read) => {
    const outcomes = await Promise.all(
      USER_NAMES.map((user) => read(client, sandbox.createItem("PLAID", { user }).accessToken).catch(statusOf)),
    );
    expect(outcomes.some((outcome) => typeof outcome === "object")).toBe(true);
  });

  it.each(USER_NAMES.filter((user) => userOf(user, "PLAID")?.error === undefined))(
    "a report of %s, with and without insights",
    async (user) => {
      const { accessToken } = sandbox.createItem("PLAID", { user });
      const options = { add_ons: ["investments"], client_report_id: "7", user: { first_name: "Ann" } } as object;
      const { asset_report_token } = (
        await client.assetReportCreate({ access_tokens: [accessToken], days_requested: 61, options })
      ).data;
      sandbox.clock.advance(2_000);
      for (const include_insights of [false, true]) {
        const { report } = (await client.assetReportGet({ asset_report_token, include_insights })).data;
        expect(report.items[0]?.accounts.length).toBeGreaterThan(0);
      }
    },
  );

  it.each(CUSTOM_USER_FILES)("whatever the custom user of %s has", async (name) => {
    const override_password = JSON.stringify(customUserFile(name));
    const { public_token } = (
      await client.sandboxPublicTokenCreate({
        institution_id: "ins_109508",
        initial_products: [Products.Assets],
        options: { override_username: "user_custom", override_password },
      })
    ).data;
    const { access_token } = (await client.itemPublicTokenExchange({ public_token })).data;
    const outcomes = await Promise.all(READS.map(([, read]) => read(client, access_token).catch(statusOf)));
    expect(outcomes.filter((outcome) => typeof outcome === "object").length).toBeGreaterThan(2);
    await client.transactionsSync({ access_token, count: 50 });
    const options = { add_ons: ["investments"] } as object;
    const created = await client.assetReportCreate({ access_tokens: [access_token], days_requested: 61, options });
    sandbox.clock.advance(2_000);
    const { asset_report_token } = created.data;
    await client.assetReportGet({ asset_report_token, include_insights: true });
  });

  it("a report without one of its items warns of it", async () => {
    const access_tokens = [
      sandbox.demo.PLAID[0] ?? "",
      sandbox.createItem("PLAID", { user: "broken-login" }).accessToken,
    ];
    const options = { require_all_items: false };
    const created = await client.assetReportCreate({ access_tokens, days_requested: 10, options });
    sandbox.clock.advance(2_000);
    const { asset_report_token } = created.data;
    expect((await client.assetReportGet({ asset_report_token })).data.report.items).toHaveLength(1);
    const strict = (await client.assetReportCreate({ access_tokens, days_requested: 10 })).data;
    sandbox.clock.advance(2_000);
    await expect(client.assetReportGet({ asset_report_token: strict.asset_report_token })).rejects.toMatchObject({
      response: { data: { error_type: "ASSET_REPORT_ERROR", causes: [{ error_code: "ITEM_LOGIN_REQUIRED" }] } },
    });
  });

  it("institutions, with all that may be asked of them", async () => {
    const country_codes = [CountryCode.Us];
    const options = { include_optional_metadata: true, include_status: true, include_auth_metadata: true };
    await client.institutionsGetById({ institution_id: "ins_109511", country_codes, options });
    await client.institutionsGet({ count: 50, offset: 0, country_codes, options: { products: [Products.Auth] } });
    await client.institutionsSearch({ query: "bank", country_codes, products: [Products.Assets] });
    await client.categoriesGet({});
  });
});
