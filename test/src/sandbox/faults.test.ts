import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Fault } from "../../../src/sandbox/faults.ts";
import { type Receiver, startReceiver } from "./receiver.ts";
import { REPORT_MS, startTestSandbox, type TestSandbox } from "./start.ts";

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => sandbox.close());

/** Reads the accounts of an item as the plainest client would. */
const read = (access_token = sandbox.demo.PLAID[0], path = "/accounts/get") =>
  fetch(sandbox.endpoints.PLAID.baseUrl + path, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "plaid-client-id": sandbox.endpoints.PLAID.clientId,
      "plaid-secret": sandbox.endpoints.PLAID.secret,
    },
    body: JSON.stringify({ access_token }),
  });
const isRemoved = async (access_token: string) =>
  (await sandbox.atPlaid("/item/get", { access_token })).body.error_code === "INVALID_ACCESS_TOKEN";

describe("a scripted answer", () => {
  it.each<[string, Omit<Fault, "provider">, number, string | null, object]>([
    [
      "429 with Retry-After",
      { kind: "rate-limit", retryAfter: 7 } as Fault,
      429,
      "7",
      { error_type: "RATE_LIMIT_EXCEEDED" },
    ],
    ["429 without", { kind: "rate-limit" } as Fault, 429, null, { error_code: "RATE_LIMIT" }],
    ["500", { kind: "server-error" } as Fault, 500, null, { error_type: "API_ERROR" }],
    ["503", { kind: "server-error", status: 503 } as Fault, 503, null, { error_type: "API_ERROR" }],
    ["a code", { kind: "error", code: "ITEM_LOGIN_REQUIRED" } as Fault, 400, null, { error_type: "ITEM_ERROR" }],
    [
      "a code that nobody knows",
      { kind: "error", code: "NEVER_SEEN", type: "NEW_ERROR", status: 418 } as Fault,
      418,
      null,
      { error_type: "NEW_ERROR", error_code: "NEVER_SEEN" },
    ],
  ])("%s", async (_what, fault, status, retryAfter, body) => {
    sandbox.faults.script({ provider: "PLAID", ...fault } as Fault);
    const answer = await read();
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([status, retryAfter]);
    expect(await answer.json()).toMatchObject({ ...body, request_id: expect.any(String) });
  });

  it("502 as a proxy's page", async () => {
    sandbox.faults.script({ provider: "PLAID", kind: "server-error", status: 502, html: true });
    const answer = await read();
    expect([answer.status, answer.headers.get("content-type")]).toEqual([502, "text/html; charset=utf-8"]);
    expect(await answer.text()).toMatch(/^<!DOCTYPE html>/);
  });

  it("a page with 200", async () => {
    sandbox.faults.script({ provider: "PLAID", kind: "html" });
    const answer = await read();
    expect([answer.status, (await answer.text()).startsWith("<!DOCTYPE")]).toEqual([200, true]);
  });

  it("JSON that ends in the middle", async () => {
    sandbox.faults.script({ provider: "PLAID", kind: "cut-off" });
    const answer = await read();
    expect(answer.status).toBe(200);
    await expect(answer.json()).rejects.toThrow("JSON");
  });

  it("records of the wrong shape, the world itself unharmed", async () => {
    sandbox.faults.script({
      provider: "PLAID",
      kind: "mutate",
      times: 1,
      mutate(body) {
        const [first, second] = body.accounts as Record<string, unknown>[];
        Object.assign(first ?? {}, { name: null, balances: "none" });
        delete second?.account_id;
      },
    });
    const { accounts } = (await (await read()).json()) as { accounts: object[] };
    expect(accounts[0]).toMatchObject({ name: null, balances: "none" });
    expect(accounts[1]).not.toHaveProperty("account_id");
    const again = (await (await read()).json()) as { accounts: object[] };
    expect(again.accounts.slice(0, 2)).toMatchObject([{ name: "Plaid Checking" }, { account_id: expect.any(String) }]);
  });

  it("a whole other body", async () => {
    sandbox.faults.script({ provider: "PLAID", kind: "mutate", mutate: () => ({ accounts: {} }) });
    expect(await (await read()).json()).toEqual({ accounts: {} });
  });

  it("later, by the clock, and together with another fault", async () => {
    sandbox.faults.script({ provider: "PLAID", kind: "latency", ms: 700 });
    sandbox.faults.script({ provider: "PLAID", kind: "rate-limit" });
    const answer = read();
    await sandbox.clock.awaited(700);
    expect(sandbox.calls()[0]?.status).toBeNull();
    sandbox.clock.advance(700);
    expect((await answer).status).toBe(429);
  });
});

describe("a scripted connection", () => {
  it("that hangs ends with the sandbox", async () => {
    sandbox.faults.script({ provider: "PLAID", kind: "hang" });
    const answer = read();
    const failed = expect(answer).rejects.toThrow("fetch failed");
    while (sandbox.calls().length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(sandbox.calls()[0]?.status).toBeNull();
    await sandbox.close();
    await failed;
    sandbox = await startTestSandbox();
  });

  it("that is reset", async () => {
    sandbox.faults.script({ provider: "PLAID", kind: "reset" });
    await expect(read()).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
  });

  it("that is refused before the body is read", async () => {
    sandbox.faults.script({ provider: "PLAID", kind: "refuse", endpoint: "/accounts/get" });
    await expect(read()).rejects.toThrow("fetch failed");
    expect((await read(sandbox.demo.PLAID[0], "/item/get")).status).toBe(200);
  });

  it.each([{ kind: "reset" } as const, { kind: "server-error" } as const])(
    "$kind: the request was carried out only when the script says so",
    async (fault) => {
      for (const done of [false, true]) {
        const { accessToken } = sandbox.createItem("PLAID", { user: "other" });
        sandbox.faults.script({ provider: "PLAID", endpoint: "/item/remove", times: 1, ...fault, done });
        await read(accessToken, "/item/remove").catch(() => "reset");
        expect(await isRemoved(accessToken)).toBe(done);
      }
    },
  );
});

describe("a fault's scope", () => {
  it("one item, one endpoint, so many times, one aggregator", async () => {
    const [one = "", other = ""] = sandbox.demo.PLAID;
    const itemId = (await sandbox.atPlaid("/item/get", { access_token: one })).body.item.item_id;
    const scope = { provider: "PLAID", endpoint: "/accounts/get", itemId, times: 2 } as const;
    sandbox.faults.script({ ...scope, kind: "server-error" });
    const statuses = [];
    for (const answer of [read(other), read(one, "/item/get"), read(one), read(one), read(one)]) {
      statuses.push((await answer).status);
    }
    expect(statuses.sort()).toEqual([200, 200, 200, 500, 500]);
  });

  it("a report's calls, by its items", async () => {
    const made = sandbox.createItem("PLAID");
    const request = { access_tokens: [sandbox.demo.PLAID[0], made.accessToken], days_requested: 1 };
    const { asset_report_token } = (await sandbox.atPlaid("/asset_report/create", request)).body;
    sandbox.faults.script({ provider: "PLAID", itemId: made.itemId, kind: "server-error" });
    expect((await sandbox.atPlaid("/asset_report/get", { asset_report_token })).status).toBe(500);
    expect((await sandbox.atPlaid("/asset_report/create", request)).status).toBe(500);
  });

  it("ends with clear", async () => {
    sandbox.faults.script({ provider: "PLAID", kind: "server-error" });
    expect((await sandbox.atLinkMoney("/item/get", {}, sandbox.demo.LINK_MONEY[0])).status).toBe(200);
    sandbox.faults.clear();
    expect((await read()).status).toBe(200);
  });
});

describe("a scripted report", () => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(() => receiver.close());

  const create = async () => {
    const options = { webhook: receiver.url };
    const request = { access_tokens: sandbox.demo.PLAID, days_requested: 1, options };
    return (await sandbox.atPlaid("/asset_report/create", request)).body;
  };
  const marker = { webhook_type: "MARKER" };
  const types = () => receiver.received.map(({ body }) => body.webhook_code ?? body.webhook_type);

  it("fails with the code wanted", async () => {
    sandbox.faults.script({ provider: "PLAID", kind: "report-failure", code: "INSTITUTION_DOWN", times: 1 });
    const { asset_report_token } = await create();
    sandbox.clock.advance(REPORT_MS);
    const { body } = await sandbox.atPlaid("/asset_report/get", { asset_report_token });
    expect(body.causes).toMatchObject([{ error_type: "INSTITUTION_ERROR", error_code: "INSTITUTION_DOWN" }]);
    await receiver.arrived(1);
    expect(types()).toEqual(["ERROR"]);
  });

  it("its webhook is lost", async () => {
    sandbox.faults.script({ provider: "PLAID", kind: "webhook-lost", times: 1 });
    await create();
    sandbox.clock.advance(REPORT_MS);
    await create();
    sandbox.clock.advance(REPORT_MS);
    await receiver.arrived(1);
    await sandbox.sendWebhook("PLAID", receiver.url, marker);
    expect(types()).toEqual(["PRODUCT_READY", "MARKER"]);
  });

  it.each([
    [undefined, 1],
    [true, 2],
  ])("its webhook comes twice (signed again: %s)", async (signedAgain, signatures) => {
    sandbox.faults.script({ provider: "PLAID", kind: "webhook-doubled", signedAgain });
    await create();
    sandbox.clock.advance(REPORT_MS);
    await receiver.arrived(2);
    const different = (of: "text" | "jwt") =>
      new Set(receiver.received.map(({ text, headers }) => (of === "text" ? text : headers["plaid-verification"])))
        .size;
    expect([different("text"), different("jwt")]).toEqual([1, signatures]);
  });

  it("its webhook comes before create is answered, and the report is ready", async () => {
    sandbox.faults.script({ provider: "PLAID", kind: "webhook-early" });
    const { asset_report_id, asset_report_token } = await create();
    expect(receiver.received.map(({ body }) => body.asset_report_id)).toEqual([asset_report_id]);
    expect((await sandbox.atPlaid("/asset_report/get", { asset_report_token })).status).toBe(200);
  });

  it("an early webhook that is not taken does not hold create up", async () => {
    receiver.answers.push(503);
    sandbox.faults.script({ provider: "PLAID", kind: "webhook-early" });
    await create();
    await sandbox.clock.awaited(1_000);
    sandbox.clock.advance(1_000);
    await receiver.arrived(2);
  });

  it("its webhook comes late", async () => {
    sandbox.faults.script({ provider: "PLAID", kind: "webhook-late", ms: 60_000 });
    await create();
    sandbox.clock.advance(REPORT_MS + 59_999);
    await sandbox.sendWebhook("PLAID", receiver.url, marker);
    sandbox.clock.advance(1);
    await receiver.arrived(2);
    expect(types()).toEqual(["MARKER", "PRODUCT_READY"]);
  });

  it("its webhook is signed by another key under the same name", async () => {
    sandbox.faults.script({ provider: "PLAID", kind: "webhook-badly-signed", times: 1 });
    for (const _time of [1, 2]) {
      await create();
      sandbox.clock.advance(REPORT_MS);
      await receiver.arrived(_time);
    }
    const headers = receiver.received.map(({ headers }) => String(headers["plaid-verification"]).split(".")[0]);
    expect(new Set(headers).size).toBe(1);
  });
});
