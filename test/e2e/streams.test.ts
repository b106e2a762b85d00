import { randomUUID } from "node:crypto";
import { type ClientRequest, request } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { createClient as createStreamClient } from "graphql-sse";
import { createClient as createSocketClient } from "graphql-ws";
import WebSocket from "ws";
import { encodeId } from "../../src/ids.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { eachDatabase } from "../support/database.ts";
import {
  type Gateway,
  importItem,
  linkHousehold,
  startGateway,
  testSandbox,
  tokenOf,
  type Who,
} from "../support/gateway.ts";
import { until } from "../support/until.ts";

const EVENTS = `subscription ($after: String) {
  events(after: $after, types: [TRANSACTIONS_DEFAULT_UPDATE]) { cursor newCount itemId }
}`;
const STATUS = "subscription ($id: ID!) { reportStatus(id: $id) { status sources { provider status } } }";
const TOO_DEEP = `{ items { nodes ${"{ accounts { nodes { item ".repeat(8)} { id } ${"} } }".repeat(8)} } }`;

/** What a front end's client hears. */
interface Result {
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it selected
  data?: any;
  errors?: readonly { message: string; extensions?: Record<string, unknown> }[];
}

/** The results of one operation until it completes or is left; throws what ended it otherwise. */
type Follow = (gateway: Gateway, query: string, variables?: object, as?: Who) => AsyncGenerator<Result, void, void>;

async function* overSocket(gateway: Gateway, query: string, variables: object = {}, as: Who = {}) {
  const client = createSocketClient({
    url: `${gateway.app.url.replace(/^http/, "ws")}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: async () => ({ authorization: `Bearer ${await tokenOf(as)}` }),
    retryAttempts: 0,
  });
  try {
    for await (const result of client.iterate({ query, variables: { ...variables } })) yield result as Result;
  } catch (thrown) {
    // what does not run is told by the errors alone
    if (!Array.isArray(thrown)) throw thrown;
    yield { errors: thrown };
  } finally {
    await client.dispose();
  }
}

async function* overStream(gateway: Gateway, query: string, variables: object = {}, as: Who = {}) {
  const client = createStreamClient({
    url: `${gateway.app.url}/graphql/stream`,
    headers: async () => ({ authorization: `Bearer ${await tokenOf(as)}` }),
    retryAttempts: 0,
  });
  try {
    for await (const result of client.iterate({ query, variables: { ...variables } })) yield result as Result;
  } finally {
    client.dispose();
  }
}

const TRANSPORTS: [string, Follow][] = [
  ["WebSocket", overSocket],
  ["server-sent events", overStream],
];

async function all(results: AsyncGenerator<Result, void, void>): Promise<Result[]> {
  const heard: Result[] = [];
  for await (const result of results) heard.push(result);
  return heard;
}

eachDatabase((_, open) => {
  let sandbox: Sandbox;
  let gateway: Gateway;

  beforeAll(async () => {
    sandbox = await testSandbox();
  });
  afterAll(() => sandbox.close());
  beforeEach(async () => {
    gateway = await startGateway(sandbox, { store: await open() });
  });
  afterEach(() => gateway.close());

  async function linked() {
    const { accessToken, itemId } = sandbox.createItem("PLAID");
    const id = await importItem(gateway, { provider: "PLAID", accessToken });
    /** The bank tells of so many new transactions. */
    const update = (newTransactions: number) =>
      sandbox.sendWebhook("PLAID", `${gateway.app.url}/webhooks/plaid`, {
        ...{ webhook_type: "TRANSACTIONS", webhook_code: "DEFAULT_UPDATE", item_id: itemId },
        ...{ error: null, new_transactions: newTransactions },
      });
    return { id, update };
  }

  describe.each(TRANSPORTS)("over %s", (_name, follow) => {
    it("the feed goes on from its cursor: all that was missed, each once and in order, then what comes", async () => {
      const { id, update } = await linked();
      const { data } = await gateway.query("{ events(first: 500) { pageInfo { endCursor } } }");
      let after: string = data.events.pageInfo.endCursor;
      const seen: number[] = [];
      for (const upTo of [3, 6, 8]) {
        // what came while nobody listened
        for (let n = seen.length + 1; n < upTo; n++) await update(n);
        let last = false;
        for await (const { data } of follow(gateway, EVENTS, { after })) {
          expect(data.events.itemId).toBe(id);
          seen.push(data.events.newCount);
          after = data.events.cursor;
          if (seen.length === upTo) break;
          if (seen.length === upTo - 1 && !last) {
            last = true;
            await update(upTo); // and what comes while it does
          }
        }
      }
      expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });

    it("a report's state comes at once, then each change, until it is ready and the operation complete", async () => {
      const itemIds = await linkHousehold(gateway, sandbox);
      const created = await gateway.query(
        "mutation ($input: CreateReportInput!) { createReport(input: $input) { report { id status } } }",
        { input: { itemIds, daysRequested: 30 } },
      );
      const { id, status } = created.data.createReport.report;
      expect(status).toBe("PENDING");
      const states = (await all(follow(gateway, STATUS, { id }))).map(({ data }) => data.reportStatus);
      expect(states[0].status).toBe("PENDING");
      expect(states.at(-1).status).toBe("READY");
      expect(states.slice(0, -1).every((state) => state.status === "PENDING")).toBe(true);
      expect(new Set(states.map((state) => JSON.stringify(state))).size).toBe(states.length); // none twice
      // one that is ready already says so, and is complete
      expect((await all(follow(gateway, STATUS, { id }))).map(({ data }) => data.reportStatus)).toEqual([
        states.at(-1),
      ]);
    });

    it("a query and a mutation answer once, and complete", async () => {
      const { id } = await linked();
      expect(await all(follow(gateway, "{ items { nodes { id } } }"))).toEqual([
        { data: { items: { nodes: [{ id }] } } },
      ]);
      const removed = await all(
        follow(gateway, "mutation ($id: ID!) { removeItem(id: $id) { removedItemId } }", { id }),
      );
      expect(removed).toEqual([{ data: { removeItem: { removedItemId: id } } }]);
      expect(await all(follow(gateway, "{ items { nodes { id } } }"))).toEqual([{ data: { items: { nodes: [] } } }]);
    });

    it.each([
      ["another's report", STATUS, { id: encodeId("Report", randomUUID()) }, "NOT_FOUND"],
      ["a cursor that the feed never gave", EVENTS, { after: "nonsense" }, "BAD_USER_INPUT"],
      ["a document that is too deep", TOO_DEEP, {}, "GRAPHQL_VALIDATION_FAILED"],
    ])("%s is refused as over HTTP", async (_what, query, variables, code) => {
      const [only, ...more] = await all(follow(gateway, query, variables));
      expect(more).toEqual([]);
      expect(only?.errors?.[0]?.extensions?.code).toBe(code);
    });
  });

  it("no longer than a token lives: a socket is closed so that its client connects anew, a stream says why and is complete", async () => {
    // it is over already, but for the seconds that clocks may differ
    const as = { expiresInS: -1 };
    const [socket, stream] = await Promise.allSettled(
      TRANSPORTS.map(([, follow]) => all(follow(gateway, EVENTS, {}, as))),
    );
    expect(socket).toMatchObject({ status: "rejected", reason: { code: 4403 } });
    expect(stream).toMatchObject({
      status: "fulfilled",
      value: [{ errors: [{ extensions: { code: "UNAUTHENTICATED" } }] }],
    });
  });

  it("not for a foreign page", async () => {
    const origin = "https://evil.example";
    const socket = new WebSocket(`${gateway.app.url.replace(/^http/, "ws")}/graphql`, "graphql-transport-ws", {
      origin,
    });
    const refused = await new Promise((resolve) => socket.once("error", (error) => resolve(error.message)));
    expect(refused).toContain("403");
    const headers = { "content-type": "application/json", authorization: `Bearer ${await tokenOf()}`, origin };
    const answer = await fetch(`${gateway.app.url}/graphql/stream`, {
      method: "POST",
      headers,
      body: '{"query":"{ __typename }"}',
    });
    expect(answer.status).toBe(403);
  });

  it("two hundred at a time of a viewer, over both together; who leaves makes room", async () => {
    const streams: ClientRequest[] = [];
    const authorization = `Bearer ${await tokenOf()}`;
    const headers = { "content-type": "application/json", authorization };
    const stream = () =>
      new Promise<number | undefined>((resolve, reject) => {
        const sent = request(`${gateway.app.url}/graphql/stream`, { method: "POST", headers, agent: false });
        streams.push(sent);
        sent.on("error", reject);
        sent.on("response", (answer) => resolve(answer.resume().on("error", () => {}).statusCode));
        sent.end(JSON.stringify({ query: EVENTS }));
      });
    const client = createSocketClient({
      url: `${gateway.app.url.replace(/^http/, "ws")}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization },
      lazy: false,
    });
    await new Promise((connected) => client.on("connected", connected));
    for (let open = 0; open < 199; ) {
      const more = await Promise.all(Array.from({ length: Math.min(20, 199 - open) }, () => stream()));
      open += more.filter((status) => status === 200).length;
    }
    expect(await stream()).toBe(429);
    await expect(all(overSocket(gateway, EVENTS))).rejects.toMatchObject({ code: 1013 });
    await client.dispose();
    await until(async () => (await stream()) === 200);
    expect(await stream()).toBe(429);
    for (const sent of streams) sent.destroy();
    await until(() =>
      all(overSocket(gateway, "{ __typename }")).then(
        () => true,
        () => false,
      ),
    );
  });
});
