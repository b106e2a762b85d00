import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import { createAuth, hasScope, SCOPES } from "../../src/auth.ts";
import { manualClock } from "../../src/clock.ts";
import type { AuthConfig } from "../../src/config.ts";

const NOW = Date.parse("2030-01-01T00:00:00Z");
const SECRET = "a secret of at least thirty-two bytes";
const clock = manualClock(NOW);
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

const sign = (claims: Record<string, unknown>, key: CryptoKey | Uint8Array, header: { alg: string; kid?: string }) =>
  new SignJWT({ sub: "alice", ...claims }).setProtectedHeader(header).sign(key);

const hs256 = (claims: Record<string, unknown> = {}) =>
  sign(claims, new TextEncoder().encode(SECRET), { alg: "HS256" });

function authenticate(config: AuthConfig, token: string) {
  const caller = {
    authorization: `Bearer ${token}`,
    host: "gateway.example",
    remoteAddress: "10.0.0.1",
    forwarded: true,
  };
  return createAuth(config, { clock }).authenticate(caller);
}

/** Publishes keys; counts how often they are fetched. */
async function publish(
  answer: () => { status?: number; body: unknown },
): Promise<{ url: string; fetches: () => number }> {
  let fetches = 0;
  const server = createServer((_, response) => {
    fetches++;
    const { status = 200, body } = answer();
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`, fetches: () => fetches };
}

async function keyPair(alg: string, kid: string): Promise<{ key: CryptoKey; jwk: JWK }> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { key: privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg } };
}

const jwks = (url: string): AuthConfig => ({ kind: "jwks", url, issuer: null, audience: null });

describe("a shared secret", () => {
  const config: AuthConfig = { kind: "hs256", secret: SECRET, issuer: "https://issuer", audience: "gateway" };
  const claims = { iss: "https://issuer", aud: "gateway" };

  it("makes the subject the viewer, with scopes and an end", async () => {
    const viewer = await authenticate(
      config,
      await hs256({ ...claims, scope: "pii:read  raw:read", exp: NOW / 1000 + 60 }),
    );
    expect(viewer).toEqual({ id: "alice", scopes: new Set(["pii:read", "raw:read"]), expiresAt: NOW + 65_000 });
    expect([hasScope(viewer, "pii:read"), hasScope(viewer, "items:admin")]).toEqual([true, false]);
  });

  it("takes a token without end or scopes", async () => {
    expect(await authenticate(config, await hs256(claims))).toEqual({
      id: "alice",
      scopes: new Set(),
      expiresAt: null,
    });
  });

  it("allows clocks to differ by some seconds", async () => {
    expect((await authenticate(config, await hs256({ ...claims, exp: NOW / 1000 - 4 }))).id).toBe("alice");
    expect((await authenticate(config, await hs256({ ...claims, nbf: NOW / 1000 + 4 }))).id).toBe("alice");
  });

  it.each([
    ["another issuer", { iss: "https://other" }],
    ["no issuer", { iss: undefined }],
    ["another audience", { aud: "other" }],
    ["no audience", { aud: undefined }],
    ["an end that has passed", { exp: NOW / 1000 - 6 }],
    ["an end that is no number", { exp: "never" }],
    ["a subject with control characters", { sub: "alice\u0000" }],
    ["a subject without end", { sub: "a".repeat(256) }],
    ["a subject that is no text", { sub: 7 }],
    ["a subject with half a character", { sub: "alice\ud800" }],
  ])("refuses %s, and does not repeat the token", async (_, wrong) => {
    const token = await hs256({ ...claims, ...wrong });
    const error = await authenticate(config, token).catch((reason) => reason);
    expect(error).toMatchObject({ code: "UNAUTHENTICATED" });
    expect(error.message + error.stack).not.toContain(token);
  });
});

describe("published keys", () => {
  it.each(["RS256", "ES256", "EdDSA"])("check tokens signed with %s", async (alg) => {
    const { key, jwk } = await keyPair(alg, "one");
    const { url } = await publish(() => ({ body: { keys: [jwk] } }));
    expect((await authenticate(jwks(url), await sign({}, key, { alg, kid: "one" }))).id).toBe("alice");
  });

  it("are fetched once, also when an unknown key is named again and again", async () => {
    const { key, jwk } = await keyPair("ES256", "one");
    const { url, fetches } = await publish(() => ({ body: { keys: [jwk] } }));
    const auth = createAuth(jwks(url), { clock });
    const ask = async (kid: string) =>
      auth.authenticate({
        authorization: `Bearer ${await sign({}, key, { alg: "ES256", kid })}`,
        host: "x",
        remoteAddress: "x",
        forwarded: false,
      });
    for (let n = 0; n < 3; n++) await ask("one");
    for (let n = 0; n < 3; n++) await expect(ask(`other-${n}`)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    expect(fetches()).toBe(1);
  });

  it("never check a token by an algorithm of its own choice", async () => {
    const { jwk } = await keyPair("RS256", "one");
    const { url } = await publish(() => ({
      body: { keys: [jwk, { kty: "oct", kid: "two", k: "c2VjcmV0", alg: "HS256" }] },
    }));
    const forged = await sign({}, new TextEncoder().encode(JSON.stringify(jwk)), { alg: "HS256", kid: "one" });
    const shared = await sign({}, new TextEncoder().encode("secret".padEnd(32)), { alg: "HS256", kid: "two" });
    for (const token of [forged, shared]) {
      await expect(authenticate(jwks(url), token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    }
  });

  it.each([
    ["are not there", () => ({ status: 500, body: {} })],
    ["are not keys", () => ({ body: { nothing: true } })],
  ])("that %s are a fault of the gateway, not of the token", async (_, answer) => {
    const { key } = await keyPair("ES256", "one");
    const { url } = await publish(answer);
    await expect(authenticate(jwks(url), await sign({}, key, { alg: "ES256", kid: "one" }))).rejects.toMatchObject({
      code: "INTERNAL_SERVER_ERROR",
    });
  });
});

describe("the demo viewer", () => {
  const auth = createAuth({ kind: "demo" }, { clock });
  it.each([
    ["localhost:4000", "127.0.0.1"],
    ["LOCALHOST", "::1"],
    ["127.0.0.1:4000", "::ffff:127.0.0.1"],
    ["[::1]:4000", "::1"],
  ])("answers on %s to %s with all scopes", async (host, remoteAddress) => {
    const viewer = await auth.authenticate({ authorization: undefined, host, remoteAddress, forwarded: false });
    expect(viewer).toEqual({ id: "demo", scopes: new Set(SCOPES), expiresAt: null });
  });

  it.each([
    ["gateway.example", "127.0.0.1"],
    ["localhost.example", "127.0.0.1"],
    ["127.0.0.1.example:4000", "127.0.0.1"],
    ["localhost:4000", "10.0.0.1"],
    [undefined, "127.0.0.1"],
    ["localhost", undefined],
    ["localhost:4000", "127.0.0.1", true],
  ])("does not answer on %s to %s, nor through a proxy", async (host, remoteAddress, forwarded = false) => {
    await expect(auth.authenticate({ authorization: undefined, host, remoteAddress, forwarded })).rejects.toMatchObject(
      {
        code: "UNAUTHENTICATED",
      },
    );
  });
});
