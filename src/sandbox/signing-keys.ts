import { createHash, createPrivateKey, generateKeyPairSync, type JsonWebKey } from "node:crypto";
import { SignJWT } from "jose";
import type { JWKPublicKey } from "plaid";
import type { Clock } from "../clock.ts";
import { IMITATED, type Imitated } from "./imitated.ts";
import type { StateStore } from "./state.ts";
import { createChance } from "./world/chance.ts";

/** One ES256 key of an aggregator, private part and all. Times in seconds since the epoch. */
export interface KeyRecord {
  provider: Imitated;
  kid: string;
  privateJwk: JsonWebKey;
  createdAt: number;
  expiredAt: number | null;
}

/** How a webhook is signed otherwise than properly. */
export interface SigningOptions {
  /** Signed by a key that is not the one it names. */
  badSignature?: boolean;
  /** Signed by the key that has expired. */
  expiredKey?: boolean;
  /** Names a key that there is not. */
  unknownKey?: boolean;
  /** Signed for another body. */
  otherBody?: boolean;
  /** When it claims to have been signed, seconds since the epoch. */
  iat?: number;
  /** The same as seconds before now. */
  ageS?: number;
}

/** The keys that webhooks are signed with: of each aggregator a current and an expired one. */
export interface SigningKeys {
  /** The JWT that vouches for these bytes. */
  sign(provider: Imitated, body: string, options?: SigningOptions): Promise<string>;
  /** The key's public part as the verification endpoint gives it; null when there is no such key. */
  publicKey(provider: Imitated, kid: string): JWKPublicKey | null;
}

const MONTH_S = 30 * 86_400;

export function createSigningKeys({
  store,
  clock,
  seed,
}: {
  store: StateStore;
  clock: Clock;
  seed: number;
}): SigningKeys {
  const { keys } = store.state;
  const now = () => Math.floor(clock.now() / 1000);
  for (const provider of IMITATED) {
    if (keys.some((key) => key.provider === provider)) continue;
    const chance = createChance(seed, provider, "keys");
    const made = (createdAt: number, expiredAt: number | null): KeyRecord => ({
      provider,
      kid: chance.uuid(),
      privateJwk: newPrivateJwk(),
      createdAt,
      expiredAt,
    });
    keys.push(made(now() - MONTH_S, null), made(now() - 3 * MONTH_S, now() - MONTH_S));
    store.save();
  }
  const pick = (provider: Imitated, expired: boolean): KeyRecord => {
    const key = keys.find((one) => one.provider === provider && (one.expiredAt !== null) === expired);
    if (!key) throw new Error(`the sandbox's state has no ${expired ? "expired" : "current"} key of ${provider}`);
    return key;
  };
  return {
    sign(
      provider,
      body,
      { badSignature, expiredKey = false, unknownKey, otherBody, ageS = 0, iat = now() - ageS } = {},
    ) {
      const key = pick(provider, expiredKey);
      const jwk = badSignature ? newPrivateJwk() : key.privateJwk;
      const hash = createHash("sha256")
        .update(otherBody ? `${body} ` : body)
        .digest("hex");
      return new SignJWT({ iat, request_body_sha256: hash })
        .setProtectedHeader({ alg: "ES256", kid: unknownKey ? `unknown-${key.kid}` : key.kid, typ: "JWT" })
        .sign(createPrivateKey({ key: jwk, format: "jwk" }));
    },
    publicKey(provider, kid) {
      const key = keys.find((one) => one.provider === provider && one.kid === kid);
      if (!key) return null;
      const { kty = "", crv = "", x = "", y = "" } = key.privateJwk;
      return { alg: "ES256", created_at: key.createdAt, crv, expired_at: key.expiredAt, kid, kty, use: "sig", x, y };
    },
  };
}

function newPrivateJwk(): JsonWebKey {
  return generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
}
