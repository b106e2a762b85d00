import { createHash } from "node:crypto";
import { request } from "node:http";
import { describe, expect, it } from "@jest/globals";
import { SignJWT, UnsecuredJWT } from "jose";
import { until } from "../../support/until.ts";
import { post, SECRET, START, startServer, token } from "./test-server.ts";

const bearer = async (claims: Record<string, unknown>, secret?: string) => `Bearer ${await token(claims, secret)}`;

describe("who asks", () => {
  it("is the token's subject, with its scopes", async () => {
    const { url } = await startServer();
    const authorization = await bearer({ sub: "bob", scope: "raw:read pii:read" });
    const { status, body } = await post(url, { query: "{ me scopes }" }, { authorization });
    expect([status, body]).toEqual([200, { data: { me: "bob", scopes: ["raw:read", "pii:read"] } }]);
  });

  it.each<[string, () => Promise<string> | string]>([
    ["none", () => ""],
    ["another scheme", () => "Basic YTpi"],
    ["not a JWT", () => "Bearer abc"],
    ["another key", () => bearer({}, "another secret of thirty-two bytes or so")],
    ["expired", () => bearer({ exp: START / 1000 - 60 })],
    ["not valid yet", () => bearer({ nbf: START / 1000 + 60 })],
    ["without a subject", () => bearer({ sub: undefined })],
    ["with an empty subject", () => bearer({ sub: "" })],
    ["scopes that are no text", () => bearer({ scope: ["raw:read"] })],
    ["unsigned", () => `Bearer ${new UnsecuredJWT({ sub: "alice" }).encode()}`],
    [
      "signed by another algorithm",
      async () =>
        `Bearer ${await new SignJWT({ sub: "alice" }).setProtectedHeader({ alg: "HS512" }).sign(new TextEncoder().encode(SECRET.repeat(2)))}`,
    ],
    ["endless", () => `Bearer ${"a".repeat(9_000)}`],
  ])("is told to sign in when the token is: %s", async (_, authorization) => {
    const { url, logged, contexts } = await startServer();
    const header = await authorization();
    const { status, headers, body } = await post(
      url,
      { query: "{ __schema { description } me }" },
      { authorization: header },
    );
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([401, "UNAUTHENTICATED"]);
    expect(headers.get("www-authenticate")).toBe("Bearer");
    expect(contexts).toEqual([]);
    if (header.length > 20) expect(logged()).not.toContain(header.slice(10));
  });

  it("is the demo viewer without sign-in, on a loopback host only", async () => {
    const { url } = await startServer({ config: { auth: { kind: "demo" } } as never });
    const ask = (host?: string) =>
      new Promise<{ status?: number; text: string }>((resolve, reject) => {
        const call = request(
          `${url}/graphql`,
          { method: "POST", headers: { "content-type": "application/json", ...(host && { host }) } },
          (answer) => {
            let text = "";
            answer.on("data", (part) => (text += part)).on("end", () => resolve({ status: answer.statusCode, text }));
          },
        );
        call.on("error", reject).end('{"query":"{ me }"}');
      });
    expect(await ask()).toMatchObject({ status: 200, text: expect.stringContaining('"demo"') });
    expect(await ask("localhost:1")).toMatchObject({ status: 200 });
    expect(await ask("[::1]")).toMatchObject({ status: 200 });
    expect(await ask("rebound.example.com")).toMatchObject({ status: 401 });
    expect(await ask("127.0.0.1.example.com")).toMatchObject({ status: 401 });
    expect(await ask("[")).toMatchObject({ status: 400 });
  });

  it.each(["forwarded", "via", "x-forwarded-for", "x-real-ip"])(
    "is not the demo viewer when a proxy says so with %s",
    async (name) => {
      const { url } = await startServer({ config: { auth: { kind: "demo" } } as never });
      const { status, body } = await post(url, { query: "{ me }" }, { [name]: "1.1 proxy" });
      expect([status, body.errors?.[0]?.extensions.code]).toEqual([401, "UNAUTHENTICATED"]);
    },
  );

  it.each([
    ["https://evil.example", 403],
    ["http://localhost.evil.example", 403],
    ["null", 403],
    ["http://localhost:5173", 200],
    ["https://studio.apollographql.com", 200],
  ])("is not the demo viewer when a foreign page asks: %s", async (origin, status) => {
    const { url, contexts } = await startServer({ config: { auth: { kind: "demo" } } as never });
    expect((await post(url, { query: 'mutation { change(to: "x") }' }, { origin })).status).toBe(status);
    expect(contexts).toHaveLength(status === 200 ? 1 : 0);
  });

  it("needs no more than a token of a page elsewhere", async () => {
    const { url } = await startServer();
    expect((await post(url, { query: "{ me }" }, { origin: "https://app.example" })).status).toBe(200);
  });
});

describe("requests that are none", () => {
  const nested = (levels: number) =>
    `{ ...F0 } ${Array.from({ length: levels }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`).join(" ")} fragment F${levels} on Query { me }`;

  it.each<[string, unknown, Record<string, string>, number, string, string]>([
    ["malformed JSON", '{"query": "{ me }', {}, 400, "BAD_REQUEST", "body must be JSON"],
    ["an empty body", "", {}, 400, "BAD_REQUEST", "body must be JSON"],
    ["JSON that is no object", "[]", {}, 400, "BAD_REQUEST", "batching disabled"],
    ["no query", { variables: {} }, {}, 400, "BAD_REQUEST", "non-empty `query`"],
    ["a poisoned prototype", '{"query":"{ me }","__proto__":{}}', {}, 400, "BAD_REQUEST", "JSON"],
    ["a body too large", { query: `{ me } #${"x".repeat(1024 * 1024)}` }, {}, 413, "BAD_REQUEST", "larger"],
    [
      "another content type",
      "{ me }",
      { "content-type": "application/x-yaml" },
      415,
      "BAD_REQUEST",
      "application/json",
    ],
    [
      "a content type that browsers send unasked",
      "{ me }",
      { "content-type": "text/plain" },
      400,
      "BAD_REQUEST",
      "CSRF",
    ],
    ["no GraphQL", { query: "{ me" }, {}, 400, "GRAPHQL_PARSE_FAILED", "Syntax Error"],
    ["unknown fields", { query: "{ you }" }, {}, 400, "GRAPHQL_VALIDATION_FAILED", 'Cannot query field "you"'],
    [
      "a bad literal",
      { query: '{ echo(text: "a", number: "b") }' },
      {},
      400,
      "GRAPHQL_VALIDATION_FAILED",
      "Int cannot",
    ],
    [
      "too deep",
      { query: `{ ${"a { ".repeat(30)}me${" }".repeat(30)} }` },
      {},
      400,
      "GRAPHQL_VALIDATION_FAILED",
      "too deep",
    ],
    ["a bomb of nested fragments", { query: nested(30) }, {}, 400, "GRAPHQL_VALIDATION_FAILED", "the limit is"],
    [
      "an unknown operation",
      { query: "query A { me }", operationName: "B" },
      {},
      400,
      "OPERATION_RESOLUTION_FAILURE",
      "B",
    ],
    ["a subscription", { query: "subscription { count(to: 1) }" }, {}, 400, "BAD_REQUEST", "WebSocket"],
    [
      "a bad variable",
      { query: 'query ($n: Int) { echo(text: "a", number: $n) }', variables: { n: "x" } },
      {},
      400,
      "BAD_USER_INPUT",
      'Variable "$n"',
    ],
    [
      "a missing variable",
      { query: "query ($t: String!) { echo(text: $t) }" },
      {},
      400,
      "BAD_USER_INPUT",
      'Variable "$t"',
    ],
    [
      "an unknown persisted query",
      { extensions: { persistedQuery: { version: 1, sha256Hash: "00" } } },
      {},
      200,
      "PERSISTED_QUERY_NOT_FOUND",
      "PersistedQueryNotFound",
    ],
    [
      "a persisted query under a false hash",
      { query: "{ me }", extensions: { persistedQuery: { version: 1, sha256Hash: "00" } } },
      {},
      400,
      "BAD_REQUEST",
      "sha",
    ],
  ])("%s", async (_, body, headers, status, code, message) => {
    const { url, logged } = await startServer();
    const answer = await post(url, body, headers);
    expect([answer.status, answer.body.errors?.[0]?.extensions.code]).toEqual([status, code]);
    expect(answer.body.errors?.[0]?.message).toContain(message);
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    expect(JSON.stringify(answer.body)).not.toMatch(/stacktrace|node_modules/);
    expect(logged()).not.toContain('"level":50');
  });

  it("GET without a header that browsers cannot send unasked is refused; with one it reads", async () => {
    const { url } = await startServer();
    const authorization = await bearer({});
    const get = (query: string, headers: Record<string, string> = {}) =>
      fetch(`${url}/graphql?query=${encodeURIComponent(query)}`, { headers: { authorization, ...headers } });
    expect((await get("{ me }")).status).toBe(400);
    expect(await (await get("{ me }", { "apollo-require-preflight": "1" })).json()).toEqual({ data: { me: "alice" } });
    expect((await get('mutation { change(to: "x") }', { "apollo-require-preflight": "1" })).status).toBe(405);
  });

  it("introspection is refused where it is off", async () => {
    const { url } = await startServer({ config: { introspection: false } as never });
    const { status, body } = await post(url, { query: "{ __schema { types { name } } }" });
    expect([status, body.errors?.[0]?.message]).toEqual([400, expect.stringContaining("introspection")]);
  });
});

describe("answers", () => {
  it("speak GraphQL over HTTP where asked to", async () => {
    const { url } = await startServer();
    const accept = "application/graphql-response+json";
    for (const query of ["{ me }", "{ you }"]) {
      expect((await post(url, { query }, { accept })).headers.get("content-type")).toContain(accept);
    }
    expect((await post(url, {}, { accept, authorization: "" })).headers.get("content-type")).toContain(accept);
  });

  it("name each of several faults", async () => {
    const { url } = await startServer();
    expect((await post(url, { query: "{ you they }" })).body.errors).toHaveLength(2);
  });

  it("remember a persisted query", async () => {
    const { url } = await startServer();
    const query = "{ me }";
    const extensions = { persistedQuery: { version: 1, sha256Hash: createHash("sha256").update(query).digest("hex") } };
    await post(url, { query, extensions });
    expect((await post(url, { extensions })).body).toEqual({ data: { me: "alice" } });
  });

  it("carry what the caller must mend, at its place", async () => {
    const { url } = await startServer();
    const { status, body } = await post(url, { query: '{ me fails(how: "input") }' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      data: { me: "alice", fails: null },
      errors: [
        {
          message: "first: found 0, wanted 1 to 500.",
          path: ["fails"],
          extensions: { code: "BAD_USER_INPUT", action: "NONE", field: "first", limit: "1 to 500", retryable: false },
        },
      ],
    });
  });

  it("carry what the aggregator said", async () => {
    const { url } = await startServer();
    const { body } = await post(url, { query: '{ fails(how: "upstream") }' });
    expect(body.errors?.[0]?.extensions).toEqual({
      code: "ITEM_LOGIN_REQUIRED",
      action: "RELINK",
      displayMessage: null,
      provider: "PLAID",
      errorType: null,
      errorCode: "ITEM_LOGIN_REQUIRED",
      errorCodeReason: null,
      httpStatus: null,
      requestId: null,
      documentationUrl: null,
      suggestedAction: null,
      retryable: false,
      retryAt: "2030-01-01T00:00:00.000Z",
      causes: [
        {
          remoteItemId: "item-1",
          error: expect.objectContaining({
            code: "PROVIDER_ERROR",
            message: "Told.",
            action: "CONTACT_SUPPORT",
            retryable: false,
            retryAt: null,
          }),
        },
      ],
    });
  });

  it("hide what went wrong inside, and say where the log has it", async () => {
    const { url, logged } = await startServer();
    const { body, headers } = await post(url, { query: '{ fails(how: "bug") }' }, { "x-request-id": "trace-1" });
    expect(JSON.stringify(body)).not.toContain("hunter2");
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: "INTERNAL_SERVER_ERROR", requestId: "trace-1" });
    expect(headers.get("x-request-id")).toBe("trace-1");
    expect(logged()).toMatch(/"requestId":"trace-1".*operation failed/);
    expect(logged()).toContain("TypeError");
  });

  it("have an id of their own where the given one is no id", async () => {
    const { url } = await startServer();
    const { headers } = await post(url, { query: "{ me }" }, { "x-request-id": "a b" });
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("abort the operation's signal when they are sent, and when the client leaves", async () => {
    const { url, contexts } = await startServer();
    await post(url, { query: "{ me }" });
    const leaving = new AbortController();
    const left = fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: await bearer({}) },
      body: '{"query":"{ slow }"}',
      signal: leaving.signal,
    });
    await until(() => contexts.length === 2);
    leaving.abort();
    await expect(left).rejects.toThrow();
    for (const { signal } of contexts) {
      if (!signal.aborted) await new Promise((aborted) => signal.addEventListener("abort", aborted));
    }
  });

  it("leave no body, header or query string in the log", async () => {
    const { url, logged } = await startServer();
    const authorization = await bearer({});
    await post(url, { query: '{ echo(text: "topsecret") }', variables: { ssn: "123456789" } }, { authorization });
    await fetch(`${url}/graphql?query=topsecret`, { headers: { authorization } });
    expect(logged()).toContain('"route":"/graphql"');
    expect(logged()).not.toMatch(/topsecret|123456789|Bearer/);
  });
});
