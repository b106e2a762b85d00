import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { createHttp, type Http, type HttpRequest } from "../../adapters/http.ts";
import { readError } from "../../adapters/plaid/errors.ts";
import { createLog } from "../../src/log.ts";
import { type HastyClock, hastyClock } from "../support/hasty-clock.ts";
import { startUpstream, type Upstream } from "../support/upstream.ts";

describe("the wire to an aggregator", () => {
  let upstream: Upstream;
  let clock: HastyClock;
  let http: Http;
  const open = (baseUrl: string) =>
    createHttp({
      provider: "PLAID",
      baseUrl,
      wire: { pathPrefix: "/v9", headers: { "x-secret": "s3cr3t-value" }, requestIdHeader: "x-request", readError },
      secrets: [],
      budget: { take: async () => undefined },
      metrics: { upstreamCall: () => undefined },
      clock,
      log: createLog({ level: "silent" }),
    });
  const post = (more: Partial<HttpRequest> = {}) =>
    http.post({ endpoint: "/a", body: {}, signal: new AbortController().signal, safe: true, ...more });

  beforeEach(async () => {
    upstream = await startUpstream();
    clock = hastyClock(Date.parse("2026-03-01T12:00:00Z"));
    http = open(`${upstream.url}/`);
    upstream.answer("/v9/a", { json: { a: 1 } });
  });
  afterEach(async () => {
    http.close();
    await upstream.close();
  });

  it("keeps long numbers whole, and says where an answer came from", async () => {
    const text = '{"amount": 12345678901234567890.12, "small": 1.5}';
    upstream.answer("/v9/a", { text, headers: { "x-request": "r1" } });
    expect(await post()).toEqual({
      body: { amount: "12345678901234567890.12", small: 1.5 },
      origin: { endpoint: "/a", requestId: "r1", fetchedAt: "2026-03-01T12:00:00.000Z" },
    });
  });

  it("goes behind the wire's prefix, with the wire's headers and its own", async () => {
    await post({ headers: { "x-more": "yes" } });
    expect(upstream.requests[0]).toMatchObject({
      path: "/v9/a",
      headers: { "x-secret": "s3cr3t-value", "x-more": "yes" },
    });
  });

  it("keeps connections for reads; a write has a fresh one, for a kept one may be closing just now", async () => {
    await post();
    await post();
    await post({ safe: false });
    await post({ safe: false });
    const ports = upstream.requests.map(({ port }) => port);
    expect(ports[1]).toBe(ports[0]);
    expect(new Set(ports).size).toBe(3);
  });

  it("unpacks no more than the limit, however small it came", async () => {
    const { gzipSync } = await import("node:zlib");
    const bomb = gzipSync(`{"a":"${"x".repeat(40_000_000)}"}`);
    const { createServer } = await import("node:http");
    const server = createServer((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip", "content-type": "application/json" });
      response.end(bomb);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const other = open(`http://127.0.0.1:${port}`);
    const request = { endpoint: "/a", body: {}, signal: new AbortController().signal, safe: true };
    await expect(other.post(request)).rejects.toMatchObject({
      code: "PROVIDER_BAD_RESPONSE",
      message: expect.stringContaining("too large"),
    });
    other.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  describe("a long list", () => {
    const items = [{ a: 1 }, { a: 12345678901234567890n }, { a: 3 }];
    const text = `{"report":{"items":[${items.map(({ a }) => `{"a":${a}}`)}],"b":2},"request_id":"r2"}`;
    const path = ["report", "items"] as const;
    /** A call with a list, which is taken into `rounds`, one for each time that it was asked for. */
    function taking(rounds: unknown[][], fails?: Error) {
      const begin = () => {
        const round: unknown[] = [];
        rounds.push(round);
        return async (object: Record<string, unknown>, number: number) => {
          if (fails) throw fails;
          round.push([number, object.a]);
        };
      };
      return post({ longList: { path, begin } });
    }
    const WHOLE = [
      [0, 1],
      [1, "12345678901234567890"],
      [2, 3],
    ];

    it("is taken out of the answer one by one", async () => {
      upstream.answer("/v9/a", { text });
      const rounds: unknown[][] = [];
      const { body, origin } = await taking(rounds);
      expect(rounds).toEqual([WHOLE]);
      expect(body.report).toEqual({ items: [{ taken: 0 }, { taken: 1 }, { taken: 2 }], b: 2 });
      expect(origin.requestId).toBe("r2");
    });

    it("is taken anew when the call is repeated", async () => {
      upstream.answer("/v9/a", { begins: `{"report":{"items":[{"a":1},`, next: "cut" }, { text });
      const rounds: unknown[][] = [];
      await taking(rounds);
      expect(rounds).toEqual([[[0, 1]], WHOLE]);
    });

    it("may be longer than the limit, which holds for each object and for the rest", async () => {
      const large = (bytes: number) => `{"a":1,"b":"${"x".repeat(bytes)}"}`;
      const third = large(12_000_000);
      upstream.answer("/v9/a", { text: `{"report":{"items":[${third},${third},${third}]}}` });
      expect((await taking([])).body).toEqual({ report: { items: [{ taken: 0 }, { taken: 1 }, { taken: 2 }] } });
      for (const items of [large(34_000_000), `],"b":[${large(34_000_000)}`]) {
        upstream.answer("/v9/a", { text: `{"report":{"items":[${items}]}}` });
        await expect(taking([])).rejects.toMatchObject({
          code: "PROVIDER_BAD_RESPONSE",
          message: expect.stringContaining("too large"),
          options: { retryable: false },
        });
      }
    });

    it.each([
      ["an object that is no JSON", `{"report":{"items":[{"a":}]}}`],
      ["an object nested too deep", `{"report":{"items":[{"a":${"[".repeat(70)}${"]".repeat(70)}}]}}`],
      ["a list that is cut off", `{"report":{"items":[{"a":1},{"a"`],
    ])("with %s is a bad answer", async (_, text) => {
      upstream.answer("/v9/a", { text });
      await expect(taking([])).rejects.toMatchObject({ code: "PROVIDER_BAD_RESPONSE" });
    });

    it("takes nothing of an error", async () => {
      upstream.answer("/v9/a", { status: 400, text });
      const rounds: unknown[][] = [];
      await expect(taking(rounds)).rejects.toMatchObject({ options: { upstream: { httpStatus: 400 } } });
      expect(rounds).toEqual([[]]);
    });

    it("ends the call with what its taker throws, and says nothing against the aggregator", async () => {
      upstream.answer("/v9/a", { text });
      for (let call = 0; call < 5; call += 1) {
        await expect(taking([], new Error("the database is away"))).rejects.toMatchObject({
          code: "INTERNAL_SERVER_ERROR",
        });
      }
      expect(upstream.requests).toHaveLength(5);
      expect(http.availability().available).toBe(true);
    });
  });

  it("holds calls back once the aggregator is down for several, and finds it again", async () => {
    upstream.answer("/v9/a", { status: 500, json: {} });
    for (const budgetKey of ["item-1", "item-2", "item-3"]) {
      await expect(post({ budgetKey })).rejects.toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
    }
    expect(upstream.requests).toHaveLength(7);
    expect(http.availability()).toEqual({ available: false, retryAt: expect.any(String) });
    await expect(post()).rejects.toMatchObject({ options: { nothingDone: true, retryAt: expect.any(Number) } });
    expect(upstream.requests).toHaveLength(7);
    upstream.answer("/v9/a", { json: {} });
    clock.advance(10_000);
    expect(await post()).toMatchObject({ body: {} });
    expect(http.availability()).toEqual({ available: true, retryAt: null });
  });

  it("has at most 64 connections, however many call at once", async () => {
    const callers = Array.from({ length: 200 }, () => post());
    expect(await Promise.all(callers)).toHaveLength(200);
    expect(new Set(upstream.requests.map(({ port }) => port)).size).toBeLessThanOrEqual(64);
  });

  it("speaks TLS to an https address, and to nothing else", async () => {
    const wrong = open(upstream.url.replace("http:", "https:"));
    const request = { endpoint: "/a", body: {}, signal: new AbortController().signal, safe: false };
    await expect(wrong.post(request)).rejects.toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
    wrong.close();
  });
});
