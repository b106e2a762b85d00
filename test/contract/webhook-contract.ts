import { createHash, createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import type { UpstreamAnswer } from "../support/upstream.ts";
import { type ContractSubject, failure, type JwtWebhook, NOW, openStage, type Stage } from "./subject.ts";

const BODY = Buffer.from('{ "webhook_type":"ASSETS",\n "webhook_code":"PRODUCT_READY", "asset_report_id":"r-1" }');
const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");
const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** What every adapter promises of webhooks that its aggregator signs as Plaid does. */
export function webhookContract(name: string, subject: ContractSubject, webhook: JwtWebhook): void {
  describe(`webhooks of ${name}`, () => {
    const { header, keyEndpoint, keyRequest } = webhook;
    const keyPath = subject.prefix + keyEndpoint;
    let stage: Stage;
    let privateKey: Awaited<ReturnType<typeof generateKeyPair>>["privateKey"];
    let jwk: Record<string, unknown>;

    beforeEach(async () => {
      stage = await openStage(subject);
      const pair = await generateKeyPair("ES256");
      privateKey = pair.privateKey;
      jwk = { ...(await exportJWK(pair.publicKey)), alg: "ES256", use: "sig", kid: "key-1", expired_at: null };
      stage.upstream.answer(keyPath, { json: { key: jwk, request_id: "k" } });
    });
    afterEach(() => stage.close());

    /** A signature as the aggregator makes it, `s` seconds before now. */
    function sign({ ago = 0, kid = "key-1", body = BODY, key = privateKey, claims = {} } = {}): Promise<string> {
      const iat = Math.floor(stage.clock.now() / 1000) - ago;
      return new SignJWT({ iat, request_body_sha256: sha256(body), ...claims })
        .setProtectedHeader({ alg: "ES256", kid, typ: "JWT" })
        .sign(key);
    }
    const verify = (jwt: string | string[] | undefined, body = BODY, signal = new AbortController().signal) =>
      stage.adapter.webhooks.verify({ headers: { [header]: jwt }, body }, { signal });
    const unknownKey: UpstreamAnswer = {
      status: 400,
      json: { error_type: "INVALID_INPUT", error_code: "INVALID_WEBHOOK_VERIFICATION_KEY_ID" },
    };

    it("are genuine when signed by the aggregator's key, over these bytes, now", async () => {
      const jwt = await sign();
      const delivery = await verify(jwt);
      expect(delivery).toMatch(/^[0-9a-f]{64}$/);
      expect(await verify(jwt)).toBe(delivery);
      expect(await verify(await sign())).not.toBe(delivery);
      expect(stage.upstream.requests).toEqual([expect.objectContaining({ path: keyPath, body: keyRequest("key-1") })]);
      expect(stage.taken).toEqual([[keyEndpoint, null]]);
    });

    it("are the same delivery however their signature is written", async () => {
      const jwt = await sign();
      const [head = "", payload = "", signature = ""] = jwt.split(".");
      const delivery = await verify(jwt);
      const [r, s] = [signature, signature].map((text, half) =>
        Buffer.from(text, "base64url").subarray(half * 32, half * 32 + 32),
      );
      const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
      const twin = Buffer.from((order - BigInt(`0x${s?.toString("hex")}`)).toString(16).padStart(64, "0"), "hex");
      const respelt = Buffer.concat([r ?? Buffer.alloc(0), twin]).toString("base64url");
      expect(await verify(`${head}.${payload}.${respelt}`)).toBe(delivery);
      const spare = String.fromCharCode(jwt.charCodeAt(jwt.length - 1) + 1);
      for (const other of [`${jwt}==`, `${jwt}=`, jwt.slice(0, -1) + spare]) {
        await expect(verify(other)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
      }
    });

    it.each<[string, number]>([
      ["299 s old", 299],
      ["59 s ahead, for clocks differ", -59],
    ])("are genuine when %s", async (_name, ago) => {
      expect(await verify(await sign({ ago }))).toMatch(/^[0-9a-f]{64}$/);
    });

    describe("are refused", () => {
      const head = { alg: "ES256", kid: "key-1", typ: "JWT" };
      const claims = { iat: NOW / 1000, request_body_sha256: sha256(BODY) };
      const hs256 = () => {
        const text = `${base64({ ...head, alg: "HS256" })}.${base64(claims)}`;
        const secret = Buffer.from(String(jwk.x), "base64url");
        return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
      };

      it.each<[string, () => unknown]>([
        ["without a signature", () => undefined],
        ["with two", async () => [await sign(), await sign()]],
        ["with one that is no JWT", () => "not.a.jwt"],
        ["with one of megabytes", () => "x".repeat(1_000_000)],
        ["by no algorithm", () => `${base64({ ...head, alg: "none" })}.${base64(claims)}.`],
        ["by HMAC over the public key", hs256],
        ["without a key id", () => `${base64({ ...head, kid: undefined })}.${base64(claims)}.AAAA`],
        ["with a key id that is no text", () => `${base64({ ...head, kid: { a: 1 } })}.${base64(claims)}.AAAA`],
        ["without a time", () => sign({ claims: { iat: undefined } })],
        ["without the body's hash", () => sign({ claims: { request_body_sha256: undefined } })],
        ["too old", () => sign({ ago: 301 })],
        ["from the future", () => sign({ ago: -61 })],
        ["over another body", () => sign({ body: Buffer.from(`${BODY} `) })],
      ])("%s, and no key is asked for", async (_name, make) => {
        const error = await failure(verify((await make()) as string));
        expect(error.code).toBe("UNAUTHENTICATED");
        expect(stage.upstream.requests).toEqual([]);
      });

      it("when signed by another key", async () => {
        const other = await generateKeyPair("ES256");
        const error = await failure(verify(await sign({ key: other.privateKey })));
        expect(error).toMatchObject({ code: "UNAUTHENTICATED", message: expect.stringContaining("signature") });
      });

      it("when a letter of the signature is changed", async () => {
        const jwt = await sign();
        const changed = jwt.replace(/.{10}$/, (end) => (end.startsWith("A") ? "B" : "A") + end.slice(1));
        expect((await failure(verify(changed))).code).toBe("UNAUTHENTICATED");
      });

      it.each<[string, unknown, boolean]>([
        ["has expired", NOW / 1000 - 1, false],
        ["has an end that cannot be read", "last week", false],
        ["ends tomorrow", NOW / 1000 + 86_400, true],
      ])("by what the key says of its end: it %s", async (_name, expired_at, genuine) => {
        stage.upstream.answer(keyPath, { json: { key: { ...jwk, expired_at } } });
        const outcome = verify(await sign());
        if (genuine) expect(await outcome).toEqual(expect.any(String));
        else expect((await failure(outcome)).code).toBe("UNAUTHENTICATED");
      });

      it("when a kept key expires meanwhile", async () => {
        stage.upstream.answer(keyPath, { json: { key: { ...jwk, expired_at: NOW / 1000 + 10 } } });
        await verify(await sign());
        stage.clock.advance(11_000);
        expect((await failure(verify(await sign()))).code).toBe("UNAUTHENTICATED");
      });
    });

    describe("keys", () => {
      it("are asked for once, by however many at once", async () => {
        const deliveries = await Promise.all(Array.from({ length: 20 }, (_, index) => sign({ ago: index })));
        await Promise.all(deliveries.map((jwt) => verify(jwt)));
        await verify(await sign());
        expect(stage.upstream.requests).toHaveLength(1);
      });

      it("that are unknown are not asked for again soon", async () => {
        stage.upstream.answer(keyPath, unknownKey, { json: { key: jwk } });
        expect((await failure(verify(await sign()))).code).toBe("UNAUTHENTICATED");
        expect((await failure(verify(await sign()))).code).toBe("UNAUTHENTICATED");
        expect(stage.upstream.requests).toHaveLength(1);
        stage.clock.advance(300_000);
        expect(await verify(await sign())).toEqual(expect.any(String));
      });

      it("are asked for twenty times a minute at most, and known ones still serve", async () => {
        await verify(await sign());
        stage.upstream.answer(keyPath, unknownKey);
        const codes: string[] = [];
        for (let flood = 0; flood < 200; flood += 1) {
          codes.push((await failure(verify(await sign({ kid: `forged-${flood}` })))).code);
        }
        expect(stage.upstream.requests).toHaveLength(20);
        expect(codes.filter((code) => code === "UNAUTHENTICATED")).toHaveLength(19);
        expect(codes.filter((code) => code === "PROVIDER_UNAVAILABLE")).toHaveLength(181);
        expect(await verify(await sign())).toEqual(expect.any(String));
        stage.clock.advance(60_000);
        await failure(verify(await sign({ kid: "forged-anew" })));
        expect(stage.upstream.requests).toHaveLength(21);
      });

      it.each<[string, UpstreamAnswer]>([
        ["are not to be had", { status: 500, json: {} }],
        ["are refused for our credentials", { status: 401, json: {} }],
        ["are no keys", { json: { key: { kty: "RSA", n: "AQAB", e: "AQAB" } } }],
        ["are no points of the curve", { json: { key: { kty: "EC", crv: "P-256", x: "AAAA", y: "AAAA" } } }],
      ])("that %s make the aggregator send again", async (_name, upstreamAnswer) => {
        stage.upstream.answer(keyPath, upstreamAnswer);
        const error = await failure(verify(await sign()));
        expect(error).toMatchObject({ code: "PROVIDER_UNAVAILABLE", options: { retryAt: expect.any(Number) } });
        stage.upstream.answer(keyPath, { json: { key: jwk } });
        expect(await verify(await sign())).toEqual(expect.any(String));
      });

      it("that are missing from the answer are unknown", async () => {
        stage.upstream.answer(keyPath, { json: { request_id: "k" } });
        expect((await failure(verify(await sign()))).code).toBe("UNAUTHENTICATED");
      });

      it("are asked for again after an hour, and serve a day while that fails", async () => {
        await verify(await sign());
        stage.upstream.answer(keyPath, { status: 500, json: {} });
        stage.clock.advance(3_600_000);
        expect(await verify(await sign())).toEqual(expect.any(String));
        expect(stage.upstream.requests.length).toBeGreaterThan(1);
        stage.clock.advance(23 * 3_600_000);
        expect((await failure(verify(await sign()))).code).toBe("PROVIDER_UNAVAILABLE");
      });

      it("that hang hold nobody longer than he will wait", async () => {
        stage.upstream.answer(keyPath, "hang");
        const patient = failure(verify(await sign()));
        const caller = new AbortController();
        const hasty = failure(verify(await sign({ ago: 1 }), BODY, caller.signal));
        await stage.upstream.received(1);
        caller.abort();
        expect((await hasty).code).toBe("PROVIDER_UNAVAILABLE");
        stage.clock.advance(10_000);
        expect((await patient).code).toBe("PROVIDER_UNAVAILABLE");
        expect(stage.upstream.requests).toHaveLength(1);
      });
    });

    describe("a body", () => {
      const parse = (text: string) => stage.adapter.webhooks.parse(Buffer.from(text));

      it.each([
        [BODY.toString(), { type: "ASSETS", code: "PRODUCT_READY", remoteItemId: null, remoteReportId: "r-1" }],
        [
          '{"webhook_type":"ITEM","webhook_code":"ERROR","item_id":"i-1","error":{"error_code":"X"},"asset_report_id":7}',
          { type: "ITEM", code: "ERROR", remoteItemId: "i-1", remoteReportId: null },
        ],
        [
          '{"webhook_type":"OF_THE","webhook_code":"FUTURE"}',
          { type: "OF_THE", code: "FUTURE", remoteItemId: null, remoteReportId: null },
        ],
      ])("%s tells what it is about", (text, notice) => {
        expect(parse(text)).toMatchObject(notice);
      });

      it.each([
        ["", "body: "],
        ["<html>", "body: "],
        ["[]", "body: "],
        ['{"webhook_code":"ERROR"}', "body.webhook_type: "],
        ['{"webhook_type":"ITEM","webhook_code":5}', "body.webhook_code: "],
      ])("%j is refused by name", (text, message) => {
        expect(() => parse(text)).toThrow(
          expect.objectContaining({ code: "BAD_USER_INPUT", message: expect.stringContaining(message) }),
        );
      });
    });
  });
}
