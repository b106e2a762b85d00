import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "@jest/globals";
import { GatewayError } from "../../../src/errors.ts";
import type { WebhookDelivery } from "../../../src/http/webhooks-route.ts";
import { until } from "../../support/until.ts";
import { post, startServer } from "./test-server.ts";

describe("webhooks", () => {
  it("are handed on as they came, byte for byte, whatever type they claim", async () => {
    const received: WebhookDelivery[] = [];
    const { url } = await startServer({ receiveWebhook: async (delivery) => void received.push(delivery) });
    const body = Buffer.from('{ "a":1.50,\n"b": "\u00e9" }');
    for (const type of ["application/json", "text/plain", "application/octet-stream"]) {
      const headers = { "content-type": type, "Plaid-Verification": "jwt" };
      const answer = await fetch(`${url}/webhooks/plaid`, { method: "POST", headers, body });
      expect([answer.status, await answer.json()]).toEqual([200, {}]);
    }
    await fetch(`${url}/webhooks/link-money`, { method: "POST" });
    expect(received.map(({ slug, body }) => [slug, body.toString()])).toEqual([
      ...Array(3).fill(["plaid", body.toString()]),
      ["link-money", ""],
    ]);
    expect(received[0]?.headers["plaid-verification"]).toBe("jwt");
  });

  it.each<[string, unknown, number, string]>([
    ["not genuine", new GatewayError("UNAUTHENTICATED", "No."), 401, "UNAUTHENTICATED"],
    ["unreadable", new GatewayError("BAD_USER_INPUT", "No."), 400, "BAD_USER_INPUT"],
    ["of an unknown aggregator", new GatewayError("NOT_FOUND", "No."), 404, "NOT_FOUND"],
    ["not to be checked now", new GatewayError("PROVIDER_UNAVAILABLE", "No."), 503, "PROVIDER_UNAVAILABLE"],
    ["not kept", new Error("connection to 10.0.0.1 refused"), 500, "INTERNAL_SERVER_ERROR"],
  ])("that are %s are refused with a status of their own", async (_, error, status, code) => {
    const { url, logged } = await startServer({ receiveWebhook: () => Promise.reject(error) });
    const answer = await fetch(`${url}/webhooks/plaid`, { method: "POST", body: "secret body" });
    const { errors } = (await answer.json()) as { errors: { message: string; extensions: { code: string } }[] };
    expect([answer.status, errors[0]?.extensions.code]).toEqual([status, code]);
    expect(errors[0]?.message).not.toContain("10.0.0.1");
    expect(logged()).not.toContain("secret body");
  });

  it("larger than a megabyte are refused unread", async () => {
    const { url } = await startServer();
    const answer = await fetch(`${url}/webhooks/plaid`, { method: "POST", body: "x".repeat(1024 * 1024 + 1) });
    expect(answer.status).toBe(413);
  });

  it("have a deadline", async () => {
    const signals: AbortSignal[] = [];
    const { url, clock } = await startServer({
      receiveWebhook: ({ signal }) =>
        new Promise((_, reject) => {
          signals.push(signal);
          signal.addEventListener("abort", () => reject(signal.reason));
        }),
    });
    const answer = fetch(`${url}/webhooks/plaid`, { method: "POST", body: "{}" });
    await until(() => signals.length > 0);
    clock.advance(9_000);
    expect((await answer).status).toBe(503);
  });
});

describe("health", () => {
  it("says that the process is alive", async () => {
    const { url } = await startServer();
    const answer = await fetch(`${url}/healthz`);
    expect([answer.status, await answer.json()]).toEqual([200, { status: "ok" }]);
  });

  it.each([
    [true, 200],
    [false, 503],
  ])("ready: %s is %s", async (ready, status) => {
    const checks = { database: ready ? "ok" : "no answer" };
    const { url } = await startServer({ readiness: async () => ({ ready, checks }) });
    const answer = await fetch(`${url}/readyz`);
    expect([answer.status, await answer.json()]).toEqual([status, { ready, checks }]);
  });

  it("is not ready when it cannot be told, or not in time", async () => {
    const failing = await startServer({ readiness: () => Promise.reject(new Error("no")) });
    expect((await fetch(`${failing.url}/readyz`)).status).toBe(503);

    let asked = false;
    const hanging = await startServer({ readiness: () => new Promise(() => (asked = true)) });
    const answer = fetch(`${hanging.url}/readyz`);
    await until(() => asked);
    hanging.clock.advance(5_000);
    expect((await answer).status).toBe(503);
  });

  it("metrics count requests by route and operations by outcome", async () => {
    const { url } = await startServer();
    await post(url, { query: "{ me }" });
    await post(url, { query: '{ fails(how: "input") }' });
    await post(url, { query: "{ you }" });
    await fetch(`${url}/healthz?token=secret`);
    await fetch(`${url}/nothing/secret`);
    const answer = await fetch(`${url}/metrics`);
    const text = await answer.text();
    expect(answer.headers.get("content-type")).toContain("text/plain");
    expect(text).toContain('tributary_graphql_operation_seconds_count{type="query",outcome="ok"} 1');
    expect(text).toContain('tributary_graphql_operation_seconds_count{type="query",outcome="error"} 1');
    expect(text).toContain('tributary_graphql_operation_seconds_count{type="unknown",outcome="refused"} 1');
    expect(text).toContain('tributary_http_request_seconds_count{route="/graphql",status="200"} 2');
    expect(text).toContain('tributary_http_request_seconds_count{route="none",status="404"} 1');
    expect(text).not.toContain("secret");
  });
});

describe("other sites", () => {
  const preflight = (url: string, origin: string) =>
    fetch(`${url}/graphql`, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
      },
    });

  it.each([
    ["https://studio.apollographql.com", true],
    ["http://localhost:3000", true],
    ["http://127.0.0.1:8080", true],
    ["https://evil.example", false],
    ["https://studio.apollographql.com.evil.example", false],
    ["null", false],
  ])("%s may call in development: %s", async (origin, allowed) => {
    const { url } = await startServer();
    const { headers } = await preflight(url, origin);
    expect(headers.get("access-control-allow-origin")).toBe(allowed ? origin : null);
    expect(headers.get("access-control-allow-headers")).toBe(allowed ? "authorization,content-type" : null);
    expect((await post(url, { query: "{ me }" }, { origin })).headers.get("access-control-allow-origin")).toBe(
      allowed ? origin : null,
    );
  });

  it("only those listed may call where there is a list", async () => {
    const { url } = await startServer({ config: { corsOrigins: ["https://app.example"] } as never });
    expect((await preflight(url, "https://app.example")).headers.get("access-control-allow-origin")).toBe(
      "https://app.example",
    );
    expect((await preflight(url, "http://localhost:3000")).headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("every answer", () => {
  it.each(["/healthz", "/nothing", "/graphql", "/webhooks/plaid"])(
    "of %s carries the security headers and an id",
    async (path) => {
      const { url } = await startServer({ config: { publicUrl: "https://gateway.example" } as never });
      const { headers } = await fetch(url + path);
      expect(Object.fromEntries(headers)).toMatchObject({
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "strict-transport-security": "max-age=31536000",
        "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
    },
  );

  it("at an unknown address says so", async () => {
    const { url } = await startServer();
    const answer = await fetch(`${url}/nothing`);
    expect([answer.status, await answer.json()]).toMatchObject([
      404,
      { errors: [{ extensions: { code: "NOT_FOUND" } }] },
    ]);
  });

  it("to what is no HTTP is short, and unlogged", async () => {
    const { app, logged } = await startServer();
    const { port } = app.server.address() as AddressInfo;
    const socket = connect(port, "127.0.0.1");
    socket.write("GARBAGE topsecret\r\n\r\n");
    let text = "";
    for await (const part of socket) text += String(part);
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(logged()).not.toContain("topsecret");
  });
});

describe("a client that leaves in the midst of its request", () => {
  it("is no fault of the gateway", async () => {
    const { app, logged } = await startServer();
    const { port } = app.server.address() as AddressInfo;
    const socket = connect(port, "127.0.0.1");
    socket.write("POST /webhooks/plaid HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf a body");
    const request = await new Promise<IncomingMessage>((received) => app.server.once("request", received));
    const closed = new Promise((close) => request.socket.once("close", close));
    socket.destroy();
    await closed;
    await app.close();
    expect(logged()).not.toMatch(/"level":(40|50)/);
  });
});

describe("the explorer", () => {
  it("is one page that loads nothing from elsewhere, and opens with examples", async () => {
    const { url } = await startServer();
    const answer = await fetch(`${url}/graphiql`, { headers: { "accept-encoding": "identity" } });
    const html = await answer.text();
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(html).not.toMatch(/<(script|link|img|iframe)\b[^>]*\b(src|href)="?https?:/i);
    expect(html).not.toMatch(/@import|url\(["']?https?:/i);
    for (const example of ["query Portfolio", "mutation CreateReport", "subscription ReportStatus"]) {
      expect(html).toContain(example);
    }
    expect(html).toContain('"subscriptionsProtocol":"WS"');
  });

  it("runs under a policy that allows its one script, and no other site", async () => {
    const { url } = await startServer();
    const answer = await fetch(`${url}/graphiql`);
    const script = /<script>([\s\S]*)<\/script>/.exec(await answer.text())?.[1] ?? "";
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain(`script-src 'sha256-${createHash("sha256").update(script).digest("base64")}' blob:`);
    expect(policy).not.toMatch(/https?:/);
    expect(script).not.toMatch(/\r|\0|<\/script/); // which a browser would read otherwise than it was hashed
  });

  it("comes in the encoding that is accepted", async () => {
    const { url } = await startServer();
    const cases: [string, string | null][] = [
      ["br, gzip", "br"],
      ["gzip, deflate", "gzip"],
      ["br;q=0, gzip;q=0.5", "gzip"],
      ["deflate", null],
      ["", null],
    ];
    for (const [accepted, encoding] of cases) {
      const { headers } = await fetch(`${url}/graphiql`, { headers: { "accept-encoding": accepted } });
      expect([accepted, headers.get("content-encoding"), headers.get("vary")]).toEqual([
        accepted,
        encoding,
        expect.stringContaining("accept-encoding"),
      ]);
    }
  });

  it("is not sent again to who has it", async () => {
    const { app, url } = await startServer();
    const first = await app.inject({ url: "/graphiql", headers: { "accept-encoding": "gzip" } });
    expect(first.rawPayload.length).toBeLessThan(3_500_000);
    expect(gunzipSync(first.rawPayload).toString()).toMatch(/^<!doctype html>/);
    const etag = String(first.headers.etag);
    const again = await fetch(`${url}/graphiql`, {
      headers: { "accept-encoding": "gzip", "if-none-match": `"x", ${etag}` },
    });
    expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
    const other = await fetch(`${url}/graphiql`, { headers: { "accept-encoding": "br", "if-none-match": etag } });
    expect(other.status).toBe(200);
  });

  it("asks for a token where one is needed", async () => {
    const html = async (auth: unknown) => {
      const { url } = await startServer({ config: { auth } as never });
      return (await fetch(`${url}/graphiql`)).text();
    };
    expect(await html({ kind: "demo" })).not.toContain("Bearer <token>");
    expect(await html({ kind: "hs256", secret: "s".repeat(32), issuer: null, audience: null })).toContain(
      "Bearer \\u003ctoken>",
    );
  });

  it("has Apollo's landing page beside it, pointed at /graphql", async () => {
    const { url } = await startServer();
    const answer = await fetch(`${url}/`);
    const html = await answer.text();
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(html).toContain('var initialEndpoint = new URL("graphql", window.location.href).href;');
    expect(html).toContain("Portfolio");
    expect(answer.headers.get("content-security-policy")).toBe("frame-ancestors 'none'");
  });

  it("is not there when it is off", async () => {
    const { url } = await startServer({ config: { explorer: false } as never });
    expect([(await fetch(`${url}/graphiql`)).status, (await fetch(`${url}/`)).status]).toEqual([404, 404]);
  });
});

describe("closing", () => {
  it("lets a request under way end, but not for ever", async () => {
    const { app, url, clock, contexts } = await startServer();
    const answer = post(url, { query: "{ slow }" }).catch(() => "broken off");
    await until(() => contexts.length > 0);
    const closed = app.close();
    await new Promise(setImmediate);
    clock.advance(10_000);
    await closed;
    expect(await answer).toBe("broken off");
  });
});
