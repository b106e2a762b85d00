import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { compactVerify, decodeProtectedHeader, importJWK } from "jose";
import { IMITATED, type Imitated } from "../../../src/sandbox/imitated.ts";
import { type Received, type Receiver, startReceiver } from "./receiver.ts";
import { REPORT_MS, startTestSandbox, type TestSandbox } from "./start.ts";

let sandbox: TestSandbox;
let receiver: Receiver;
beforeEach(async () => {
  [sandbox, receiver] = await Promise.all([startTestSandbox(), startReceiver()]);
});
afterEach(async () => {
  await sandbox.close();
  await receiver.close();
});

/** Calls with the client's credentials at either aggregator. */
const at = (provider: Imitated) => (provider === "PLAID" ? sandbox.atPlaid : sandbox.atLinkMoney);

async function create(provider: Imitated, more: object = {}) {
  const body = {
    access_tokens: sandbox.demo[provider],
    days_requested: 30,
    options: { webhook: receiver.url },
    ...more,
  };
  return (await at(provider)("/asset_report/create", body)).body;
}

/** Checks a webhook as its receiver must, with the key that its aggregator gives; returns the key. */
async function verified(provider: Imitated, { headers, text }: Received) {
  const name = provider === "PLAID" ? "plaid-verification" : "webhook-verification";
  const jwt = String(headers[name]);
  const { alg, kid, typ } = decodeProtectedHeader(jwt);
  expect([alg, typ]).toEqual(["ES256", "JWT"]);
  const { clientId: client_id, secret: client_secret } = sandbox.endpoints.LINK_MONEY;
  const { body } =
    provider === "PLAID"
      ? await sandbox.atPlaid("/webhook_verification_key/get", { key_id: kid })
      : await sandbox.atLinkMoney("/webhook__verification_key", { client_id, client_secret, key_id: kid });
  const { payload } = await compactVerify(jwt, await importJWK(body.key, "ES256"));
  const { iat, request_body_sha256 } = JSON.parse(new TextDecoder().decode(payload));
  expect(request_body_sha256).toBe(createHash("sha256").update(text).digest("hex"));
  expect(iat).toBe(Math.floor(sandbox.clock.now() / 1000));
  return body.key;
}

describe.each(IMITATED)("a report at %s", (provider) => {
  it("is not ready, then is, and a signed webhook tells", async () => {
    const { asset_report_id, asset_report_token } = await create(provider);
    const get = () => at(provider)("/asset_report/get", { asset_report_token });
    sandbox.clock.advance(REPORT_MS - 1);
    expect(await get()).toMatchObject({
      status: 400,
      body: { error_type: "ASSET_REPORT_ERROR", error_code: "PRODUCT_NOT_READY" },
    });
    sandbox.clock.advance(1);
    expect(await get()).toMatchObject({ status: 200, body: { report: { asset_report_id, days_requested: 30 } } });
    await receiver.arrived(1);
    const [webhook] = receiver.received;
    const told = { webhook_type: "ASSETS", webhook_code: "PRODUCT_READY", asset_report_id };
    const plaidsOwn = { report_type: "FULL", environment: "sandbox" };
    expect(webhook?.body).toEqual(provider === "PLAID" ? { ...told, ...plaidsOwn } : told);
    if (webhook) expect((await verified(provider, webhook)).expired_at).toBeNull();
  });

  it("tells category, place, merchant and name with insights only", async () => {
    const { asset_report_token } = await create(provider);
    sandbox.clock.advance(REPORT_MS);
    const fields = async (include_insights: boolean) => {
      const { body } = await at(provider)("/asset_report/get", { asset_report_token, include_insights });
      return new Set<string>(Object.keys(body.report.items[0].accounts[0].transactions[0]));
    };
    const [without, insights] = [await fields(false), await fields(true)];
    expect([...insights].filter((field) => !without.has(field)).sort()).toEqual(
      [
        "category",
        "category_id",
        ...(provider === "PLAID" ? ["credit_category"] : []),
        "location",
        "merchant_name",
        "name",
        "payment_meta",
      ].sort(),
    );
    expect([...without].filter((field) => !insights.has(field))).toEqual([]);
  });

  it("is a snapshot: what happens later is not in it", async () => {
    const { asset_report_token } = await create(provider);
    sandbox.clock.advance(REPORT_MS);
    const get = async () => (await at(provider)("/asset_report/get", { asset_report_token })).body.report;
    const fresh = await get();
    sandbox.clock.advance(40 * 86_400_000);
    expect(await get()).toEqual(fresh);
  });

  it("gives back the client's id and the user, with null where nothing was said", async () => {
    const options = { client_report_id: "loan-7", user: { first_name: "Alberta", ssn: "123-45-6789" } };
    const { asset_report_token } = await create(provider, { options });
    sandbox.clock.advance(REPORT_MS);
    const { body } = await at(provider)("/asset_report/get", { asset_report_token });
    expect(body.report).toMatchObject({ client_report_id: "loan-7", date_generated: "2026-06-17T12:00:00Z" });
    expect(body.report.user).toMatchObject({ first_name: "Alberta", ssn: "123-45-6789", last_name: null, email: null });
  });

  it("a refresh empties what it is given empty: the webhook, too", async () => {
    const options = { webhook: receiver.url, client_report_id: "loan 7" };
    const { asset_report_token } = await create(provider, { options });
    await sandbox.time.advance(REPORT_MS);
    expect(receiver.received).toHaveLength(1);
    const empty = { asset_report_token, options: { webhook: "", client_report_id: "" } };
    const { body } = await at(provider)("/asset_report/refresh", empty);
    await sandbox.time.advance(REPORT_MS);
    const read = await at(provider)("/asset_report/get", { asset_report_token: body.asset_report_token });
    expect(read.body.report.client_report_id).toBeNull();
    expect(receiver.received).toHaveLength(1);
  });

  it("tells of investments where they are asked for, as do a refresh and a filter of it", async () => {
    const told = async (asset_report_token: string) => {
      sandbox.clock.advance(REPORT_MS);
      const { body } = await at(provider)("/asset_report/get", { asset_report_token });
      const accounts: Account[] = body.report.items.flatMap((item: { accounts: Account[] }) => item.accounts);
      return accounts.flatMap(({ type, investments }) => (type === "investment" ? [investments] : []));
    };
    expect(await told((await create(provider)).asset_report_token)).not.toContainEqual(expect.anything());
    const { asset_report_token } = await create(provider, { options: { add_ons: ["investments"] } });
    const investments = await told(asset_report_token);
    expect(investments.length).toBeGreaterThan(0);
    const list = provider === "PLAID" ? "transactions" : "investment_transactions";
    for (const { [list]: trades, holdings, securities } of investments) {
      expect(trades?.length).toBeGreaterThan(0);
      const known = new Set(securities?.map(({ security_id }) => security_id));
      for (const { security_id } of [...(holdings ?? []), ...(trades ?? [])]) expect(known).toContain(security_id);
      expect(holdings?.every((holding) => "ticker_symbol" in holding)).toBe(provider === "PLAID");
    }
    const refreshed = await at(provider)("/asset_report/refresh", { asset_report_token });
    expect(await told(refreshed.body.asset_report_token)).toEqual(investments);
    const without = { asset_report_token, account_ids_to_exclude: [] };
    const filtered = await at(provider)("/asset_report/filter", without);
    expect(await told(filtered.body.asset_report_token)).toEqual(investments);
  });

  it("survives its items, but not its own removal", async () => {
    const { accessToken } = sandbox.createItem(provider, { user: "other" });
    const { asset_report_token } = await create(provider, { access_tokens: [accessToken] });
    await at(provider)("/item/remove", { access_token: accessToken });
    sandbox.clock.advance(REPORT_MS);
    expect(await at(provider)("/asset_report/get", { asset_report_token })).toMatchObject({ status: 200 });
    const removed = await at(provider)("/asset_report/remove", { asset_report_token });
    expect(removed).toMatchObject({ status: 200, body: { removed: true } });
    for (const path of ["/asset_report/get", "/asset_report/remove"]) {
      const { body } = await at(provider)(path, { asset_report_token });
      expect(body.error_code).toBe("INVALID_ASSET_REPORT_TOKEN");
    }
  });

  it("fails with an item that fails, naming it", async () => {
    const healthy = sandbox.createItem(provider);
    const broken = sandbox.createItem(provider, { user: "broken-login" });
    const access_tokens = [healthy.accessToken, broken.accessToken];
    const { asset_report_id, asset_report_token } = await create(provider, { access_tokens });
    sandbox.clock.advance(REPORT_MS);
    const error = {
      error_type: "ASSET_REPORT_ERROR",
      error_code: "ASSET_REPORT_GENERATION_FAILED",
      causes: [{ item_id: broken.itemId, error_type: "ITEM_ERROR", error_code: "ITEM_LOGIN_REQUIRED" }],
    };
    expect(await at(provider)("/asset_report/get", { asset_report_token })).toMatchObject({
      status: 400,
      body: error,
    });
    await receiver.arrived(1);
    expect(receiver.received[0]?.body).toMatchObject({
      webhook_type: "ASSETS",
      webhook_code: "ERROR",
      asset_report_id,
      error: { ...error, status: 400 },
    });
  });

  it("does without a failing item when not all are required", async () => {
    const access_tokens = ["default", "broken-login"].map((user) => sandbox.createItem(provider, { user }).accessToken);
    const options = { require_all_items: false };
    const { asset_report_token } = await create(provider, { access_tokens, options });
    sandbox.clock.advance(REPORT_MS);
    const { status, body } = await at(provider)("/asset_report/get", { asset_report_token });
    expect([status, body.report.items.length]).toEqual([200, 1]);
  });
});

describe("a report's webhook", () => {
  it("is sent again, later each time, until it is taken", async () => {
    receiver.answers.push(500, 404);
    await create("PLAID");
    sandbox.clock.advance(REPORT_MS);
    for (const [sent, wait] of [
      [1, 1_000],
      [2, 4_000],
    ] as const) {
      await receiver.arrived(sent);
      await sandbox.clock.awaited(wait);
      sandbox.clock.advance(wait);
    }
    await receiver.arrived(3);
    expect(new Set(receiver.received.map((webhook) => webhook.text)).size).toBe(1);
  });

  it("can be sent by hand, in every wrong way", async () => {
    const body = { webhook_type: "ITEM", webhook_code: "ERROR", item_id: "x" };
    const verifies = async (options: object) => {
      receiver.received.length = 0;
      expect(await sandbox.sendWebhook("PLAID", receiver.url, body, options)).toBe(200);
      const [webhook] = receiver.received;
      if (!webhook) throw new Error("nothing arrived");
      return verified("PLAID", webhook);
    };
    expect((await verifies({})).expired_at).toBeNull();
    expect((await verifies({ expiredKey: true })).expired_at).toBeLessThan(sandbox.clock.now() / 1000);
    await expect(verifies({ badSignature: true })).rejects.toThrow("signature verification failed");
    for (const wrong of [{ otherBody: true }, { iat: 1 }, { unknownKey: true }, { unsigned: true }]) {
      await expect(verifies(wrong)).rejects.toThrow();
    }
  });

  it("about an item is remembered by the item", async () => {
    const { accessToken: access_token, itemId: item_id } = sandbox.createItem("PLAID");
    const body = { webhook_type: "HOLDINGS", webhook_code: "DEFAULT_UPDATE", item_id };
    await sandbox.sendWebhook("PLAID", receiver.url, body);
    const { last_webhook } = (await sandbox.atPlaid("/item/get", { access_token })).body.status;
    expect(last_webhook).toEqual({ sent_at: "2026-06-17T12:00:00.000Z", code_sent: "DEFAULT_UPDATE" });
  });

  it("that reaches nobody is an error of the sender by hand", async () => {
    await receiver.close();
    await expect(sandbox.sendWebhook("PLAID", receiver.url, {})).rejects.toThrow("ECONNREFUSED");
    receiver = await startReceiver();
  });
});

interface Account {
  type: string;
  investments: Record<string, { security_id: string }[]>;
}
