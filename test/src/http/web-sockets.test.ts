import { afterEach, describe, expect, it } from "@jest/globals";
import { type Client, createClient } from "graphql-ws";
import WebSocket from "ws";
import { createConnections } from "../../../src/http/connections.ts";
import { until } from "../../support/until.ts";
import { flood, START, startServer, type TestServer, token, waiting } from "./test-server.ts";

const clients: Client[] = [];
const sockets: WebSocket[] = [];

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.dispose()));
  for (const socket of sockets.splice(0)) socket.terminate();
});

const address = ({ url }: TestServer) => `${url.replace("http", "ws")}/graphql`;

/** A front end's client. */
function connect(server: TestServer, authorization?: string): Client {
  const client = createClient({
    url: address(server),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: async () => ({ authorization: authorization ?? `Bearer ${await token()}` }),
  });
  clients.push(client);
  return client;
}

/** A client of bare messages. */
function openSocket(
  server: TestServer,
  options: WebSocket.ClientOptions = {},
  protocol = "graphql-transport-ws",
): WebSocket {
  const socket = new WebSocket(address(server), protocol, options);
  sockets.push(socket);
  return socket;
}

/** Resolves with the close's code, or what refused the connection. */
function ended(socket: WebSocket): Promise<number | string> {
  return new Promise((resolve) => {
    socket.once("close", (code) => resolve(code));
    socket.once("error", (error) => resolve(error.message));
  });
}

function nextMessage(socket: WebSocket): Promise<Record<string, unknown>> {
  return new Promise((resolve) => socket.once("message", (data) => resolve(JSON.parse(String(data)))));
}

/** A socket whose token was accepted. */
async function acknowledged(server: TestServer, claims: Record<string, unknown> = {}): Promise<WebSocket> {
  const socket = openSocket(server);
  await new Promise((opened) => socket.once("open", opened));
  const authorization = `Bearer ${await token(claims)}`;
  socket.send(JSON.stringify({ type: "connection_init", payload: { authorization } }));
  expect(await nextMessage(socket)).toEqual({ type: "connection_ack" });
  return socket;
}

async function results(client: Client, query: string, variables?: Record<string, unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const result of client.iterate({ query, variables })) all.push(result);
  return all;
}

describe("operations over WebSocket", () => {
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
  ])("%s is refused as over HTTP", async (_, query, code) => {
    const answer = await results(connect(await startServer()), query).catch((errors) => [{ errors }]);
    const errors = (answer[0] as { errors?: { extensions: { code: string } }[] }).errors;
    expect(errors?.[0]?.extensions.code).toBe(code);
  });

  it("a subscription that breaks tells why, and leaves the socket's other operations alone", async () => {
    const client = connect(await startServer());
    const other = results(client, "subscription { count(to: 3) }");
    const [first, last] = await results(client, "subscription { breaks }");
    expect(first).toEqual({ data: { breaks: 1 } });
    expect(last).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
    expect(await other).toHaveLength(3);
  });

  it("a document without the operation asked for is refused", async () => {
    const socket = await acknowledged(await startServer());
    socket.send('{"id":"1","type":"subscribe","payload":{"query":"query A { me }","operationName":"B"}}');
    expect(await nextMessage(socket)).toMatchObject({
      type: "error",
      payload: [{ extensions: { code: "OPERATION_RESOLUTION_FAILURE" } }],
    });
  });
});

describe("who may connect", () => {
  it.each([
    ["a token of another key", async () => `Bearer ${await token({}, "another secret of thirty-two bytes or so")}`],
    ["an expired token", async () => `Bearer ${await token({ exp: START / 1000 - 60 })}`],
    ["an empty token", async () => ""],
  ])("not with %s", async (_, authorization) => {
    const closed = await results(connect(await startServer(), await authorization()), "{ me }").catch((event) => event);
    expect(closed).toMatchObject({ code: 4401 });
  });

  it("not without connection_init, before any operation", async () => {
    const socket = openSocket(await startServer());
    socket.once("open", () => socket.send('{"id":"1","type":"subscribe","payload":{"query":"{ me }"}}'));
    expect(await ended(socket)).toBe(4401);
  });

  it.each([
    ["no origin", {}, undefined],
    ["Apollo Studio", { origin: "https://studio.apollographql.com" }, undefined],
    ["this machine, any port", { origin: "http://localhost:5173" }, undefined],
    ["the gateway's own page", { origin: "http://gateway.example:1", host: "gateway.example:1" }, undefined],
    ["a foreign page", { origin: "https://evil.example" }, 403],
    ["a page that looks like this machine", { origin: "http://localhost.evil.example" }, 403],
    ["a page without an origin", { origin: "null" }, 403],
  ])("from %s", async (_, headers, refused) => {
    const socket = openSocket(await startServer(), { headers });
    const opened = new Promise((resolve) => socket.once("open", () => resolve(undefined)));
    expect(await Promise.race([opened, ended(socket)])).toEqual(
      refused === undefined ? undefined : expect.stringContaining(String(refused)),
    );
  });

  it("no page at all in production, but for those listed", async () => {
    const server = await startServer({ config: { corsOrigins: ["https://app.example"] } as never });
    expect(await ended(openSocket(server, { origin: "http://localhost:5173" }))).toContain("403");
    const socket = openSocket(server, { origin: "https://app.example" });
    await new Promise((opened) => socket.once("open", opened));
  });

  it("not the demo viewer through a proxy", async () => {
    const server = await startServer({ config: { auth: { kind: "demo" } } as never });
    const begin = async (headers: Record<string, string>) => {
      const socket = openSocket(server, { headers });
      await new Promise((opened) => socket.once("open", opened));
      socket.send('{"type":"connection_init"}');
      return Promise.race([ended(socket), nextMessage(socket)]);
    };
    expect(await begin({})).toEqual({ type: "connection_ack" });
    expect(await begin({ "x-forwarded-for": "10.0.0.1" })).toBe(4401);
  });

  it("not at another path, nor with another protocol", async () => {
    const server = await startServer();
    const elsewhere = new WebSocket(`${server.url.replace("http", "ws")}/other`, "graphql-transport-ws");
    expect(await ended(elsewhere)).toContain("404");
    expect(await ended(openSocket(server, {}, "graphql-ws"))).toMatch(/subprotocol/i);
  });

  it("no longer than the token lives", async () => {
    const server = await startServer();
    const socket = await acknowledged(server, { exp: START / 1000 + 10 });
    const closed = ended(socket);
    server.clock.advance(15_000);
    expect(await closed).toBe(4403);
  });

  it("no longer than the token lives, though the client does not let go", async () => {
    const server = await startServer();
    const socket = await acknowledged(server, { exp: START / 1000 + 10 });
    const say = (message: object) => socket.send(JSON.stringify(message));
    say({ id: "1", type: "subscribe", payload: { query: "subscription { waits }" } });
    await nextMessage(socket);
    socket.pause(); // it hears of no end
    server.clock.advance(16_000);
    expect(server.contexts.map(({ signal }) => signal.aborted)).toEqual([true]);
    say({ id: "2", type: "subscribe", payload: { query: 'mutation { change(to: "x") }' } });
    const { app } = server;
    await new Promise((answered) => app.inject({ url: "/healthz" }, answered));
    socket.resume();
    expect(await ended(socket)).toBe(4403);
    expect(server.contexts).toHaveLength(1);
  });

  it("with a token that lives for years", async () => {
    const server = await startServer();
    const socket = await acknowledged(server, { exp: START / 1000 + 3600 * 24 * 365 });
    server.clock.advance(29_000); // less than a round of keep-alive
    socket.send('{"type":"ping"}');
    expect(await nextMessage(socket)).toEqual({ type: "pong" });
  });
});

describe("how many may connect", () => {
  it("fifty of one address that have not signed in, and more when those have or are gone", async () => {
    const server = await startServer();
    const strangers = Array.from({ length: 50 }, () => openSocket(server));
    await Promise.all(strangers.map((socket) => new Promise((opened) => socket.once("open", opened))));
    expect(await ended(openSocket(server))).toContain("429");

    const signingIn = strangers[0] as WebSocket;
    signingIn.send(JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${await token()}` } }));
    expect(await nextMessage(signingIn)).toEqual({ type: "connection_ack" });
    const next = await acknowledged(server);
    const closed = ended(strangers[1] as WebSocket);
    strangers[1]?.terminate();
    await closed;
    next.terminate();
    await acknowledged(server);
    signingIn.close(); // one that has signed in frees nothing more
    await ended(signingIn);
    await new Promise((opened) => openSocket(server).once("open", opened));
    await new Promise((opened) => openSocket(server).once("open", opened));
    expect(await ended(openSocket(server))).toContain("429");
  });

  it("two hundred of one viewer, who is told to try again later", async () => {
    const server = await startServer();
    const mine: WebSocket[] = [];
    for (let n = 0; n < 200; n++) mine.push(await acknowledged(server));
    const begin = async (claims: Record<string, unknown>) => {
      const socket = openSocket(server);
      await new Promise((opened) => socket.once("open", opened));
      const authorization = `Bearer ${await token(claims)}`;
      socket.send(JSON.stringify({ type: "connection_init", payload: { authorization } }));
      return Promise.race([ended(socket), nextMessage(socket)]);
    };
    expect(await begin({})).toBe(1013);
    expect(await begin({ sub: "bob" })).toEqual({ type: "connection_ack" });
    mine[0]?.terminate();
    await until(async () => typeof (await begin({})) === "object");
  });
});

describe("connections of both transports", () => {
  it("count together against a viewer's two hundred", async () => {
    const server = await startServer();
    const leave = new AbortController();
    const stream = async (claims: Record<string, unknown> = {}) =>
      fetch(`${server.url}/graphql/stream`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${await token(claims)}` },
        body: '{"query":"subscription { waits }"}',
        signal: leave.signal,
      });
    const mine = await acknowledged(server);
    const open = await Promise.all(Array.from({ length: 199 }, () => stream()));
    expect(new Set(open.map(({ status }) => status))).toEqual(new Set([200]));

    expect((await stream()).status).toBe(429);
    const socket = openSocket(server);
    await new Promise((opened) => socket.once("open", opened));
    const closed = ended(socket);
    socket.send(JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${await token()}` } }));
    expect(await closed).toBe(1013);
    expect((await stream({ sub: "bob" })).status).toBe(200);

    mine.terminate();
    await until(async () => (await stream()).status === 200);
    leave.abort();
    await until(() => waiting.open === 0);
  });

  it("are free again when their clients leave while their tokens are being checked", async () => {
    let letThrough = () => {};
    const gate = new Promise<void>((resolve) => {
      letThrough = resolve;
    });
    let asked = 0;
    const server = await startServer({
      auth: {
        async authenticate() {
          asked++;
          await gate;
          return { id: "alice", scopes: new Set(), expiresAt: null };
        },
      },
    });
    let gone = 0;
    server.app.server.on("connection", (connection) => connection.once("close", () => gone++));
    for (let n = 1; n <= 201; n++) {
      const socket = openSocket(server);
      await new Promise((opened) => socket.once("open", opened));
      socket.send('{"type":"connection_init"}');
      await until(() => asked === n);
      socket.terminate();
      await until(() => gone === n);
    }
    letThrough();
    for (let n = 0; n < 200; n++) await acknowledged(server);
  });

  it("count together against the process's, and a client that leaves before it signed in gives its place back", () => {
    const connections = createConnections(2);
    const [stranger, stream] = [connections.open(), connections.open()];
    stream.claim("alice");
    expect(connections.isFull()).toBe(true);
    expect(() => connections.open()).toThrow("This process has 2 sockets and streams open already");
    stranger.close();
    stranger.claim("alice"); // its token was found good too late
    stranger.close();
    expect(connections.isFull()).toBe(false);
    for (let n = 0; n < 250; n++) {
      const next = connections.open();
      next.claim("alice");
      next.close();
    }
    stream.close();
    expect([connections.open(), connections.open()]).toHaveLength(2);
    expect(connections.isFull()).toBe(true);
  });
});

describe("what a client may do to the gateway", () => {
  it("leaving a subscription ends it, though it waits", async () => {
    const server = await startServer();
    const stream = connect(server).iterate({ query: "subscription { waits }" });
    await stream.next();
    expect(waiting.open).toBe(1);
    await stream.return?.();
    await until(() => waiting.open === 0);
    expect(server.contexts[0]?.signal.aborted).toBe(true);
  });

  it("completing a query ends it, and nothing more is sent of it", async () => {
    const server = await startServer();
    const socket = await acknowledged(server);
    const answers: unknown[] = [];
    socket.on("message", (data) => answers.push(JSON.parse(String(data))));
    socket.send('{"id":"1","type":"subscribe","payload":{"query":"{ slow }"}}');
    await until(() => server.contexts.length === 1);
    socket.send('{"id":"1","type":"complete"}');
    await until(() => server.contexts[0]?.signal.aborted === true);
    socket.send('{"type":"ping"}');
    await until(() => answers.length > 0);
    expect(answers).toEqual([{ type: "pong" }]);
    expect(server.logged()).not.toContain('"level":50');
  });

  it("completing a query at once, before it runs, ends it too", async () => {
    const server = await startServer();
    const socket = await acknowledged(server);
    socket.send('{"id":"1","type":"subscribe","payload":{"query":"{ slow }"}}');
    socket.send('{"id":"1","type":"complete"}');
    await until(() => server.contexts[0]?.signal.aborted === true);
  });

  it("closing the socket ends all that runs on it", async () => {
    const server = await startServer();
    const socket = await acknowledged(server);
    for (const [id, query] of ["subscription { waits }", "{ slow }"].entries()) {
      socket.send(JSON.stringify({ id: String(id), type: "subscribe", payload: { query } }));
    }
    await until(() => server.contexts.length === 2 && waiting.open > 0);
    socket.terminate();
    await until(() => waiting.open === 0 && server.contexts.every(({ signal }) => signal.aborted));
    expect(server.logged()).not.toContain('"level":50');
  });

  it("an operation that has ended leaves its signal aborted", async () => {
    const server = await startServer();
    await results(connect(server), "{ me }");
    await results(connect(server), "subscription { count(to: 1) }");
    expect(server.contexts.map(({ signal }) => signal.aborted)).toEqual([true, true]);
  });

  it("no more than a hundred operations at a time on one socket", async () => {
    const server = await startServer();
    const socket = await acknowledged(server);
    const answers: { id: string; type: string; payload: { extensions: { code: string } }[] }[] = [];
    socket.on("message", (data) => answers.push(JSON.parse(String(data))));
    for (let id = 0; id <= 100; id++) {
      socket.send(JSON.stringify({ id: String(id), type: "subscribe", payload: { query: "subscription { waits }" } }));
    }
    await until(() => answers.length >= 101);
    const refused = answers.filter(({ type }) => type === "error");
    expect(refused.map(({ id, payload }) => [id, payload[0]?.extensions.code])).toEqual([["100", "RATE_LIMITED"]]);
  });

  it("no more than a thousand operations at a time of one viewer, over streams and sockets; ended ones make room", async () => {
    const server = await startServer();
    const answers: { type: string }[] = [];
    const TOO_MANY = "This viewer has 1000 operations under way already; end one, or wait.";
    const many: WebSocket[] = [];
    const begin = (socket: WebSocket, id: string) =>
      socket.send(JSON.stringify({ id, type: "subscribe", payload: { query: "subscription { waits }" } }));
    for (let n = 0; n < 11; n++) {
      const socket = await acknowledged(server);
      many.push(socket);
      socket.on("message", (data) => answers.push(JSON.parse(String(data))));
      for (let id = 0; id < 100; id++) if (n < 10) begin(socket, String(id));
    }
    const told = (type: string) => answers.filter((answer) => answer.type === type);
    await until(() => told("next").length === 1_000);
    const stream = async () =>
      fetch(`${server.url}/graphql/stream`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${await token()}` },
        body: '{"query":"{ me }"}',
      });
    begin(many[10] as WebSocket, "one");
    await until(() => told("error").length === 1);
    expect(told("error")).toMatchObject([
      { id: "one", payload: [{ message: TOO_MANY, extensions: { code: "RATE_LIMITED" } }] },
    ]);
    const refused = await stream();
    expect(refused.status).toBe(429);
    expect(await refused.text()).toContain(TOO_MANY);
    many[0]?.send('{"id":"7","type":"complete"}');
    await until(async () => (await stream()).status === 200);
    many[1]?.terminate();
    await until(() => server.contexts.filter(({ signal }) => signal.aborted).length >= 102);
    for (let id = 0; id < 100; id++) begin(many[10] as WebSocket, String(id));
    await until(() => told("next").length === 1_100);
    expect(told("error")).toHaveLength(1);
  });

  it("no message beyond the limit, and no noise in the log from it", async () => {
    const server = await startServer();
    const socket = await acknowledged(server);
    const closed = ended(socket);
    socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query: `{ me } #${"x".repeat(300_000)}` } }));
    expect(await closed).toBe(1009);
    expect(server.logged()).not.toMatch(/"level":(40|50)/);
  });

  it.each([
    ["no JSON", "hello", 4400],
    ["no message of the protocol", '{"type":"dance"}', 4400],
    ["no query", '{"id":"1","type":"subscribe","payload":{}}', 4400],
  ])("%s closes the socket", async (_, message, code) => {
    const socket = await acknowledged(await startServer());
    const closed = ended(socket);
    socket.send(message);
    expect(await closed).toBe(code);
  });

  it("a client that no longer answers is let go", async () => {
    const server = await startServer();
    const socket = await acknowledged(server);
    socket.pong = () => {}; // a frozen client
    const closed = ended(socket);
    server.clock.advance(30_000);
    server.clock.advance(30_000);
    expect(await closed).toBe(1006);
  });

  it("one that reads nothing, but says that it lives, is let go a minute after its connection was full", async () => {
    const server = await startServer();
    const socket = await acknowledged(server);
    const closed = ended(socket);
    socket.send('{"id":"1","type":"subscribe","payload":{"query":"subscription { flood }"}}');
    socket.pause();
    let seen = -1;
    await until(async () => {
      const still = flood.given === seen && seen > 0;
      seen = flood.given;
      for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
      return still;
    });
    for (let seconds = 0; seconds < 59; seconds++) {
      socket.pong();
      server.clock.advance(1_000);
    }
    expect(server.contexts[0]?.signal.aborted).toBe(false);
    server.clock.advance(1_000);
    await until(() => server.contexts[0]?.signal.aborted === true);
    expect(flood.given).toBeLessThanOrEqual(seen + 1);
    socket.resume();
    expect(await closed).toBe(1006);
  });

  it("one that asks for signs of life and reads none of them is let go", async () => {
    const server = await startServer();
    const socket = await acknowledged(server);
    const closed = ended(socket);
    socket.pause();
    const ping = Buffer.alloc(125);
    while (socket.readyState === WebSocket.OPEN && socket.bufferedAmount < 32 * 1024 * 1024) {
      for (let n = 0; n < 1_000; n++) socket.ping(ping, true, () => {});
      await new Promise(setImmediate);
    }
    socket.resume();
    expect(await closed).toBe(1006);
  });

  it("a client that answers stays", async () => {
    const server = await startServer();
    const socket = await acknowledged(server);
    for (let round = 0; round < 3; round++) {
      const pinged = new Promise((resolve) => socket.once("ping", resolve));
      server.clock.advance(30_000);
      await pinged;
      socket.send('{"type":"ping"}'); // comes after the pong
      expect(await nextMessage(socket)).toEqual({ type: "pong" });
    }
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });
});

describe("closing the server", () => {
  it("tells clients to go away", async () => {
    const server = await startServer();
    const closed = ended(await acknowledged(server));
    await server.app.close();
    expect(await closed).toBe(1001);
  });
});
