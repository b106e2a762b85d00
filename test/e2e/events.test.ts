import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { Store } from "../../src/store/store.ts";
import { eachDatabase, onPostgres } from "../support/database.ts";
import { type Gateway, importItem, startGateway, testSandbox, type Who } from "../support/gateway.ts";
import { until } from "../support/until.ts";

const WATCH = `subscription ($after: String, $types: [EventType!]) {
  events(after: $after, types: $types) { id cursor type newCount itemId item { id health { status } lastWebhookCode } }
}`;
const LIST = `query ($first: Int, $after: String, $types: [EventType!]) {
  events(first: $first, after: $after, types: $types) {
    edges { cursor node { id } }
    nodes { id __typename cursor type occurredAt provider itemId item { id } report { id status } error { code } newCount updatedCount removedCount accountIds transactionIds }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

interface Shown {
  id: string;
  cursor: string;
  type: string;
  newCount: number | null;
}

/** The feed as a client follows it, until it has seen `count` events. */
async function follow(gateway: Gateway, variables: object, count: number, as: Who = {}): Promise<Shown[]> {
  const seen: Shown[] = [];
  for await (const { events } of gateway.subscribe(WATCH, { ...variables }, as)) {
    seen.push(events);
    if (seen.length === count) break;
  }
  return seen;
}

async function list(gateway: Gateway, variables: object = {}, as: Who = {}) {
  const { data, errors } = await gateway.query(LIST, { ...variables }, as);
  expect(errors).toEqual([]);
  return data.events;
}

eachDatabase((_, open) => {
  let sandbox: Sandbox;
  let gateway: Gateway;
  let store: Store;
  let item: { id: string; remoteId: string };

  beforeAll(async () => {
    sandbox = await testSandbox();
  });
  afterAll(() => sandbox.close());
  beforeEach(async () => {
    store = await open();
    gateway = await startGateway(sandbox, { store });
    const { accessToken, itemId } = sandbox.createItem("PLAID");
    item = { id: await importItem(gateway, { provider: "PLAID", accessToken }), remoteId: itemId };
  });
  afterEach(() => gateway.close());

  const send = (body: object, to = gateway) =>
    sandbox.sendWebhook("PLAID", `${to.app.url}/webhooks/plaid`, { ...body, item_id: item.remoteId });
  const update = (count: number, to = gateway) =>
    send({ webhook_type: "TRANSACTIONS", webhook_code: "DEFAULT_UPDATE", new_transactions: count, error: null }, to);

  it("tells a subscriber what a webhook did, with the item as it then is", async () => {
    const [linked] = (await list(gateway)).nodes;
    const [{ cursor }] = (await list(gateway)).nodes.slice(-1);
    expect(linked).toMatchObject({ type: "ITEM_LINKED", itemId: item.id, item: { id: item.id }, report: null });
    const seeing = follow(gateway, { after: cursor }, 2);
    const error = { error_type: "ITEM_ERROR", error_code: "ITEM_LOGIN_REQUIRED", error_message: "x", status: 400 };
    expect(await update(3)).toBe(200);
    expect(await send({ webhook_type: "ITEM", webhook_code: "ERROR", error })).toBe(200);
    expect(await seeing).toMatchObject([
      { type: "TRANSACTIONS_DEFAULT_UPDATE", newCount: 3, itemId: item.id },
      {
        type: "ITEM_ERROR",
        item: { id: item.id, health: { status: "ACTION_REQUIRED" }, lastWebhookCode: "ERROR" },
      },
    ]);
  });

  it("gives a client that was away all that it missed, each once and in order, also over a restart", async () => {
    const [{ cursor }] = (await list(gateway)).nodes.slice(-1);
    for (let count = 1; count <= 5; count++) await update(count);
    const first = await follow(gateway, { after: cursor }, 2);
    await gateway.close();
    gateway = await startGateway(sandbox, { store });
    const seeing = follow(gateway, { after: first.at(-1)?.cursor }, 6);
    for (let count = 6; count <= 8; count++) await update(count);
    const seen = [...first, ...(await seeing)];
    expect(seen.map(({ newCount }) => newCount)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(8);
  });

  it("pages the feed, and finds each event again by its id", async () => {
    for (let count = 1; count <= 4; count++) await update(count);
    await until(async () => (await list(gateway)).nodes.length === 6);
    const all = (await list(gateway)).nodes;
    const page = await list(gateway, { first: 2, after: all[1].cursor });
    expect(page.nodes).toEqual(all.slice(2, 4));
    expect(page.edges).toEqual(all.slice(2, 4).map(({ id, cursor }: Shown) => ({ cursor, node: { id } })));
    expect(page.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: true,
      startCursor: all[2].cursor,
      endCursor: all[3].cursor,
    });
    const typed = await list(gateway, { types: ["ITEM_LINKED", "ITEM_REMOVED"] });
    expect(typed.nodes).toEqual(all.slice(0, 1));
    expect((await list(gateway, { types: [] })).nodes).toEqual([]);
    const { data } = await gateway.query("query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", {
      ids: all.map(({ id }: Shown) => id),
    });
    expect(data.nodes).toEqual(all.map(({ id }: Shown) => ({ __typename: "Event", id })));
  });

  it("keeps an event when its item has gone", async () => {
    await gateway.query("mutation ($id: ID!) { removeItem(id: $id) { removedItemId } }", { id: item.id });
    expect((await list(gateway)).nodes).toMatchObject([
      { type: "ITEM_LINKED", itemId: item.id, item: null },
      { type: "ITEM_WEBHOOK_UPDATED" },
      { type: "ITEM_REMOVED", itemId: item.id, item: null },
    ]);
  });

  it("tells of a report's end once, with the report", async () => {
    const { data } = await gateway.query(
      "mutation ($input: CreateReportInput!) { createReport(input: $input) { report { id } } }",
      { input: { itemIds: [item.id], daysRequested: 1 } },
    );
    const { id } = data.createReport.report;
    for await (const _ of gateway.subscribe("subscription ($id: ID!) { reportStatus(id: $id) { status } }", { id }));
    await gateway.query("mutation ($id: ID!) { removeReport(id: $id) { report { id } } }", { id });
    const told = await list(gateway, { types: ["REPORT_READY", "REPORT_PARTIAL", "REPORT_FAILED", "REPORT_REMOVED"] });
    expect(told.nodes).toMatchObject([
      { type: "REPORT_READY", report: { id, status: "REMOVED" } },
      { type: "REPORT_REMOVED", report: { id } },
    ]);
  });

  it("has the item's webhooks come here, moves them elsewhere, and back", async () => {
    const SHOW = "query ($id: ID!) { node(id: $id) { ... on Item { webhook } } }";
    const MOVE =
      "mutation ($id: ID!, $webhook: URL) { updateItemWebhook(id: $id, webhook: $webhook) { item { webhook } } }";
    const shown = async () => (await gateway.query(SHOW, { id: item.id })).data.node.webhook;
    const own = `${gateway.app.url}/webhooks/plaid`;
    expect(await shown()).toBe(own);
    const elsewhere = "https://example.com/hook";
    const moved = await gateway.query(MOVE, { id: item.id, webhook: elsewhere });
    expect(moved.data.updateItemWebhook.item.webhook).toBe(elsewhere);
    expect(await shown()).toBe(elsewhere);
    await gateway.query(MOVE, { id: item.id });
    await until(async () => (await list(gateway, { types: ["ITEM_WEBHOOK_UPDATED"] })).nodes.length === 2);
    expect(await shown()).toBe(own);

    const refusal = async (variables: object, as: Who = {}) =>
      (await gateway.query(MOVE, { id: item.id, ...variables }, as)).errors[0]?.extensions.code;
    for (const webhook of ["http://example.com/hook", "https://me:secret@example.com/", "ftp://example.com/"]) {
      expect(await refusal({ webhook })).toBe("BAD_USER_INPUT");
    }
    expect(await refusal({}, { scopes: [] })).toBe("FORBIDDEN");
    expect(await refusal({}, { viewer: "mallory" })).toBe("NOT_FOUND");
  });

  it("leaves an item's webhooks where its viewer moved them, though a registration still waited; linked again, they come here", async () => {
    const MOVE =
      "mutation ($id: ID!, $webhook: URL) { updateItemWebhook(id: $id, webhook: $webhook) { item { id webhook } } }";
    const IMPORT = "mutation ($input: ImportItemInput!) { importItem(input: $input) { item { id } } }";
    const elsewhere = "https://example.com/hook?key=of-the-viewer";
    const { accessToken, itemId } = sandbox.createItem("PLAID");
    const { baseUrl, clientId, secret } = sandbox.endpoints.PLAID;
    const upstream = async () => {
      const body = JSON.stringify({ client_id: clientId, secret, access_token: accessToken });
      const headers = { "content-type": "application/json" };
      const answer = await fetch(`${baseUrl}/item/get`, { method: "POST", headers, body });
      return ((await answer.json()) as { item: { webhook: string } }).item.webhook;
    };
    const jobs = async () =>
      (await store.execute("select state, data::text as data from pgboss.job where name = 'register-webhook'")).rows;
    const done = async () => (await jobs()).every(({ state }) => state === "completed");
    await until(done);

    sandbox.faults.script({
      ...{ provider: "PLAID", endpoint: "/item/webhook/update", itemId },
      ...{ kind: "error", code: "INTERNAL_SERVER_ERROR" },
    });
    const input = { provider: "PLAID", accessToken };
    const { data } = await gateway.query(IMPORT, { input });
    const { id } = data.importItem.item;
    await until(async () => (await jobs()).some(({ state }) => state === "retry"));
    sandbox.faults.clear();
    await gateway.query(MOVE, { id, webhook: elsewhere });
    await until(done);
    expect(await upstream()).toBe(elsewhere);
    expect(JSON.stringify(await jobs())).not.toContain("of-the-viewer");

    await gateway.query(IMPORT, { input });
    await until(async () => (await upstream()) === `${gateway.app.url}/webhooks/plaid`);
  });

  it("shows an API answer that found the item broken, and one that found it healed", async () => {
    const liabilities = () =>
      gateway.query("{ items { nodes { liabilities { nodes { id } unavailable { error { code } } } } } }");
    sandbox.faults.script({
      ...{ provider: "PLAID", endpoint: "/liabilities/get", times: 1 },
      ...{ kind: "error", code: "ITEM_LOGIN_REQUIRED" },
    });
    await liabilities();
    await liabilities();
    expect((await list(gateway)).nodes).toMatchObject([
      { type: "ITEM_LINKED" },
      { type: "ITEM_WEBHOOK_UPDATED" },
      { type: "ITEM_ERROR", error: { code: "ITEM_LOGIN_REQUIRED" } },
      { type: "ITEM_REPAIRED", error: null },
    ]);
  });

  it("is nobody else's, and shows the webhook's body with the scope for it alone", async () => {
    await update(1);
    await until(async () => (await list(gateway)).nodes.length === 3);
    const mallory = { viewer: "mallory" };
    expect((await list(gateway, {}, mallory)).nodes).toEqual([]);
    const [, , { id }] = (await list(gateway)).nodes;
    const foreign = await gateway.query("query ($id: ID!) { node(id: $id) { id } }", { id }, mallory);
    expect(foreign.errors[0]?.extensions.code).toBe("NOT_FOUND");

    const raw = "{ events { nodes { raw } } }";
    expect((await gateway.query(raw)).data.events.nodes).toEqual([
      { raw: null },
      { raw: expect.objectContaining({ webhook_code: "WEBHOOK_UPDATE_ACKNOWLEDGED" }) },
      { raw: expect.objectContaining({ webhook_code: "DEFAULT_UPDATE", new_transactions: 1, item_id: item.remoteId }) },
    ]);
    const plain = await gateway.query(raw, {}, { scopes: [] });
    expect(plain.data.events.nodes).toEqual([{ raw: null }, { raw: null }, { raw: null }]);
    expect(plain.errors.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN"]);
  });

  it("refuses a cursor of another list, and one that the feed never came to, over both", async () => {
    const foreign = (await gateway.query("{ items { pageInfo { endCursor } } }")).data.items.pageInfo.endCursor;
    const ahead = Buffer.from(JSON.stringify(["event", "99"])).toString("base64url");
    for (const after of [foreign, ahead, "x", ""]) {
      const { errors } = await gateway.query(LIST, { after });
      expect(errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field: "after" });
      await expect(follow(gateway, { after }, 1)).rejects.toMatchObject({
        errors: [{ extensions: { code: "BAD_USER_INPUT" } }],
      });
    }
  });
});

onPostgres((open) => {
  describe("two replicas", () => {
    it("tell the same feed: the subscriber on the one, the webhooks at both", async () => {
      const sandbox = await testSandbox();
      const store = await open();
      const env = { ENCRYPTION_KEYS: `shared:${Buffer.alloc(32, 5).toString("base64")}` };
      const here = await startGateway(sandbox, { store, env });
      const there = await startGateway(sandbox, { store: await open.replica(store), env });
      const { accessToken, itemId } = sandbox.createItem("PLAID");
      await importItem(there, { provider: "PLAID", accessToken });
      const [{ cursor }] = (await list(here)).nodes.slice(-1);
      const TOLD = 30;
      const seeing = Promise.all([follow(here, { after: cursor }, TOLD), follow(there, { after: cursor }, TOLD)]);
      for (let count = 1; count <= TOLD; count++) {
        const to = count % 2 === 0 ? here : there;
        const body = { webhook_type: "HOLDINGS", webhook_code: "DEFAULT_UPDATE", new_holdings: count, item_id: itemId };
        expect(await sandbox.sendWebhook("PLAID", `${to.app.url}/webhooks/plaid`, body)).toBe(200);
      }
      const [one, other] = await seeing;
      expect(one.map(({ newCount }) => newCount)).toEqual(Array.from({ length: TOLD }, (_, index) => index + 1));
      expect(other).toEqual(one);
      await here.close();
      await there.close();
      await sandbox.close();
    });
  });
});
