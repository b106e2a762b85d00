import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { decodeJwt, importJWK, jwtVerify } from "jose";
import type { Fault } from "../../../src/sandbox/faults.ts";
import { control } from "./control.ts";
import { type Received, type Receiver, startReceiver } from "./receiver.ts";
import { REPORT_MS, startTestSandbox, type TestSandbox } from "./start.ts";

type Kind = Record<string, unknown> & { kind: Fault["kind"] };

let sandbox: TestSandbox;
let receiver: Receiver;
let item: { accessToken: string; itemId: string };
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
beforeEach(async () => {
  receiver = await startReceiver();
  item = sandbox.createItem("PLAID", { user: "other", webhook: receiver.url });
});
afterEach(async () => {
  sandbox.faults.clear();
  await control(sandbox, "DELETE /webhooks");
  await receiver.close();
});
afterAll(() => sandbox.close());

const WAYS: Record<string, (fault: Kind) => Promise<unknown>> = {
  "by code": async (fault) => sandbox.faults.script({ provider: "PLAID", ...fault } as Fault),
  "over /__control": (fault) => control(sandbox, "POST /faults", fault),
};
const codes = () => receiver.received.map(({ body }) => body.webhook_code);
/** Has a webhook about the item sent, as new data of it would. */
const refresh = () => sandbox.atPlaid("/transactions/refresh", { access_token: item.accessToken });
const update = () => sandbox.atPlaid("/item/webhook/update", { access_token: item.accessToken, webhook: receiver.url });
const report = () =>
  sandbox.atPlaid("/asset_report/create", {
    ...{ access_tokens: [item.accessToken], days_requested: 1, options: { webhook: receiver.url } },
  });

/** As Plaid's documents have receivers do it. */
async function isGenuine({ headers, text }: Received): Promise<boolean> {
  const jwt = String(headers["plaid-verification"] ?? "");
  try {
    const { payload } = await jwtVerify(jwt, async ({ kid = "" }) => {
      const { key } = (await sandbox.atPlaid("/webhook_verification_key/get", { key_id: kid })).body;
      if (!key || key.expired_at !== null) throw new Error("no such key");
      return importJWK(key, "ES256");
    });
    const age = sandbox.clock.now() / 1000 - (payload.iat ?? 0);
    return age <= 300 && payload.request_body_sha256 === createHash("sha256").update(text).digest("hex");
  } catch {
    return false; // what the test asks
  }
}

describe.each(Object.keys(WAYS))("a webhook's fault scripted %s", (way) => {
  const script = (fault: Kind) => WAYS[way]?.(fault);

  it("lost", async () => {
    await script({ kind: "webhook-lost", times: 1 });
    await refresh();
    await update();
    await sandbox.time.advance(0);
    expect(codes()).toEqual(["WEBHOOK_UPDATE_ACKNOWLEDGED"]);
    expect(sandbox.webhooks()).toMatchObject([
      { code: "DEFAULT_UPDATE", itemIds: [item.itemId], status: null, problem: null, fault: "webhook-lost" },
      { code: "WEBHOOK_UPDATE_ACKNOWLEDGED", url: receiver.url, status: 200, fault: null },
    ]);
  });

  it.each([
    [undefined, 1],
    [true, 2],
  ])("doubled (signed again: %s)", async (signedAgain, signatures) => {
    await script({ kind: "webhook-doubled", signedAgain });
    await refresh();
    await receiver.arrived(2);
    expect(new Set(receiver.received.map(({ text }) => text)).size).toBe(1);
    expect(new Set(receiver.received.map(({ headers }) => headers["plaid-verification"])).size).toBe(signatures);
  });

  it("late", async () => {
    await script({ kind: "webhook-late", ms: 60_000, webhook: "TRANSACTIONS" });
    await refresh();
    await update();
    await receiver.arrived(1);
    await sandbox.time.advance("1m");
    expect(codes()).toEqual(["WEBHOOK_UPDATE_ACKNOWLEDGED", "DEFAULT_UPDATE"]);
  });

  it("out of order: after the next one, in pairs", async () => {
    await script({ kind: "webhook-out-of-order" });
    for (let pair = 1; pair <= 2; pair += 1) {
      await refresh();
      await sandbox.clock.awaited(60_000);
      await update();
      await receiver.arrived(2 * pair);
    }
    const swapped = ["WEBHOOK_UPDATE_ACKNOWLEDGED", "DEFAULT_UPDATE"];
    expect(codes()).toEqual([...swapped, ...swapped]);
  });

  it("out of order, but no next one comes within a minute", async () => {
    await script({ kind: "webhook-out-of-order" });
    await refresh();
    await sandbox.time.advance(59_999);
    expect(codes()).toEqual([]);
    await sandbox.time.advance(1);
    expect(codes()).toEqual(["DEFAULT_UPDATE"]);
  });

  it.each(["wrong-key", "expired-key", "unknown-key", "altered-body", "old", "unsigned"])(
    "badly signed: %s",
    async (how) => {
      await script({ kind: "webhook-badly-signed", how, times: 1 });
      await refresh();
      await receiver.arrived(1);
      await refresh();
      await receiver.arrived(2);
      expect(await Promise.all(receiver.received.map(isGenuine))).toEqual([false, true]);
    },
  );

  it.each([
    ["answer", true, 200],
    ["state", false, 400],
  ])("early: before the %s", async (before, isThere, status) => {
    await script({ kind: "webhook-early", before, times: 1 });
    const { asset_report_token } = (await report()).body;
    expect(receiver.received.length > 0).toBe(isThere);
    await sandbox.time.advance(0);
    expect(codes()).toEqual(["PRODUCT_READY"]);
    const get = () => sandbox.atPlaid("/asset_report/get", { asset_report_token });
    expect((await get()).status).toBe(status);
    await sandbox.time.advance(REPORT_MS);
    expect((await get()).status).toBe(200);
    expect(codes()).toEqual(["PRODUCT_READY"]);
  });

  it("a report without what it should have, or none", async () => {
    await script({ kind: "report-warning", codes: ["OWNERS_UNAVAILABLE"], times: 1 });
    await script({ kind: "report-failure", code: "INSTITUTION_DOWN", times: 1, itemId: item.itemId });
    await report();
    await sandbox.time.advance(REPORT_MS);
    expect(receiver.received[0]?.body.error.causes).toMatchObject([{ error_code: "INSTITUTION_DOWN" }]);
    expect(sandbox.faults.list()).toEqual([]);
  });

  it("strikes only the webhooks that it names", async () => {
    await script({ kind: "webhook-lost", webhook: "PRODUCT_READY" });
    await refresh();
    await report();
    await sandbox.time.advance(REPORT_MS);
    await receiver.arrived(1);
    expect(codes()).toEqual(["DEFAULT_UPDATE"]);
  });
});

describe("a webhook fired over /__control", () => {
  it("goes to the item's address, in the aggregator's manner, and is remembered", async () => {
    const body = { webhook_type: "ITEM", webhook_code: "NEW_ACCOUNTS_AVAILABLE" };
    const fired = await control(sandbox, "POST /webhooks", { itemId: item.itemId, body });
    expect(fired).toEqual({ status: 200, body: { status: 200 } });
    expect(receiver.received[0]?.body).toEqual({ ...body, item_id: item.itemId, environment: "sandbox" });
    expect(await isGenuine(receiver.received[0] as Received)).toBe(true);
    const { status } = (await sandbox.atPlaid("/item/get", { access_token: item.accessToken })).body;
    expect(status.last_webhook.code_sent).toBe("NEW_ACCOUNTS_AVAILABLE");
  });

  it("goes anywhere, signed as wished", async () => {
    const body = { webhook_type: "ITEM", webhook_code: "ERROR", more: [1] };
    await control(sandbox, "POST /webhooks", { url: receiver.url, body, signed: { ageS: 301 } }, "LINK_MONEY");
    expect(receiver.received[0]?.body).toEqual(body);
    const { iat = 0 } = decodeJwt(String(receiver.received[0]?.headers["webhook-verification"]));
    expect(Math.floor(sandbox.clock.now() / 1000) - iat).toBe(301);
  });

  it.each<[object, RegExp]>([
    [{}, /^body: /],
    [{ body: { webhook_type: "ITEM" } }, /^body\.webhook_code: /],
    [{ body: { webhook_type: "A", webhook_code: "B" } }, /^url: wanted one/],
    [{ itemId: "none", body: { webhook_type: "A", webhook_code: "B" } }, /^itemId: there is no item none/],
    [{ url: "ftp://x", body: { webhook_type: "A", webhook_code: "B" } }, /^url: /],
    [
      { url: "http://127.0.0.1:1/", body: { webhook_type: "A", webhook_code: "B" } },
      /^url: not reached: .*ECONNREFUSED/,
    ],
  ])("%j is refused", async (wish, says) => {
    const { status, body } = await control(sandbox, "POST /webhooks", wish);
    expect(status).toBe(400);
    expect(body.error).toMatch(says);
  });
});
