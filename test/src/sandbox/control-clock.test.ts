import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { readSdkTypes, type SdkTypes } from "../../support/sdk-types.ts";
import { control } from "./control.ts";
import { type Receiver, startReceiver } from "./receiver.ts";
import { NOON, REPORT_MS, startTestSandbox, type TestSandbox, watchedClock } from "./start.ts";

const DAY_MS = 86_400_000;

describe("the sandbox's clock", () => {
  let folder: string;
  let stateFile: string;
  let receiver: Receiver;
  let sandbox: TestSandbox;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "sandbox-"));
    stateFile = join(folder, "sandbox.json");
    receiver = await startReceiver();
    sandbox = await startTestSandbox({ stateFile });
  });
  afterEach(async () => {
    await sandbox.close();
    await receiver.close();
    await rm(folder, { recursive: true });
  });

  const createReport = async () =>
    (
      await sandbox.atPlaid("/asset_report/create", {
        ...{ access_tokens: sandbox.demo.PLAID, days_requested: 5, options: { webhook: receiver.url } },
      })
    ).body;
  const codes = () => receiver.received.map(({ body }) => body.webhook_code);
  const isoNow = () => new Date(sandbox.time.now()).toISOString();

  it.each<[unknown, number]>([
    ["3d", 3 * DAY_MS],
    ["1.5h", 5_400_000],
    ["2w", 14 * DAY_MS],
    [250, 250],
    [0, 0],
  ])("advances by %j, by code and over HTTP", async (by, ms) => {
    await sandbox.time.advance(by as number);
    expect(sandbox.time.now()).toBe(NOON + ms);
    const { body } = await control(sandbox, "POST /clock", { advance: by });
    expect(body).toEqual({ now: isoNow(), ms: NOON + 2 * ms, still: false });
  });

  it("goes on with the clock behind it from there", async () => {
    await sandbox.time.advanceTo("2026-07-01");
    expect(isoNow()).toBe("2026-07-01T00:00:00.000Z");
    sandbox.clock.advance(1_000);
    expect(isoNow()).toBe("2026-07-01T00:00:01.000Z");
  });

  it.each<[object, RegExp]>([
    [{}, /^wanted advance, to or still/],
    [{ advance: "soon" }, /^advance: wanted milliseconds, or a number with its unit/],
    [{ advance: -1 }, /^advance: /],
    [{ advance: "3y" }, /^advance: /],
    [{ advance: "800d" }, /^advance: Too big/],
    [{ to: "tomorrow" }, /^to: wanted RFC 3339/],
    [{ to: "2026-06-01" }, /^to: 2026-06-01T00:00:00.000Z is past, it is 2026-06-17T12:00:00.000Z/],
    [{ still: "yes" }, /^still: /],
    [{ forward: 1 }, /forward/],
  ])("refuses %j", async (wish, says) => {
    const { status, body } = await control(sandbox, "POST /clock", wish);
    expect(status).toBe(400);
    expect(body.error).toMatch(says);
    expect(sandbox.time.now()).toBe(NOON);
  });

  it("makes reports ready, and has told of them when it is there", async () => {
    const { asset_report_token } = await createReport();
    const get = () => sandbox.atPlaid("/asset_report/get", { asset_report_token });
    await sandbox.time.advance(REPORT_MS - 1);
    expect((await get()).body.error_code).toBe("PRODUCT_NOT_READY");
    await sandbox.time.advance(1);
    expect((await get()).status).toBe(200);
    expect(codes()).toEqual(["PRODUCT_READY"]);
  });

  it("tries webhooks again that were not taken, each at its moment", async () => {
    receiver.answers.push(500, 500, 500);
    await createReport();
    await sandbox.time.advance("1h");
    const begun = NOON + REPORT_MS;
    expect(sandbox.webhooks().map(({ at, status }) => [at - begun, status])).toEqual([
      [0, 500],
      [1_000, 500],
      [5_000, 500],
      [21_000, 200],
    ]);
  });

  it("ends public tokens", async () => {
    const public_token = sandbox.createPublicToken();
    await sandbox.time.advance("30m");
    const { body } = await sandbox.atPlaid("/item/public_token/exchange", { public_token });
    expect(body.error_code).toBe("INVALID_PUBLIC_TOKEN");
  });

  it("stands still, and is advanced even so", async () => {
    await control(sandbox, "POST /clock", { still: true });
    await createReport();
    sandbox.clock.advance(DAY_MS);
    expect(sandbox.time.now()).toBe(NOON);
    expect(sandbox.webhooks()).toEqual([]);
    await sandbox.time.advance("1h");
    expect([isoNow(), sandbox.time.isStill(), codes()]).toEqual(["2026-06-17T13:00:00.000Z", true, ["PRODUCT_READY"]]);
    await control(sandbox, "POST /clock", { still: false });
    sandbox.clock.advance(1_000);
    expect(isoNow()).toBe("2026-06-17T13:00:01.000Z");
  });

  it.each([true, false])("does not go back by a restart (still: %s)", async (isStill) => {
    await sandbox.time.advance("40d");
    if (isStill) await sandbox.time.stop();
    await sandbox.close();
    sandbox = await startTestSandbox({ stateFile, clock: watchedClock(NOON + 5_000) });
    expect(sandbox.time.isStill()).toBe(isStill);
    expect(sandbox.time.now()).toBe(NOON + 40 * DAY_MS + (isStill ? 0 : 5_000));
  });

  it("turns for one at a time", async () => {
    await Promise.all(["1d", "1d", "1d"].map((by) => sandbox.time.advance(by)));
    expect(sandbox.time.now()).toBe(NOON + 3 * DAY_MS);
  });

  it("leaves signatures the time of the clock behind it, by which receivers judge them", async () => {
    await sandbox.time.advance("9d");
    await sandbox.sendWebhook("PLAID", receiver.url, { webhook_type: "ITEM", webhook_code: "ERROR" });
    const [, payload = ""] = String(receiver.received[0]?.headers["plaid-verification"]).split(".");
    expect(JSON.parse(Buffer.from(payload, "base64url").toString()).iat).toBe(NOON / 1000);
  });
});

describe("the days of an item", () => {
  let types: SdkTypes;
  beforeAll(() => {
    types = readSdkTypes();
  });
  let receiver: Receiver;
  let sandbox: TestSandbox;
  beforeEach(async () => {
    receiver = await startReceiver();
    sandbox = await startTestSandbox();
  });
  afterEach(async () => {
    await sandbox.close();
    await receiver.close();
  });
  const newest = async (access_token: string) => {
    const dates = { start_date: "2026-01-01", end_date: "2027-01-01" };
    const { body } = await sandbox.atPlaid("/transactions/get", { access_token, ...dates });
    return body;
  };

  it("bring transactions, which are posted, pending and told of", async () => {
    const { accessToken, itemId } = sandbox.createItem("PLAID", { webhook: receiver.url });
    const before = (await newest(accessToken)).total_transactions;
    await sandbox.time.advance("7d");
    const after = await newest(accessToken);
    expect(after.total_transactions).toBeGreaterThan(before);
    expect(after.transactions[0].date >= "2026-06-23").toBe(true);
    const told = receiver.received.map(({ body }) => body);
    expect(told.length).toBeGreaterThan(3);
    expect(told.length).toBeLessThanOrEqual(7);
    for (const body of told) {
      expect(body).toMatchObject({ webhook_type: "TRANSACTIONS", webhook_code: "DEFAULT_UPDATE", item_id: itemId });
      expect(body.new_transactions).toBeGreaterThan(0);
      expect(types.faultsOf("DefaultUpdateWebhook", body)).toEqual([]);
    }
    const at = sandbox.webhooks().map((webhook) => webhook.at);
    expect(at).toEqual([...at].sort());
    expect(new Set(at.map((ms) => ms % DAY_MS))).toEqual(new Set([0]));
  });

  it("bring trades to an item with investments, and nothing to one that was removed", async () => {
    const { accessToken } = sandbox.createItem("PLAID", { user: "brokerage", webhook: receiver.url });
    await sandbox.time.advance("45d");
    const told = new Set(receiver.received.map(({ body }) => body.webhook_type));
    expect([...told]).toEqual(["INVESTMENTS_TRANSACTIONS"]);
    expect(types.faultsOf("InvestmentsDefaultUpdateWebhook", receiver.received[0]?.body)).toEqual([]);
    await sandbox.atPlaid("/item/remove", { access_token: accessToken });
    const before = receiver.received.length;
    await sandbox.time.advance("45d");
    expect(receiver.received.length).toBe(before);
  });

  it("are told to who syncs in its way too", async () => {
    const { accessToken } = sandbox.createItem("PLAID", { user: "other", webhook: receiver.url });
    await sandbox.atPlaid("/transactions/sync", { access_token: accessToken });
    await sandbox.time.advance("3d");
    const told = receiver.received.map(({ body }) => body.webhook_code);
    const synced = receiver.received.filter(({ body }) => body.webhook_code === "SYNC_UPDATES_AVAILABLE");
    expect(told.filter((code) => code === "DEFAULT_UPDATE")).toHaveLength(synced.length);
    expect(types.faultsOf("SyncUpdatesAvailableWebhook", synced[0]?.body)).toEqual([]);
  });

  it("end no consent that was given anew, until that ends", async () => {
    const { accessToken: access_token, itemId } = sandbox.createItem("PLAID", { user: "other", consentDays: 10 });
    const status = async () => (await sandbox.atPlaid("/accounts/get", { access_token })).status;
    await sandbox.time.advance("15d");
    expect(await status()).toBe(400);
    sandbox.repairItem(itemId);
    expect(await status()).toBe(200);
    const { item } = (await sandbox.atPlaid("/item/get", { access_token })).body;
    expect(item).toMatchObject({ error: null, consent_expiration_time: "2026-07-12T00:00:00.000Z" });
    await sandbox.time.advance("10d");
    expect(await status()).toBe(400);
  });

  it("that it did not run are told of as one at the next start", async () => {
    const folder = await mkdtemp(join(tmpdir(), "sandbox-"));
    const stateFile = join(folder, "sandbox.json");
    const first = await startTestSandbox({ stateFile });
    first.createItem("PLAID", { webhook: receiver.url });
    await first.close();
    const second = await startTestSandbox({ stateFile, clock: watchedClock(NOON + 30 * DAY_MS) });
    await second.time.advance(0);
    await second.time.advance("1h");
    expect(receiver.received.map(({ body }) => body.new_transactions > 30)).toEqual([true]);
    await second.close();
    await rm(folder, { recursive: true });
  });

  const DISCONNECTS = { webhook_code: "PENDING_DISCONNECT", reason: "INSTITUTION_TOKEN_EXPIRATION" };
  const EXPIRES = { webhook_code: "PENDING_EXPIRATION" };
  it.each<["PLAID" | "LINK_MONEY", user: string, consentDays: number | undefined, ends: string, announced: object]>([
    ["PLAID", "other", 30, "2026-07-17", DISCONNECTS],
    ["PLAID", "abroad", 30, "2026-07-17", { ...EXPIRES, consent_expiration_time: "2026-07-17T00:00:00.000Z" }],
    ["LINK_MONEY", "other", 30, "2026-07-17", EXPIRES],
    ["PLAID", "expiring-consent", undefined, "2026-06-25", EXPIRES],
    ["PLAID", "oauth", undefined, "2027-06-17", DISCONNECTS],
  ])(
    "end its consent, which is announced a week before (%s, %s, %p)",
    async (provider, user, consentDays, ends, announced) => {
      const made = { provider, user, webhook: receiver.url, consentDays };
      const { item } = (await control(sandbox, "POST /items", made)).body;
      const get = () =>
        provider === "PLAID"
          ? sandbox.atPlaid("/item/get", { access_token: item.accessToken })
          : sandbox.atLinkMoney("/item/get", {}, item.accessToken);
      const accounts = () =>
        provider === "PLAID"
          ? sandbox.atPlaid("/accounts/get", { access_token: item.accessToken })
          : sandbox.atLinkMoney("/accounts/get", {}, item.accessToken);
      const end = Date.parse(ends);
      const at = (ms: number) => new Date(ms).toISOString();
      expect((await get()).body.item).toMatchObject({ consent_expiration_time: at(end), error: null });
      const ofItem = () => receiver.received.filter(({ body }) => body.webhook_type === "ITEM").map(({ body }) => body);
      await sandbox.time.advanceTo(at(end - 7 * DAY_MS - 1000));
      expect(ofItem()).toEqual([]);
      await sandbox.time.advanceTo(at(end - 1000));
      expect(ofItem()).toMatchObject([{ ...announced, item_id: item.itemId }]);
      expect((await accounts()).status).toBe(200);
      await sandbox.time.advanceTo(at(end + 13 * DAY_MS));
      if (provider === "PLAID") {
        const declared = announced === DISCONNECTS ? "PendingDisconnectWebhook" : "PendingExpirationWebhook";
        expect(types.faultsOf(declared, ofItem()[0])).toEqual([]);
        expect(types.faultsOf("ItemErrorWebhook", ofItem()[1])).toEqual([]);
      }
      expect(ofItem().slice(1)).toMatchObject([
        { webhook_code: "ERROR", error: { error_code: "ITEM_LOGIN_REQUIRED" } },
      ]);
      expect((await get()).body.item.error).toMatchObject({ error_code: "ITEM_LOGIN_REQUIRED" });
      expect((await accounts()).body.error_code).toBe("ITEM_LOGIN_REQUIRED");
    },
  );
});
