import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { RequestFault } from "../../src/sandbox/faults.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { capturedLog, type Gateway, importItem, startGateway, testSandbox } from "../support/gateway.ts";
import { until } from "../support/until.ts";

const ITEM =
  "query ($id: ID!) { item(id: $id) { health { status action error { code message } } accounts { totalCount unavailable { error { code } } } } }";
const LINK = `mutation ($input: CreateLinkTokenInput!) {
  createLinkToken(input: $input) { linkToken expiresAt hostedLinkUrl }
}`;
const ROTATE = "mutation ($id: ID!) { rotateAccessToken(id: $id) { item { id health { status } } } }";

describe("linking", () => {
  let sandbox: Sandbox;
  let gateway: Gateway;
  let lines: string[];
  beforeAll(async () => {
    sandbox = await testSandbox();
  });
  afterAll(() => sandbox.close());
  beforeEach(async () => {
    const log = capturedLog();
    lines = log.lines;
    gateway = await startGateway(sandbox, { log: log.log });
    sandbox.clearCalls();
  });
  afterEach(async () => {
    sandbox.faults.clear();
    await gateway.close();
  });

  const counted = (endpoint: string) => sandbox.calls().filter((call) => call.endpoint === endpoint).length;
  const linkNew = async (provider: "PLAID" | "LINK_MONEY" = "PLAID") => {
    const { accessToken } = sandbox.createItem(provider);
    return { accessToken, id: await importItem(gateway, { provider, accessToken }) };
  };
  const eventsOf = async (types: string) =>
    (await gateway.query(`{ events(types: [${types}]) { nodes { type error { message } } } }`)).data.events.nodes;

  describe("by a link token", () => {
    it("begins for a new item, and for one to repair, whose provider counts", async () => {
      const { id } = await linkNew();
      for (const input of [{ products: ["TRANSACTIONS", "ASSETS"], clientName: "Ledger" }, { itemId: id }]) {
        const { data, errors } = await gateway.query(LINK, { input });
        expect(errors).toEqual([]);
        expect(data.createLinkToken).toEqual({
          linkToken: expect.stringMatching(/^link-sandbox-/),
          expiresAt: expect.stringMatching(/Z$/),
          hostedLinkUrl: "itemId" in input ? expect.stringContaining("/link/hosted/") : null,
        });
      }
    });

    it("reads an item anew once its repair has begun: it works as soon as the person is done", async () => {
      const { accessToken, itemId } = sandbox.createItem("PLAID");
      const id = await importItem(gateway, { provider: "PLAID", accessToken });
      sandbox.resetItem(itemId);
      const healthOf = async () => (await gateway.query(ITEM, { id })).data.item;
      await until(async () => (await healthOf()).health.status === "ACTION_REQUIRED");
      const { data } = await gateway.query(LINK, { input: { itemId: id } });
      const before = await healthOf();
      expect(before.accounts.totalCount).toBeGreaterThan(0); // an older answer stands in
      expect(before.accounts.unavailable).toMatchObject([{ error: { code: "ITEM_LOGIN_REQUIRED" } }]);
      sandbox.completeLink(data.createLinkToken.linkToken);
      expect((await healthOf()).accounts.unavailable).toEqual([]);
      expect((await healthOf()).health.status).toBe("HEALTHY");
    });

    it.each([
      ["input.products", {}],
      ["input.products", { products: ["BALANCE"] }],
      ["input.language", { products: ["AUTH"], language: "english" }],
      ["input.countryCodes", { products: ["AUTH"], countryCodes: [] }],
      ["input.countryCodes", { products: ["AUTH"], countryCodes: ["usa"] }],
      ["input.clientName", { products: ["AUTH"], clientName: "x".repeat(31) }],
      ["input.redirectUri", { products: ["AUTH"], redirectUri: "http://app.example.com" }],
      ["input.itemId", { itemId: "x" }],
    ])("refuses a bad %s before any call: %j", async (field, input) => {
      const { data, errors } = await gateway.query(LINK, { input });
      expect(data.createLinkToken).toBeNull();
      expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", field } }]);
      expect(counted("/link/token/create")).toBe(0);
    });

    it("does not begin for another's item, nor where people link in the aggregator's portal", async () => {
      const { id } = await linkNew();
      const others = await gateway.query(LINK, { input: { itemId: id } }, { viewer: "bob" });
      expect(others.errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
      const atLinkMoney = await linkNew("LINK_MONEY");
      for (const input of [{ provider: "LINK_MONEY" }, { itemId: atLinkMoney.id }]) {
        const { errors } = await gateway.query(LINK, { input });
        expect(errors).toMatchObject([
          {
            message: expect.stringContaining("importItem"),
            extensions: { code: "PRODUCT_UNSUPPORTED", action: "UNSUPPORTED" },
          },
        ]);
      }
    });
  });

  it("fills the cache: the first page of accounts costs no call", async () => {
    await linkNew();
    expect(counted("/accounts/get")).toBe(1);
    const { data } = await gateway.query("{ accounts { totalCount unavailable { product } } }");
    expect(data.accounts.totalCount).toBeGreaterThan(0);
    expect(counted("/accounts/get")).toBe(1);
  });

  it("tells of the same login linked before, and links an item whose accounts cannot be read", async () => {
    const first = await linkNew();
    const publicToken = sandbox.createPublicToken();
    sandbox.faults.script({ provider: "PLAID", endpoint: "/accounts/get", kind: "hang", times: 1 });
    const document =
      "mutation ($t: String!) { linkItem(input: { publicToken: $t }) { item { id } duplicates { id } } }";
    const { data, errors } = await gateway.query(document, { t: publicToken });
    expect(errors).toEqual([]);
    expect(data.linkItem.duplicates).toEqual([{ id: first.id }]);
    const again = await gateway.query(document, { t: sandbox.createPublicToken() });
    expect(again.data.linkItem.duplicates).toEqual([{ id: first.id }, { id: data.linkItem.item.id }]);
  });

  describe("with an access token that is replaced", () => {
    it("goes on as before: the old one opens nothing, the item works", async () => {
      const { id, accessToken } = await linkNew();
      const { data, errors } = await gateway.query(ROTATE, { id });
      expect(errors).toEqual([]);
      expect(data.rotateAccessToken.item).toEqual({ id, health: { status: "HEALTHY" } });
      const old = await gateway.query(
        "mutation ($t: String!) { importItem(input: { provider: PLAID, accessToken: $t }) { item { id } } }",
        { t: accessToken },
      );
      expect(old.errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
      const { data: after } = await gateway.query(
        "{ accounts { nodes { balances(fresh: true) { current } } unavailable { error { code } } } }",
      );
      expect(after.accounts.unavailable).toEqual([]);
      const removed = await gateway.query("mutation ($id: ID!) { removeItem(id: $id) { removedItemId } }", { id });
      expect(removed.errors).toEqual([]);
      await until(() => sandbox.calls().some((call) => call.endpoint === "/item/remove" && call.status === 200));
      expect(lines.join("")).not.toContain("access-sandbox-");
    });

    it("is read by others meanwhile without a word of it being revoked", async () => {
      const { id } = await linkNew();
      const fresh = "{ accounts { nodes { balances(fresh: true) { current } } unavailable { error { code } } } }";
      const done = gateway.query(ROTATE, { id });
      const answers = await Promise.all([...Array(20)].map(() => gateway.query(fresh)));
      expect((await done).errors).toEqual([]);
      const codes = answers.flatMap(({ data }) =>
        data.accounts.unavailable.map((one: { error: { code: string } }) => one.error.code),
      );
      expect(codes.filter((code) => code !== "PROVIDER_UNAVAILABLE")).toEqual([]);
      expect((await gateway.query(ITEM, { id })).data.item.health.status).toBe("HEALTHY");
      expect(await eventsOf("ITEM_ERROR, ITEM_REPAIRED")).toEqual([]);
    });

    it.each<[string, RequestFault]>([
      ["a reset after the work", { kind: "reset", done: true }],
      ["a 5xx after the work", { kind: "server-error", status: 502, html: true, done: true }],
      ["an answer cut off", { kind: "cut-off" }],
      ["an answer without the token", { kind: "mutate", mutate: () => ({ request_id: "r" }) }],
    ])("tells at once that the new one was lost by %s, and what to do", async (_, fault) => {
      const { id } = await linkNew();
      sandbox.faults.script({ provider: "PLAID", endpoint: "/item/access_token/invalidate", ...fault });
      const { data, errors } = await gateway.query(ROTATE, { id });
      expect(data.rotateAccessToken).toBeNull();
      expect(errors).toMatchObject([
        {
          message: expect.stringMatching(/lost.*[^.]\. Where the old one/),
          extensions: { code: "ITEM_LOGIN_REQUIRED", action: "RELINK", retryable: false },
        },
      ]);
      expect(
        (
          await gateway.query(`query ($id: ID!) { item(id: $id) { health { status action error { message } } } }`, {
            id,
          })
        ).data.item.health,
      ).toEqual({
        status: "ACTION_REQUIRED",
        action: "RELINK",
        error: { message: expect.stringContaining("link it anew") },
      });
      expect(await eventsOf("ITEM_ERROR")).toEqual([
        { type: "ITEM_ERROR", error: { message: expect.stringContaining("lost") } },
      ]);
      expect(counted("/item/access_token/invalidate")).toBe(1);
    });

    it("stays as it was where nothing was done", async () => {
      const { id } = await linkNew();
      sandbox.faults.script({ provider: "PLAID", endpoint: "/item/access_token/invalidate", kind: "rate-limit" });
      const { errors } = await gateway.query(ROTATE, { id });
      expect(errors).toMatchObject([{ extensions: { code: "PROVIDER_RATE_LIMITED" } }]);
      expect((await gateway.query(ITEM, { id })).data.item).toMatchObject({
        health: { status: "HEALTHY" },
        accounts: { unavailable: [] },
      });
    });

    it("wants the scope items:admin, an item of one's own, and an aggregator that has it", async () => {
      const { id } = await linkNew();
      const atLinkMoney = await linkNew("LINK_MONEY");
      const codes = await Promise.all([
        gateway.query(ROTATE, { id }, { scopes: [] }),
        gateway.query(ROTATE, { id }, { viewer: "bob" }),
        gateway.query(ROTATE, { id: atLinkMoney.id }),
      ]);
      expect(codes.map(({ errors }) => errors[0]?.extensions.code)).toEqual([
        "FORBIDDEN",
        "NOT_FOUND",
        "PRODUCT_UNSUPPORTED",
      ]);
      expect(counted("/item/access_token/invalidate")).toBe(0);
    });
  });

  it("ends at once for whoever removes it, and upstream as soon as the aggregator confirms it", async () => {
    const { id } = await linkNew();
    sandbox.faults.script({ provider: "PLAID", endpoint: "/item/remove", kind: "server-error", times: 2 });
    await gateway.query("mutation ($id: ID!) { removeItem(id: $id) { removedItemId } }", { id });
    expect((await gateway.query(ITEM, { id })).errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
    expect((await gateway.query("{ accounts { totalCount } }")).data.accounts.totalCount).toBe(0);
    await until(() => sandbox.calls().some((call) => call.endpoint === "/item/remove" && call.status === 200));
    expect(counted("/item/remove")).toBe(3);
  });
});
