import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type PlaidApi, Products } from "plaid";
import { sdkClient } from "../../../support/sdk-client.ts";
import { readSdkTypes } from "../../../support/sdk-types.ts";
import { startTestSandbox, type TestSandbox } from "../start.ts";
import { CUSTOM_USER_FILES, customUserFile } from "./custom-item.ts";

const DATES = { start_date: "2000-01-01", end_date: "2099-12-31" };
/** What an item may say that has no such accounts. */
const NONE = /^NO_(AUTH|INVESTMENT|INVESTMENT_AUTH|LIABILITY)_ACCOUNTS$/;

/** Whatever a file can tell of an account. */
const FULL = {
  version: "2",
  seed: "full",
  override_accounts: [
    {
      ...{
        type: "depository",
        subtype: "checking",
        starting_balance: 10.5,
        has_null_available_balance: true,
        currency: "CHF",
      },
      meta: { name: "Konto", official_name: "Privatkonto", limit: 500, mask: "" },
      numbers: {
        account: "123",
        ach_routing: "011401533",
        eft_institution: "114",
        eft_branch: "01533",
        bacs_sort_code: "200000",
        international_bic: "BOFIIE2D",
      },
      transactions: [{ amount: 1, currency: "XYZZY" }],
      identity: {
        names: ["Ada"],
        phone_numbers: [{ data: "1" }],
        emails: [{ data: "a@example.com" }],
        addresses: [{ data: { city: "Bern" } }],
      },
    },
    {
      type: "credit",
      liability: { type: "credit", last_payment_amount: 1 },
      inflow_model: { type: "monthly-interest-only-payment" },
    },
    { type: "loan", subtype: "auto", starting_balance: 100, inflow_model: { type: "monthly-balance-payment" } },
    {
      type: "loan",
      liability: {
        type: "student",
        repayment_plan_type: "graduated",
        pslf_status: { payments_made: 1 },
        loan_status: { type: "in school" },
        servicer_address: { data: { city: "Bern" } },
      },
    },
    {
      type: "investment",
      holdings: [{}, { security: { name: "Fund", currency: "BTC" } }],
      investment_transactions: [{}, { quantity: 1, security: { sedol: "B0YBKJ7" } }],
    },
    { type: "payroll" },
  ],
};

describe("custom users by Plaid's own SDK", () => {
  let folder: string;
  let sandbox: TestSandbox;
  let client: PlaidApi;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "custom-users-"));
    await writeFile(join(folder, "ada lovelace.json"), JSON.stringify(customUserFile("user_rich.json")));
    await writeFile(join(folder, "notes.txt"), "not a user");
    sandbox = await startTestSandbox({ usersFolder: folder });
    client = sdkClient(sandbox.endpoints.PLAID, readSdkTypes());
  });
  afterAll(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true });
  });

  const publicToken = async (
    override_username: string,
    override_password: string | undefined,
    institution_id = "ins_109508",
  ) => {
    const options = { override_username, override_password };
    const { data } = await client.sandboxPublicTokenCreate({
      institution_id,
      initial_products: [Products.Auth],
      options,
    });
    return data.public_token;
  };
  const link = async (...login: Parameters<typeof publicToken>) => {
    const { data } = await client.itemPublicTokenExchange({ public_token: await publicToken(...login) });
    return data.access_token;
  };
  const refusal = (call: Promise<unknown>) =>
    call.then(
      () => null,
      ({ response }) => response.data as { error_code: string },
    );
  const orNone = (call: Promise<unknown>) =>
    call.catch((error: { response?: { data?: { error_code?: string } } }) => {
      if (!NONE.test(error.response?.data?.error_code ?? "")) throw error;
    });

  it.each([...CUSTOM_USER_FILES.map((name) => [name, customUserFile(name)]), ["a file of everything", FULL]])(
    "%s answers every call as the SDK declares it",
    async (_name, file) => {
      const access_token = await link("user_custom", JSON.stringify(file));
      const { accounts, item } = (await client.accountsGet({ access_token })).data;
      expect(accounts).toHaveLength(file.override_accounts.length);
      expect(item.institution_id).toBe("ins_109508");
      await client.itemGet({ access_token });
      await client.identityGet({ access_token });
      await client.transactionsGet({
        access_token,
        ...DATES,
        options: { count: 500, include_original_description: true },
      });
      await orNone(client.authGet({ access_token }));
      await orNone(client.liabilitiesGet({ access_token }));
      await orNone(client.investmentsHoldingsGet({ access_token }));
      await orNone(client.investmentsAuthGet({ access_token }));
      await orNone(client.investmentsTransactionsGet({ access_token, ...DATES, options: { count: 500 } }));
      const options = { add_ons: ["investments"] } as object;
      const created = await client.assetReportCreate({ access_tokens: [access_token], days_requested: 731, options });
      sandbox.clock.advance(2_000);
      const { asset_report_token } = created.data;
      const { report } = (await client.assetReportGet({ asset_report_token, include_insights: true })).data;
      expect(report.items[0]?.accounts).toHaveLength(accounts.length);
    },
  );

  it("log in at the institution that is asked for", async () => {
    const access_token = await link("user_custom", "{}", "ins_109511");
    expect((await client.itemGet({ access_token })).data.item.institution_name).toBe("Tartan Bank");
  });

  it("are those of the folder too, by the names of their files", async () => {
    const { accounts } = (await client.accountsGet({ access_token: await link("ada lovelace", "any password") })).data;
    expect(accounts.map(({ name, balances }) => [name, balances.current])).toEqual([
      ["IOLTA Trust Account", 1_500_000],
      ["Operational", 1_000_000],
    ]);
    expect(await refusal(publicToken("notes", "any"))).toMatchObject({ error_code: "INVALID_FIELD" });
  });

  it.each([
    [undefined, "options.override_password: is not JSON"],
    ["pass_good", "options.override_password: is not JSON"],
    ["[]", "options.override_password: Invalid input"],
    [
      JSON.stringify({ override_accounts: [{}, {}, { transactions: [{ amount: "1" }] }] }),
      "options.override_password: override_accounts[2].transactions[0].amount: Invalid input",
    ],
  ])("that cannot be read (%s) are refused with the key", async (password, message) => {
    expect(await refusal(publicToken("user_custom", password))).toMatchObject({
      ...{ error_type: "INVALID_REQUEST", error_code: "INVALID_FIELD" },
      error_message: expect.stringContaining(message) as unknown,
    });
  });

  it.each([
    ["INSTITUTION_ERROR", "INSTITUTION_NOT_RESPONDING"],
    ["INSTITUTION_ERROR", "INSTITUTION_NO_LONGER_SUPPORTED"],
    ["ITEM_ERROR", "INVALID_CREDENTIALS"],
    ["ITEM_ERROR", "INVALID_MFA"],
    ["ITEM_ERROR", "ITEM_LOCKED"],
    ["ITEM_ERROR", "ITEM_LOGIN_REQUIRED"],
    ["ITEM_ERROR", "ITEM_NOT_SUPPORTED"],
    ["INVALID_INPUT", "INVALID_LINK_TOKEN"],
    ["ITEM_ERROR", "MFA_NOT_SUPPORTED"],
    ["ITEM_ERROR", "NO_ACCOUNTS"],
    ["API_ERROR", "PLAID_ERROR"],
    ["ITEM_ERROR", "USER_INPUT_TIMEOUT"],
    ["ITEM_ERROR", "USER_SETUP_REQUIRED"],
  ])("whose error is forced are refused with it: %s %s", async (error_type, error_code) => {
    const password = JSON.stringify({ force_error: error_code });
    expect(await refusal(publicToken("user_custom", password))).toMatchObject({ error_type, error_code });
  });
});
