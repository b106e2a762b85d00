import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { compactVerify, importJWK } from "jose";
import {
  SandboxItemFireWebhookRequestWebhookCodeEnum as Code,
  type CustomSandboxTransaction,
  type PlaidApi,
  Products,
  SandboxItemSetVerificationStatusRequestVerificationStatusEnum as Verification,
  WebhookType,
} from "plaid";
import { sdkClient } from "../../support/sdk-client.ts";
import { readSdkTypes, type SdkTypes } from "../../support/sdk-types.ts";
import { type Received, type Receiver, startReceiver } from "./receiver.ts";
import { startTestSandbox, type TestSandbox } from "./start.ts";

const refused = (error_type: string, error_code: string, error_message: unknown = expect.any(String)) => ({
  response: { status: 400, data: { error_type, error_code, error_message } },
});

describe("what Plaid's sandbox lets happen to an item", () => {
  let sandbox: TestSandbox;
  let types: SdkTypes;
  let client: PlaidApi;
  let receiver: Receiver;
  beforeAll(async () => {
    types = readSdkTypes();
    [sandbox, receiver] = await Promise.all([startTestSandbox(), startReceiver()]);
    client = sdkClient(sandbox.endpoints.PLAID, types);
  });
  beforeEach(() => {
    receiver.received.length = 0;
  });
  afterAll(() => Promise.all([sandbox.close(), receiver.close()]));

  /** An item as an app links it. */
  async function link(
    institution_id = "ins_109508",
    options: object = {},
    initial_products: Products[] = [Products.Assets],
  ) {
    const { public_token } = (
      await client.sandboxPublicTokenCreate({
        institution_id,
        initial_products,
        options: { webhook: receiver.url, ...options },
      })
    ).data;
    return (await client.itemPublicTokenExchange({ public_token })).data;
  }

  /** The webhooks that came, in the order of their codes. */
  async function arrived(count: number): Promise<Received[]> {
    await receiver.arrived(count);
    return receiver.received.toSorted((one, other) => (one.body.webhook_code < other.body.webhook_code ? -1 : 1));
  }

  it("signs in at the bank that is named, whoever it is", async () => {
    for (const institution_id of ["ins_109508", "ins_109511", "ins_109512"]) {
      const { access_token } = await link(institution_id);
      expect((await client.itemGet({ access_token })).data.item.institution_id).toBe(institution_id);
    }
  });

  it("is billed for what it was linked with and what was read of it since", async () => {
    const { access_token } = await link("ins_109508", {}, [Products.Transactions, Products.Balance]);
    const read = async () => {
      const { billed_products, available_products, products } = (await client.itemGet({ access_token })).data.item;
      expect(products).toEqual(billed_products);
      return { billed_products, available_products };
    };
    expect(await read()).toEqual({
      billed_products: ["transactions"],
      available_products: ["assets", "auth", "balance", "identity", "liabilities"],
    });
    await expect(client.investmentsHoldingsGet({ access_token })).rejects.toMatchObject(
      refused("ITEM_ERROR", "NO_INVESTMENT_ACCOUNTS"),
    );
    await client.authGet({ access_token });
    await client.assetReportCreate({ access_tokens: [access_token], days_requested: 1 });
    expect(await read()).toEqual({
      billed_products: ["assets", "auth", "transactions"],
      available_products: ["balance", "identity", "liabilities"],
    });
    await expect(link("ins_109508", {}, [Products.Auth, Products.Transfer])).rejects.toMatchObject(
      refused("INVALID_INPUT", "INVALID_PRODUCT", expect.stringContaining('["transfer"]')),
    );
  });

  const FIRED: readonly (readonly [Code, WebhookType | undefined, string, object])[] = [
    [Code.DefaultUpdate, undefined, "DefaultUpdateWebhook", { webhook_type: "TRANSACTIONS" }],
    [Code.DefaultUpdate, WebhookType.Transactions, "DefaultUpdateWebhook", { new_transactions: expect.any(Number) }],
    [
      Code.DefaultUpdate,
      WebhookType.Liabilities,
      "LiabilitiesDefaultUpdateWebhook",
      { account_ids_with_new_liabilities: [] },
    ],
    [Code.DefaultUpdate, WebhookType.Auth, "AuthDefaultUpdateWebhook", { webhook_type: "AUTH" }],
    [Code.DefaultUpdate, "IDENTITY" as WebhookType, "IdentityDefaultUpdateWebhook", { webhook_type: "IDENTITY" }],
    [Code.NewAccountsAvailable, undefined, "NewAccountsAvailableWebhook", { webhook_type: "ITEM" }],
    [Code.SmsMicrodepositsVerification, undefined, "HostedMMDVerificationWebhook", { status: "MANUALLY_VERIFIED" }],
    [Code.UserPermissionRevoked, undefined, "UserPermissionRevokedWebhook", { error: { status: 400 } }],
    [Code.UserAccountRevoked, undefined, "UserAccountRevokedWebhook", { account_id: expect.any(String) }],
    [Code.PendingDisconnect, undefined, "PendingDisconnectWebhook", { reason: "INSTITUTION_MIGRATION" }],
    [Code.RecurringTransactionsUpdate, undefined, "RecurringTransactionsUpdateWebhook", {}],
    [Code.LoginRepaired, undefined, "ItemLoginRepairedWebhook", { webhook_type: "ITEM" }],
    [Code.SyncUpdatesAvailable, undefined, "SyncUpdatesAvailableWebhook", { historical_update_complete: true }],
    [Code.ProductReady, undefined, "AssetsProductReadyWebhook", { webhook_type: "ASSETS", report_type: "FULL" }],
    [Code.Error, undefined, "AssetsErrorWebhook", { error: { error_type: "ASSET_REPORT_ERROR" } }],
  ];
  it.each(FIRED)("fires %s (type %s) as the SDK's %s, signed", async (webhook_code, webhook_type, declared, said) => {
    const { access_token } = await link();
    expect((await client.sandboxItemFireWebhook({ access_token, webhook_code, webhook_type })).data.webhook_fired).toBe(
      true,
    );
    const [webhook] = await arrived(1);
    expect(webhook?.body).toMatchObject({ webhook_code, ...said, environment: "sandbox" });
    expect(types.faultsOf(declared, webhook?.body)).toEqual([]);

    const jwt = String(webhook?.headers["plaid-verification"]);
    const key_id = String(JSON.parse(Buffer.from(jwt.split(".")[0] ?? "", "base64url").toString()).kid);
    const { key } = (await client.webhookVerificationKeyGet({ key_id })).data;
    const { payload } = await compactVerify(jwt, await importJWK({ ...key }, "ES256"));
    const hash = createHash("sha256")
      .update(webhook?.text ?? "")
      .digest("hex");
    expect(JSON.parse(Buffer.from(payload).toString()).request_body_sha256).toBe(hash);
  });

  it.each([
    [WebhookType.Holdings, "HoldingsDefaultUpdateWebhook"],
    [WebhookType.InvestmentsTransactions, "InvestmentsDefaultUpdateWebhook"],
  ])("fires DEFAULT_UPDATE of type %s for an item with investments only", async (webhook_type, declared) => {
    const fire = { webhook_code: Code.DefaultUpdate, webhook_type };
    const invested = await link("ins_109511");
    await client.sandboxItemFireWebhook({ access_token: invested.access_token, ...fire });
    const [webhook] = await arrived(1);
    expect(types.faultsOf(declared, webhook?.body)).toEqual([]);
    const { access_token } = await link("ins_109508");
    await expect(client.sandboxItemFireWebhook({ access_token, ...fire })).rejects.toMatchObject(
      refused("SANDBOX_ERROR", "SANDBOX_PRODUCT_NOT_ENABLED"),
    );
  });

  it("names the item's newest report in a webhook of assets", async () => {
    const { access_token } = await link();
    const { asset_report_id } = (await client.assetReportCreate({ access_tokens: [access_token], days_requested: 1 }))
      .data;
    await client.sandboxItemFireWebhook({ access_token, webhook_code: Code.ProductReady });
    const [webhook] = await arrived(1);
    expect(webhook?.body.asset_report_id).toBe(asset_report_id);
  });

  it("fires nothing without an address, for no such code, nor what there is no update of", async () => {
    const { access_token } = await link("ins_109508", { webhook: undefined });
    const fire = (webhook_code: string, webhook_type?: string) =>
      client.sandboxItemFireWebhook({ access_token, webhook_code, webhook_type } as never);
    await expect(fire("DEFAULT_UPDATE")).rejects.toMatchObject(refused("SANDBOX_ERROR", "SANDBOX_WEBHOOK_INVALID"));
    await expect(fire("NOTHING")).rejects.toMatchObject(
      refused("INVALID_REQUEST", "INVALID_FIELD", expect.stringContaining("webhook_code must be one of")),
    );
    await expect(fire("DEFAULT_UPDATE", "ITEM")).rejects.toMatchObject(
      refused("INVALID_REQUEST", "INVALID_FIELD", expect.stringContaining("webhook_type")),
    );
    await expect(fire("AUTHORIZATION_GRANTED")).rejects.toMatchObject(
      refused("SANDBOX_ERROR", "SANDBOX_PRODUCT_NOT_ENABLED"),
    );
  });

  it("a login that was reset fails every read until it is given anew", async () => {
    const { access_token, item_id } = await link();
    expect((await client.sandboxItemResetLogin({ access_token })).data.reset_login).toBe(true);
    const [lost] = await arrived(1);
    expect(lost?.body).toMatchObject({ webhook_code: "ERROR", item_id, error: { error_code: "ITEM_LOGIN_REQUIRED" } });
    expect(types.faultsOf("ItemErrorWebhook", lost?.body)).toEqual([]);
    const dates = { start_date: "2026-06-01", end_date: "2026-06-02" };
    for (const call of [
      client.accountsGet({ access_token }),
      client.accountsBalanceGet({ access_token }),
      client.authGet({ access_token }),
      client.identityGet({ access_token }),
      client.liabilitiesGet({ access_token }),
      client.investmentsHoldingsGet({ access_token }),
      client.transactionsGet({ access_token, ...dates }),
    ]) {
      await expect(call).rejects.toMatchObject(refused("ITEM_ERROR", "ITEM_LOGIN_REQUIRED"));
    }
    expect((await client.itemGet({ access_token })).data.item.error?.error_code).toBe("ITEM_LOGIN_REQUIRED");

    sandbox.repairItem(item_id);
    const [, repaired] = await arrived(2);
    expect(repaired?.body).toMatchObject({ webhook_code: "LOGIN_REPAIRED", item_id });
    expect((await client.itemGet({ access_token })).data.item.error).toBeNull();
    expect((await client.accountsGet({ access_token })).data.accounts).not.toEqual([]);
    expect(() => sandbox.repairItem("nobody's")).toThrow('no item "nobody\'s"');
  });

  it("an account's verification is told with the account, and by webhook", async () => {
    const { access_token } = await link();
    const [account] = (await client.accountsGet({ access_token })).data.accounts;
    const account_id = account?.account_id ?? "";
    for (const verification_status of [Verification.AutomaticallyVerified, Verification.VerificationExpired]) {
      await client.sandboxItemSetVerificationStatus({ access_token, account_id, verification_status });
      const { accounts } = (await client.accountsGet({ access_token })).data;
      expect(accounts.map((one) => one.verification_status).filter(Boolean)).toEqual([verification_status]);
    }
    const webhooks = await arrived(2);
    const declared = ["AutomaticallyVerifiedWebhook", "VerificationExpiredWebhook"];
    expect(webhooks.map(({ body }, at) => types.faultsOf(declared[at] ?? "", body))).toEqual([[], []]);
    const elsewhere = { access_token, account_id: "x", verification_status: Verification.VerificationExpired };
    await expect(client.sandboxItemSetVerificationStatus(elsewhere)).rejects.toMatchObject(
      refused("INVALID_INPUT", "INVALID_ACCOUNT_ID"),
    );
  });

  const bought: CustomSandboxTransaction = {
    date_transacted: "2026-06-15",
    date_posted: "2026-06-16",
    amount: 100.25,
    description: "A RARE VASE",
  };

  it("takes transactions, which are in lists, balances and new reports, and not in reports made before", async () => {
    const { access_token } = await link("ins_109508", { override_username: "user_transactions_dynamic" });
    const read = async () => {
      const { accounts } = (await client.accountsGet({ access_token })).data;
      const body = { access_token, start_date: "2026-06-10", end_date: "2026-06-17", options: { count: 500 } };
      return { balance: accounts[0]?.balances.current ?? 0, ...(await client.transactionsGet(body)).data };
    };
    const report = async () => {
      const { asset_report_token } = (
        await client.assetReportCreate({ access_tokens: [access_token], days_requested: 9 })
      ).data;
      sandbox.clock.advance(2_000);
      return async () => {
        const { items } = (await client.assetReportGet({ asset_report_token })).data.report;
        return items[0]?.accounts[0];
      };
    };
    const before = await read();
    const old = await report();
    const oldContent = await old();
    await client.sandboxTransactionsCreate({
      access_token,
      transactions: [bought, { ...bought, amount: -20, description: "PART REFUND", iso_currency_code: "CAD" }],
    });
    const after = await read();
    expect(after.balance).toBeCloseTo(before.balance - 80.25, 6);
    expect(after.total_transactions - before.total_transactions).toBe(2);
    const known = new Set(before.transactions.map((one) => one.transaction_id));
    const told = after.transactions.filter((one) => !known.has(one.transaction_id));
    expect(told).toMatchObject([
      { name: "PART REFUND", amount: -20, iso_currency_code: "CAD", date: "2026-06-16", pending: false },
      { name: "A RARE VASE", amount: 100.25, iso_currency_code: "USD", authorized_date: "2026-06-15" },
    ]);
    expect(told.every((one) => one.account_id === after.accounts[0]?.account_id)).toBe(true);
    const [webhook] = await arrived(1);
    expect(webhook?.body).toMatchObject({ webhook_code: "DEFAULT_UPDATE", new_transactions: 2 });

    expect(await old()).toEqual(oldContent);
    const content = await (await report())();
    expect(content?.transactions.filter((one) => one.original_description === "A RARE VASE")).toHaveLength(1);
    expect(content?.historical_balances[0]?.current).toBeCloseTo(
      (oldContent?.historical_balances[0]?.current ?? 0) - 80.25,
    );
    expect(content?.historical_balances[1]?.current).toBe(oldContent?.historical_balances[1]?.current);
  });

  const WRONG: readonly (readonly [string, Partial<CustomSandboxTransaction>, string])[] = [
    [
      "of tomorrow",
      { date_transacted: "2026-06-18" },
      "transactions[0].date_transacted must be a date from 2026-06-03",
    ],
    ["of 15 days ago", { date_transacted: "2026-06-02" }, "transactions[0].date_transacted must be a date from"],
    ["posted tomorrow", { date_posted: "2026-06-18" }, "transactions[0].date_posted must be a date from"],
    ["posted before it was made", { date_posted: "2026-06-14" }, "transactions[0].date_posted must not be before"],
    ["of 30 February", { date_posted: "2026-02-30" }, "transactions[0].date_posted must be a date as YYYY-MM-DD"],
    ["for more than sums can hold", { amount: 1e308 }, "transactions[0].amount must be a number from"],
    ["for no number", { amount: "5" as never }, "transactions[0].amount must be a number"],
    ["in no currency", { iso_currency_code: "dollars" }, "transactions[0].iso_currency_code"],
  ];
  it.each(WRONG)("takes no transaction %s", async (_what, wrong, message) => {
    const { access_token } = await link("ins_109508", { override_username: "user_transactions_dynamic" });
    await expect(
      client.sandboxTransactionsCreate({ access_token, transactions: [{ ...bought, ...wrong }] }),
    ).rejects.toMatchObject(refused("INVALID_REQUEST", "INVALID_FIELD", expect.stringContaining(message)));
  });

  it("takes one to ten transactions, of the test user for it, with an account that holds deposits", async () => {
    const create = async (count: number, override_username: string) => {
      const { access_token } = await link("ins_109508", { override_username });
      return client.sandboxTransactionsCreate({ access_token, transactions: Array(count).fill(bought) });
    };
    await create(10, "user_transactions_dynamic");
    for (const count of [0, 11]) {
      await expect(create(count, "user_transactions_dynamic")).rejects.toMatchObject(
        refused("INVALID_REQUEST", "INVALID_FIELD", expect.stringContaining("1 to 10")),
      );
    }
    await expect(create(1, "user_good")).rejects.toMatchObject(refused("INVALID_REQUEST", "INVALID_FIELD"));
    const own = { access_token: sandbox.demo.PLAID[1] ?? "", transactions: [bought] };
    await expect(client.sandboxTransactionsCreate(own)).rejects.toMatchObject(refused("ITEM_ERROR", "NO_ACCOUNTS"));
  });

  it("what happens in the ordinary course is told in webhooks as the SDK declares them", async () => {
    const { access_token } = await link("ins_109508", { webhook: undefined });
    await client.itemWebhookUpdate({ access_token, webhook: receiver.url });
    await client.transactionsSync({ access_token });
    await client.transactionsRefresh({ access_token });
    const { access_token: invested } = await link("ins_109511");
    await client.investmentsRefresh({ access_token: invested });
    const options = { webhook: receiver.url };
    await client.assetReportCreate({ access_tokens: [access_token], days_requested: 1, options });
    const broken = sandbox.createItem("PLAID", { user: "broken-login" }).accessToken;
    await client.assetReportCreate({ access_tokens: [broken], days_requested: 1, options });
    await receiver.arrived(5);
    sandbox.clock.advance(2_000);
    await receiver.arrived(7);
    const DECLARED: Record<string, string> = {
      "ITEM WEBHOOK_UPDATE_ACKNOWLEDGED": "WebhookUpdateAcknowledgedWebhook",
      "TRANSACTIONS DEFAULT_UPDATE": "DefaultUpdateWebhook",
      "TRANSACTIONS SYNC_UPDATES_AVAILABLE": "SyncUpdatesAvailableWebhook",
      "HOLDINGS DEFAULT_UPDATE": "HoldingsDefaultUpdateWebhook",
      "INVESTMENTS_TRANSACTIONS DEFAULT_UPDATE": "InvestmentsDefaultUpdateWebhook",
      "ASSETS PRODUCT_READY": "AssetsProductReadyWebhook",
      "ASSETS ERROR": "AssetsErrorWebhook",
    };
    const named = receiver.received.map(({ body }) => `${body.webhook_type} ${body.webhook_code}`);
    expect(named.toSorted()).toEqual(Object.keys(DECLARED).sort());
    const faults = receiver.received.map(({ body }, at) => types.faultsOf(DECLARED[named[at] ?? ""] ?? "", body));
    expect(faults.flat()).toEqual([]);
  });
});
