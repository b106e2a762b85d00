import { createHash, timingSafeEqual } from "node:crypto";
import { compactVerify, decodeJwt, decodeProtectedHeader } from "jose";
import type { Provider } from "../schema/enums.ts";
import type { Clock } from "../src/clock.ts";
import { GatewayError } from "../src/errors.ts";
import type { Delivery, Webhooks } from "./adapter/webhooks.ts";
import type { Call } from "./adapter.ts";
import { createWebhookKeys, type FetchKey } from "./webhook-keys.ts";

export interface SignedWebhookOptions {
  provider: Provider;
  /** The header with the signature JWT, in lower case. */
  header: string;
  fetchKey: FetchKey;
  clock: Clock;
}

/** The only algorithm; what the token itself names is not believed. */
const ALGORITHM = "ES256";
/** Age of a signature, s. */
const OLDEST_S = 300;
const MOST_AHEAD_S = 60;
const LONGEST_JWT = 4096;
const LONGEST_KEY_ID = 200;

/**
 * Verifies webhooks as Plaid signs them: an ES256 JWT over the body's SHA-256 and the time. What costs nothing is checked
 * first, so that a forgery or a replay seldom makes a call. Source: https://plaid.com/docs/api/webhooks/webhook-verification/.
 */
export function webhookVerifier({ provider, header, fetchKey, clock }: SignedWebhookOptions): Webhooks["verify"] {
  const keys = createWebhookKeys({ provider, fetchKey, clock });

  return async ({ headers, body }: Delivery, call: Call) => {
    const jwt = headers[header];
    if (typeof jwt !== "string") throw notGenuine(`there is not exactly one ${header} header`);
    if (jwt.length > LONGEST_JWT) throw notGenuine(`the ${header} header is too long`);
    const delivery = deliveryOf(jwt);
    const { keyId, issuedAt, bodySha256 } = claimsOf(jwt);
    const age = clock.now() / 1000 - issuedAt;
    if (age > OLDEST_S) throw notGenuine(`it was signed ${Math.round(age)} s ago, wanted at most ${OLDEST_S}`);
    if (age < -MOST_AHEAD_S) throw notGenuine(`it was signed ${Math.round(-age)} s in the future`);
    if (!sameText(bodySha256, sha256(body))) throw notGenuine("the body is not the one that was signed");
    const key = await keys.find(keyId, call.signal);
    try {
      await compactVerify(jwt, key, { algorithms: [ALGORITHM] });
    } catch {
      throw notGenuine("the signature is not the key's");
    }
    return delivery;
  };
}

/** In base64url: 64 bytes, the last character without spare bits. */
const SIGNATURE = /^[\w-]{85}[AQgw]$/;

/**
 * What tells one delivery from another: the hash of what was signed and of the signature's r. The same signature can be written in other
 * ways, as another base64 or as (r, n - s), which verify as well; whoever has seen a delivery could send those as new ones.
 */
function deliveryOf(jwt: string): string {
  const [header, payload, signature = "", ...more] = jwt.split(".");
  if (!SIGNATURE.test(signature) || more.length > 0) throw notGenuine("its signature is not that of a JWT by ES256");
  return sha256(`${header}.${payload}.${Buffer.from(signature, "base64url").toString("hex", 0, 32)}`);
}

/** The claims that are checked, of a JWT whose signature is not verified yet. */
function claimsOf(jwt: string): { keyId: string; issuedAt: number; bodySha256: string } {
  let header: ReturnType<typeof decodeProtectedHeader>;
  let payload: ReturnType<typeof decodeJwt>;
  try {
    header = decodeProtectedHeader(jwt);
    payload = decodeJwt(jwt);
  } catch {
    throw notGenuine("its signature is no JWT");
  }
  if (header.alg !== ALGORITHM) throw notGenuine(`its signature is not by ${ALGORITHM}`);
  if (typeof header.kid !== "string" || header.kid === "" || header.kid.length > LONGEST_KEY_ID) {
    throw notGenuine("its signature names no key");
  }
  const { iat, request_body_sha256 } = payload;
  if (typeof iat !== "number") throw notGenuine("its signature has no time");
  if (typeof request_body_sha256 !== "string") throw notGenuine("its signature has no hash of the body");
  return { keyId: header.kid, issuedAt: iat, bodySha256: request_body_sha256 };
}

function notGenuine(why: string): GatewayError {
  return new GatewayError("UNAUTHENTICATED", `The webhook is not genuine: ${why}.`);
}

function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

/** In constant time. */
function sameText(claimed: string, real: string): boolean {
  const a = Buffer.from(claimed);
  const b = Buffer.from(real);
  return a.length === b.length && timingSafeEqual(a, b);
}
