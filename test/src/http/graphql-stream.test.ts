import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { connect as connectTcp, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { type Client, createClient } from "graphql-sse";
import { until } from "../../support/until.ts";
import { flood, START, startServer, type TestServer, token, waiting } from "./test-server.ts";

const clients: Client[] = [];
const sockets: Socket[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.dispose();
  for (const socket of sockets.splice(0)) socket.destroy();
});

/** A front end's client. */
function connect({ url }: TestServer, claims: Record<string, unknown> = {}): Client {
  const client = createClient({
    url: `${url}/graphql/stream`,
    retryAttempts: 0,
    headers: async () => ({ authorization: `Bearer ${await token(claims)}` }),
  });
  clients.push(client);
  return client;
}

async function results(client: Client, query: string, variables?: Record<string, unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const result of client.iterate({ query, variables })) all.push(result);
  return all;
}

async function post(
  { url }: TestServer,
  body: unknown = { query: "{ me }" },
  headers: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Response> {
  return fetch(`${url}/graphql/stream`, {
    method: "POST",
    headers: {
      ...{ "content-type": "application/json", accept: "text/event-stream" },
      authorization: `Bearer ${await token()}`,
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
    signal,
  });
}

/** A client of bare bytes. */
async function rawSocket({ url }: TestServer): Promise<{ socket: Socket; told(): string }> {
  const socket = connectTcp(Number(new URL(url).port), "127.0.0.1");
  sockets.push(socket);
  await once(socket, "connect");
  let text = "";
  socket.on("data", (bytes) => {
    text += String(bytes);
  });
  return { socket, told: () => text };
}

/** The bytes of a request. */
async function bare(query: string): Promise<string> {
  const body = JSON.stringify({ query });
  return `POST /graphql/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAccept: text/event-stream\r\nAuthorization: Bearer ${await token()}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

const codeOf = async (answer: Response) =>
  ((await answer.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code;

describe("operations over server-sent events", () => {
  it.each([
    ["a query", "{ me }", [{ data: { me: "alice" } }]],
    ["a mutation", 'mutation { change(to: "x") }', [{ data: { change: "x" } }]],
    ["a subscription", "subscription { count(to: 3) }", [1, 2, 3].map((count) => ({ data: { count } }))],
  ])("%s", async (_, query, expected) => {
    expect(await results(connect(await startServer()), query)).toEqual(expected);
  });

  it.each([
    ["an error below", '{ me fails(how: "input") }', "BAD_USER_INPUT"],
    ["a fault of the gateway", '{ fails(how: "bug") }', "INTERNAL_SERVER_ERROR"],
  ])("%s is told beside the data", async (_, query, code) => {
    const [result] = await results(connect(await startServer()), query);
    expect(result).toMatchObject({ data: { fails: null }, errors: [{ path: ["fails"], extensions: { code } }] });
    expect(JSON.stringify(result)).not.toContain("hunter2");
  });

  it.each([
    ["no GraphQL", "{ me", "GRAPHQL_PARSE_FAILED"],
    ["unknown fields", "{ you }", "GRAPHQL_VALIDATION_FAILED"],
    ["too deep", `{ ${"a { ".repeat(30)}me${" }".repeat(30)} }`, "GRAPHQL_VALIDATION_FAILED"],
    ["a bad variable", 'query ($n: Int!) { echo(text: "a", number: $n) }', "BAD_USER_INPUT"],
    ["a failing subscription", "subscription { fails }", "BAD_USER_INPUT"],
    ["one that breaks later", "subscription { breaks }", "BAD_USER_INPUT"],
  ])("%s is told as the last result", async (_, query, code) => {
    const told = await results(connect(await startServer()), query);
    expect(told.at(-1)).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  it("comes as an event stream that nobody keeps or holds back", async () => {
    const answer = await post(await startServer());
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
      "x-request-id": expect.any(String),
    });
    expect(await answer.text()).toBe(':\n\nevent: next\ndata: {"data":{"me":"alice"}}\n\nevent: complete\ndata:\n\n');
  });
});

describe("who may open a stream", () => {
  it.each([
    ["without a token", { authorization: "" }, 401, "UNAUTHENTICATED"],
    ["with a broken token", { authorization: "Bearer x" }, 401, "UNAUTHENTICATED"],
    ["from a foreign page", { origin: "https://evil.example" }, 403, "FORBIDDEN"],
    ["as a form, which needs no preflight", { "content-type": "text/plain" }, 415, "BAD_REQUEST"],
    ["without accepting events", { accept: "application/json" }, 406, "BAD_REQUEST"],
  ])("not %s", async (_, headers, status, code) => {
    const answer = await post(await startServer(), undefined, headers);
    expect(answer.status).toBe(status);
    expect(await codeOf(answer)).toBe(code);
  });

  it.each([
    ["no query", {}, "query: wanted"],
    ["a query that is no text", { query: 5 }, "query: wanted"],
    ["variables that are no object", { query: "{ me }", variables: [] }, "variables: wanted"],
    ["a name that is no text", { query: "{ me }", operationName: 5 }, "operationName: wanted"],
    ["no JSON", "{", "JSON"],
    ["a list", "[]", "query: wanted"],
  ])("not with %s", async (_, body, words) => {
    const answer = await post(await startServer(), body);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(words);
  });

  it("not by GET, nor by reservation", async () => {
    const { url } = await startServer();
    for (const method of ["GET", "PUT", "DELETE"]) {
      expect((await fetch(`${url}/graphql/stream`, { method })).status).toBe(404);
    }
  });

  it("is any page that may call the gateway", async () => {
    const answer = await post(await startServer(), undefined, { origin: "http://localhost:3000" });
    expect(answer.headers.get("access-control-allow-origin")).toBe("http://localhost:3000");
    expect(await answer.text()).toContain("alice");
  });

  it("not a request that waits behind another on its connection", async () => {
    const server = await startServer();
    const { socket, told } = await rawSocket(server);
    socket.write((await bare("subscription { waits }")).repeat(2));
    await until(() => told().includes('"waits":1'));
    socket.end();
    await until(() => waiting.open === 0);
    expect(server.contexts).toHaveLength(1);
  });

  it("is a viewer with fewer than 200 of them", async () => {
    const server = await startServer();
    const leave = new AbortController();
    const open = await Promise.all(
      Array.from({ length: 200 }, () => post(server, { query: "subscription { waits }" }, {}, leave.signal)),
    );
    expect(new Set(open.map(({ status }) => status))).toEqual(new Set([200]));
    const refused = await post(server);
    expect(refused.status).toBe(429);
    expect(await codeOf(refused)).toBe("RATE_LIMITED");
    expect((await post(server, undefined, { authorization: `Bearer ${await token({ sub: "bob" })}` })).status).toBe(
      200,
    );
    leave.abort();
    await until(async () => (await post(server)).status === 200);
  });
});

describe("a stream ends", () => {
  it("with its client, and so does its operation", async () => {
    const server = await startServer();
    const before = waiting.open;
    const leave = new AbortController();
    await post(server, { query: "subscription { waits }" }, {}, leave.signal);
    await until(() => waiting.open === before + 1);
    leave.abort();
    await until(() => waiting.open === before);
    expect(server.contexts.at(-1)?.signal.aborted).toBe(true);
  });

  it("with a client that leaves while its token is being checked, or its body is on its way", async () => {
    const before = waiting.open;
    let letThrough = () => {};
    const gate = new Promise<void>((resolve) => {
      letThrough = resolve;
    });
    let asked = 0;
    const viewer = { id: "alice", scopes: new Set<never>(), expiresAt: null };
    const server = await startServer({
      auth: {
        authenticate: async () => {
          asked++;
          await gate;
          return viewer;
        },
      },
    });
    const request = await bare("subscription { waits }");
    const cut = [request, request.slice(0, -5)];
    let gone = 0;
    server.app.server.on("connection", (socket) => socket.once("close", () => gone++));
    for (let n = 0; n < 202; n++) {
      const { socket } = await rawSocket(server);
      socket.write(cut[n % 2] ?? "");
      await until(() => asked === n + 1);
      socket.destroy();
    }
    await until(() => gone === 202);
    letThrough();
    await until(async () => (await (await post(server)).text()).includes('"me":"alice"'));
    await until(() => waiting.open === before);
    const leave = new AbortController();
    const open = await Promise.all(
      Array.from({ length: 200 }, () => post(server, { query: "subscription { waits }" }, {}, leave.signal)),
    );
    expect(new Set(open.map(({ status }) => status))).toEqual(new Set([200])); // none of its places is lost
    leave.abort();
  });

  it("with its token, and says so", async () => {
    const server = await startServer();
    const exp = START / 1000 + 60;
    const answer = await post(
      server,
      { query: "subscription { waits }" },
      { authorization: `Bearer ${await token({ exp })}` },
    );
    const told = answer.text();
    server.clock.advance(66_000); // and the few seconds that clocks may differ
    const [first, last, complete] = (await told).split("\n\n").filter((event) => event !== ":");
    expect(first).toBe('event: next\ndata: {"data":{"waits":1}}');
    expect(last).toMatch(/^event: next\ndata: \{"errors":\[\{"message":"The token has expired.*"UNAUTHENTICATED"/);
    expect(complete).toBe("event: complete\ndata:");
  });

  it("with the server", async () => {
    const server = await startServer();
    const answer = await post(server, { query: "subscription { waits }" });
    const told = answer.text();
    await server.app.close();
    expect(await told).toContain('{"data":{"waits":1}}');
    expect(await told).not.toContain("complete"); // so that its client connects anew
  });

  it("a minute after its client has stopped reading, though nothing more happens; no signs of life pile up", async () => {
    const server = await startServer();
    const responses: ServerResponse[] = [];
    server.app.server.prependListener("request", (_, response: ServerResponse) => responses.push(response));
    const { socket } = await rawSocket(server);
    socket.pause();
    socket.write(await bare("subscription { burst }"));
    await until(() => (responses[0]?.writableLength ?? 0) > 0);
    const held = responses[0]?.writableLength;
    server.clock.advance(59_000);
    expect(responses[0]?.writableLength).toBe(held);
    expect(server.contexts[0]?.signal.aborted).toBe(false);
    server.clock.advance(1_000);
    await until(() => server.contexts[0]?.signal.aborted === true);
  });

  it("a minute after its client has stopped reading, having cost no more than the connection's buffers", async () => {
    const server = await startServer();
    const { socket } = await rawSocket(server);
    socket.write(await bare("subscription { flood }"));
    socket.pause();
    let seen = -1;
    await until(async () => {
      const still = flood.given === seen && seen > 0;
      seen = flood.given;
      for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
      return still;
    });
    const given = flood.given;
    expect(given * 65_536).toBeLessThan(32 * 1024 * 1024); // what loopback's own buffers take
    server.clock.advance(59_000);
    expect(server.contexts.at(-1)?.signal.aborted).toBe(false);
    server.clock.advance(1_000);
    await until(() => server.contexts.at(-1)?.signal.aborted === true);
    expect(flood.given).toBeLessThanOrEqual(given + 1);
  });

  it("never for a client that reads slowly, which gets all", async () => {
    const answer = await post(await startServer(), { query: "subscription { count(to: 500) }" });
    let text = "";
    for await (const chunk of answer.body ?? []) {
      text += Buffer.from(chunk).toString();
      await new Promise(setImmediate);
    }
    expect(text.match(/event: next/g)).toHaveLength(500);
  });
});
