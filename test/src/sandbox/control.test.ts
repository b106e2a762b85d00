import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { type Sandbox, startSandbox } from "../../../src/sandbox/sandbox.ts";
import { control } from "./control.ts";
import { startReceiver } from "./receiver.ts";
import { NOON, startTestSandbox, type TestSandbox } from "./start.ts";

describe("the log of calls", () => {
  let sandbox: TestSandbox;
  let item: { accessToken: string; itemId: string };
  beforeAll(async () => {
    sandbox = await startTestSandbox();
    item = sandbox.createItem("PLAID", { user: "other" });
    await sandbox.atPlaid("/accounts/get", { access_token: item.accessToken, options: { account_ids: ["nobody"] } });
    await sandbox.time.advance("1h");
    const access_tokens = [item.accessToken, sandbox.demo.PLAID[0]];
    const user = { ssn: "123-45-6789", first_name: "Alberta" };
    await sandbox.atPlaid("/asset_report/create", { access_tokens, days_requested: 9, options: { user } });
    sandbox.faults.script({ provider: "LINK_MONEY", kind: "rate-limit" });
    await sandbox.atLinkMoney("/item/get", {}, sandbox.demo.LINK_MONEY[0]);
    await sandbox.atPlaid("/item/get", { access_token: item.accessToken, filler: "x".repeat(5_000) });
  });
  afterAll(() => sandbox.close());
  const calls = async (query = "") => (await control(sandbox, `GET /calls${query}`)).body.calls;

  it("tells what was asked, of whom, when, and what came of it", async () => {
    expect(await calls()).toEqual(sandbox.calls());
    expect(sandbox.calls()).toEqual([
      {
        ...{ provider: "PLAID", endpoint: "/accounts/get", itemId: item.itemId, user: "other", at: NOON },
        ...{ status: 400, ms: 0, fault: null },
        request: { access_token: "[redacted]", options: { account_ids: ["nobody"] } },
      },
      {
        ...{ provider: "PLAID", endpoint: "/asset_report/create", itemId: null, user: null, at: NOON + 3_600_000 },
        ...{ status: 200, ms: 0, fault: null },
        request: {
          ...{ access_tokens: "[redacted]", days_requested: 9 },
          options: { user: { ssn: "[redacted]", first_name: "Alberta" } },
        },
      },
      {
        ...{ provider: "LINK_MONEY", endpoint: "/item/get", itemId: expect.any(String), user: "default" },
        ...{ at: NOON + 3_600_000, status: 429, ms: 0, fault: "rate-limit", request: {} },
      },
      {
        ...{ provider: "PLAID", endpoint: "/item/get", itemId: item.itemId, user: "other", at: NOON + 3_600_000 },
        ...{ status: 400, ms: 0, fault: null, request: null },
      },
    ]);
  });

  it.each([
    ["?provider=LINK_MONEY", ["/item/get"]],
    ["?endpoint=/item/get", ["/item/get", "/item/get"]],
    ["?user=other&status=400", ["/accounts/get", "/item/get"]],
    ["?fault=rate-limit", ["/item/get"]],
    ["?since=2026-06-17T12:30:00Z", ["/asset_report/create", "/item/get", "/item/get"]],
    [`?since=${NOON + 1}&limit=1`, ["/item/get"]],
    ["?itemId=none", []],
  ])("can be asked with %s", async (query, endpoints) => {
    expect((await calls(query)).map((call: { endpoint: string }) => call.endpoint)).toEqual(endpoints);
  });

  it.each([
    ["?colour=red", /"colour"/],
    ["?provider=MX", /^provider: /],
    ["?status=ok", /^status: /],
    ["?limit=0", /^limit: /],
    ["?since=then", /^since: /],
  ])("refuses %s", async (query, says) => {
    const { status, body } = await control(sandbox, `GET /calls${query}`);
    expect(status).toBe(400);
    expect(body.error).toMatch(says);
  });

  it("does not hold what controls the sandbox, and can be cleared", async () => {
    expect((await calls()).length).toBe(4);
    expect((await control(sandbox, "DELETE /calls", undefined, "LINK_MONEY")).body).toEqual({ calls: [] });
    expect(sandbox.calls()).toEqual([]);
  });
});

describe("/__control", () => {
  let sandbox: TestSandbox;
  beforeEach(async () => {
    sandbox = await startTestSandbox();
  });
  afterEach(() => sandbox.close());

  it("tells what there is, at both ports alike", async () => {
    const { body } = await control(sandbox, "GET ");
    expect(body).toMatchObject({ seed: 1, items: 3, faults: 0, clock: { now: "2026-06-17T12:00:00.000Z" } });
    expect(body.control).toContain("POST /__control/clock");
    expect((await control(sandbox, "GET ", undefined, "LINK_MONEY")).body).toEqual(body);
  });

  it.each(["GET /none", "PUT /clock", "DELETE /items"])("answers %s with what there is", async (route) => {
    const { status, body } = await control(sandbox, route);
    expect([status, body.error]).toEqual([404, `there is no ${route}; GET /__control tells what there is`]);
  });

  it("lists the items, and makes more", async () => {
    const { item } = (await control(sandbox, "POST /items", { user: "large" }, "LINK_MONEY")).body;
    expect(item).toMatchObject({ provider: "LINK_MONEY", user: "large", webhook: null, removed: false });
    const { items } = (await control(sandbox, "GET /items")).body;
    expect(items.map(({ provider }: { provider: string }) => provider).sort()).toEqual([
      ...["LINK_MONEY", "LINK_MONEY", "PLAID", "PLAID"],
    ]);
    expect(items).toContainEqual(item);
    expect((await sandbox.atLinkMoney("/item/get", {}, item.accessToken)).body.item.item_id).toBe(item.itemId);
  });

  it.each([
    [{ user: "nobody" }, /^the sandbox has no user "nobody"; there are default/],
    [{ user: "other", institutionId: "ins_0" }, /^the sandbox has no institution "ins_0"; \/institutions\/get lists/],
    [{ custom: { override_accounts: 7 } }, /override_accounts/],
    [{ provider: "MX" }, /^provider: /],
    [{ consentDays: 0 }, /^consentDays: /],
    [{ webhook: "here" }, /^webhook: /],
  ])("makes no item of %j", async (wish, says) => {
    const { status, body } = await control(sandbox, "POST /items", wish);
    expect(status).toBe(400);
    expect(body.error).toMatch(says);
  });

  it("makes an item of a custom user with many transactions, and none of half of one", async () => {
    const transaction = { date_transacted: "2026-06-01", date_posted: "2026-06-02", amount: 1, description: "Tea" };
    const custom = { override_accounts: [{ type: "depository", transactions: Array(12_000).fill(transaction) }] };
    const { item } = (await control(sandbox, "POST /items", { custom })).body;
    expect(item.user).toBe("user_custom");
    const dates = { start_date: "2026-06-01", end_date: "2026-06-30" };
    const { body } = await sandbox.atPlaid("/transactions/get", { access_token: item.accessToken, ...dates });
    expect(body.total_transactions).toBe(12_000);
    const { items } = (await control(sandbox, "GET /items")).body;
    const huge = await control(sandbox, "POST /items", { custom: { ...custom, income: "x".repeat(17_000_000) } });
    expect(huge).toMatchObject({ status: 400, body: { error: expect.stringContaining("the body is too large") } });
    expect((await control(sandbox, "GET /items")).body.items).toEqual(items);
  });

  it("does what the person does: links, repairs", async () => {
    const asked = { client_name: "Test", language: "en", country_codes: ["US"], user: { client_user_id: "u" } };
    const { link_token: linkToken } = (await sandbox.atPlaid("/link/token/create", { ...asked, products: ["auth"] }))
      .body;
    const { publicToken } = (await control(sandbox, "POST /link", { linkToken, user: "other" })).body;
    const { body } = await sandbox.atPlaid("/item/public_token/exchange", { public_token: publicToken });
    expect((await control(sandbox, "POST /link", { linkToken })).body.error).toBe(
      "INVALID_LINK_TOKEN: invalid link_token provided",
    );
    const { access_token, item_id: itemId } = body;
    await sandbox.atPlaid("/sandbox/item/reset_login", { access_token });
    expect((await sandbox.atPlaid("/accounts/get", { access_token })).body.error_code).toBe("ITEM_LOGIN_REQUIRED");
    expect(await control(sandbox, "POST /repair", { itemId })).toEqual({ status: 200, body: {} });
    expect((await sandbox.atPlaid("/accounts/get", { access_token })).status).toBe(200);
    const nobodys = await control(sandbox, "POST /repair", { itemId: "none" });
    expect(nobodys).toEqual({ status: 400, body: { error: 'the sandbox has no item "none"' } });
  });

  it.each([
    ["PLAID", ["ERROR", "LOGIN_REPAIRED"]],
    ["LINK_MONEY", ["ERROR"]],
  ] as const)("has a login of %s no longer work, until it is given anew", async (provider, codes) => {
    const read = (token: string) =>
      provider === "PLAID"
        ? sandbox.atPlaid("/accounts/get", { access_token: token })
        : sandbox.atLinkMoney("/accounts/get", {}, token);
    const receiver = await startReceiver();
    const { item } = (await control(sandbox, "POST /items", { provider, webhook: receiver.url })).body;
    const { itemId, accessToken } = item;
    expect(await control(sandbox, "POST /reset", { itemId })).toEqual({ status: 200, body: {} });
    expect((await read(accessToken)).body.error_code).toBe("ITEM_LOGIN_REQUIRED");
    await control(sandbox, "POST /repair", { itemId });
    expect((await read(accessToken)).status).toBe(200);
    await receiver.arrived(codes.length);
    expect(receiver.received.map(({ body }) => body.webhook_code)).toEqual(codes);
    const { status, body } = await control(sandbox, "POST /reset", { itemId: "none" });
    expect([status, body.error]).toEqual([400, 'the sandbox has no item "none"']);
    await receiver.close();
  });

  it("makes public tokens, as Link would", async () => {
    const { publicToken } = (await control(sandbox, "POST /public-tokens", { user: "other" })).body;
    const { body } = await sandbox.atPlaid("/item/public_token/exchange", { public_token: publicToken });
    expect((await sandbox.atPlaid("/item/get", { access_token: body.access_token })).status).toBe(200);
    const forced = await control(sandbox, "POST /public-tokens", { custom: { force_error: "ITEM_LOCKED" } });
    expect([forced.status, forced.body.error]).toEqual([400, expect.stringMatching(/^ITEM_LOCKED: /)]);
  });

  it.each<[string, string, Record<string, string>]>([
    ["of another site", "DELETE", { origin: "http://evil.example" }],
    ["that needs no preflight", "POST", { "content-type": "text/plain" }],
    ["under a name that leads here", "GET", { host: "evil.example" }],
  ])("is closed to a page in a browser: %s", async (_, method, headers) => {
    sandbox.faults.script({ provider: "PLAID", kind: "html" });
    const { port } = new URL(sandbox.endpoints.PLAID.baseUrl);
    const status = await new Promise((resolve, reject) => {
      const options = { port, path: "/__control/faults", method, headers, host: "127.0.0.1" };
      request(options, (answer) => resolve(answer.resume().statusCode))
        .on("error", reject)
        .end("{}");
    });
    expect(status).toBe(403);
    expect(sandbox.faults.list()).toHaveLength(1);
  });
});

describe("a script", () => {
  let folder: string;
  let scriptFile: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "script-"));
    scriptFile = join(folder, "script.json");
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("says where the clock stands and which faults are in force, and takes a clock back by no restart", async () => {
    const fault = { provider: "PLAID", kind: "html", endpoint: "/item/get" };
    await writeFile(
      scriptFile,
      JSON.stringify({ clock: { to: "2027-01-04T09:00:00Z", still: true }, faults: [fault] }),
    );
    const stateFile = join(folder, "state.json");
    const first = await startTestSandbox({ scriptFile, stateFile });
    expect([first.time.now(), first.time.isStill()]).toEqual([Date.UTC(2027, 0, 4, 9), true]);
    expect(first.faults.list()).toMatchObject([{ fault }]);
    const made = (await control(first, "GET /items")).body.items[0];
    expect(made.linkedAt).toBe("2027-01-04T09:00:00.000Z");
    await first.time.advance("1d");
    await first.close();
    const second = await startTestSandbox({ scriptFile, stateFile });
    expect(second.time.now()).toBe(Date.UTC(2027, 0, 5, 9));
    expect(second.faults.list()).toHaveLength(1);
    await second.close();
  });

  it.each<[string, RegExp]>([
    ["{", /script\.json: .*JSON/],
    ['{"fault": []}', /script\.json: Unrecognized key: "fault"/],
    ['{"faults": [{"provider": "PLAID", "kind": "drip"}]}', /script\.json: faults\[0\]\.ms: /],
    ['{"faults": [{"kind": "html"}]}', /script\.json: faults\[0\]\.provider: /],
    ['{"clock": {"to": 1.5}}', /script\.json: clock\.to: wanted RFC 3339/],
    [
      '{"faults": [{"provider": "PLAID", "kind": "html", "endpoint": "/acounts/get"}]}',
      /script\.json: faults\[0\]\.endpoint: PLAID has no endpoint "\/acounts\/get"/,
    ],
  ])("%s is refused, naming file and key", async (text, says) => {
    await writeFile(scriptFile, text);
    await expect(startTestSandbox({ scriptFile })).rejects.toThrow(says);
  });

  it("that is not there is refused", async () => {
    await expect(startTestSandbox({ scriptFile })).rejects.toThrow(/script\.json: ENOENT/);
  });
});

describe("startSandbox()", () => {
  it("wants nothing, runs many at once, and ends with the block that it is used in", async () => {
    const sandboxes: Sandbox[] = await Promise.all([startSandbox(), startSandbox(), startSandbox({ seed: 2 })]);
    const [one, two, other] = sandboxes.map(({ demo }) => demo.PLAID);
    expect(one).toEqual(two);
    expect(one).not.toEqual(other);
    const urls = sandboxes.flatMap(({ endpoints }) => [endpoints.PLAID.baseUrl, endpoints.LINK_MONEY.baseUrl]);
    expect(new Set(urls).size).toBe(6);
    await Promise.all(sandboxes.map((sandbox) => sandbox[Symbol.asyncDispose]()));
    await expect(fetch(urls[0] ?? "")).rejects.toThrow("fetch failed");
  });
});
