import { type CryptoKey, importJWK } from "jose";
import { LRUCache } from "lru-cache";
import type { Provider } from "../schema/enums.ts";
import { orAbort } from "../src/clock/or-abort.ts";
import type { Clock } from "../src/clock.ts";
import { GatewayError } from "../src/errors.ts";
import type { Call } from "./adapter.ts";
import { text } from "./fields.ts";
import { raw } from "./records.ts";

/** Asks the aggregator for a webhook key: its JWK, or null when there is none of that id. @throws GatewayError otherwise. */
export type FetchKey = (keyId: string, call: Call) => Promise<unknown | null>;

/** The aggregator's webhook keys. */
export interface WebhookKeys {
  /**
   * @throws GatewayError UNAUTHENTICATED when there is no such key or it has expired; PROVIDER_UNAVAILABLE when that cannot
   * be told now, so that a genuine webhook is sent again.
   */
  find(keyId: string, signal: AbortSignal): Promise<CryptoKey>;
}

/** A public key as the aggregators publish it. Source: /webhook_verification_key/get. */
interface Jwk {
  alg: string;
  crv: string;
  kty: string;
  use: string;
  x: string;
  y: string;
  /** When it stopped being valid, s since the epoch; null while it is. */
  expired_at: number | null;
}

interface KnownKey {
  key: CryptoKey;
  expiredAtS: number | null;
  fetchedAt: number;
}

const MOST_KEYS = 50;
const MOST_UNKNOWN = 1000;
/** After this a key is asked for again, to hear of its end. */
const FRESH_MS = 3_600_000;
/** For so long a key is good that could not be asked for again. */
const STALE_MS = 24 * 3_600_000;
/** For so long an unknown key is not asked for again. */
const UNKNOWN_MS = 300_000;
/** Fetches in a minute, whatever comes: each carries the client's secret, and is repeated twice at most where the aggregator fails. */
const FETCHES = 20;
const MINUTE_MS = 60_000;

export function createWebhookKeys(options: { provider: Provider; fetchKey: FetchKey; clock: Clock }): WebhookKeys {
  const { provider, clock } = options;
  const known = new LRUCache<string, KnownKey>({ max: MOST_KEYS });
  const unknownUntil = new LRUCache<string, number>({ max: MOST_UNKNOWN });
  const flights = new Map<string, Promise<KnownKey | null>>();
  let fetches: number[] = [];

  async function find(keyId: string, signal: AbortSignal): Promise<CryptoKey> {
    const now = clock.now();
    if ((unknownUntil.get(keyId) ?? 0) > now) throw noSuchKey();
    const kept = known.get(keyId);
    if (kept && now - kept.fetchedAt < FRESH_MS) return unexpired(kept);
    try {
      const found = await orAbort(fetchOnce(keyId), signal);
      if (!found) throw noSuchKey();
      return unexpired(found);
    } catch (error) {
      if (error instanceof GatewayError && error.code === "UNAUTHENTICATED") throw error;
      if (kept && now - kept.fetchedAt < STALE_MS) return unexpired(kept);
      throw unavailable(error);
    }
  }

  /** All who want one key at once share one fetch, whose end no single one of them decides. */
  function fetchOnce(keyId: string): Promise<KnownKey | null> {
    const flight = flights.get(keyId) ?? fetchKey(keyId).finally(() => flights.delete(keyId));
    flights.set(keyId, flight);
    return flight;
  }

  async function fetchKey(keyId: string): Promise<KnownKey | null> {
    const now = clock.now();
    fetches = fetches.filter((at) => now - at < MINUTE_MS);
    if (fetches.length >= FETCHES) {
      throw new GatewayError("PROVIDER_RATE_LIMITED", `More than ${FETCHES} webhook keys were asked for in a minute.`);
    }
    fetches.push(now);
    const jwk = await options.fetchKey(keyId, { signal: new AbortController().signal });
    if (jwk === null) {
      known.delete(keyId);
      unknownUntil.set(keyId, now + UNKNOWN_MS);
      return null;
    }
    const found = { ...(await importKey(jwk)), fetchedAt: now };
    known.set(keyId, found);
    return found;
  }

  function unexpired({ key, expiredAtS }: KnownKey): CryptoKey {
    if (expiredAtS === null || expiredAtS * 1000 > clock.now()) return key;
    throw new GatewayError("UNAUTHENTICATED", "The webhook is not genuine: its key has expired.");
  }

  function unavailable(cause: unknown): GatewayError {
    return new GatewayError("PROVIDER_UNAVAILABLE", `${provider}'s webhook key could not be fetched. Send it again.`, {
      upstream: { provider },
      retryAt: clock.now() + MINUTE_MS,
      cause,
    });
  }

  return { find };
}

/** @throws GatewayError PROVIDER_BAD_RESPONSE when it is no public P-256 key. */
async function importKey(value: unknown): Promise<Omit<KnownKey, "fetchedAt">> {
  const { kty, crv, alg, x, y, expired_at } = raw<Jwk>(value);
  const own = { kty: text(kty) ?? "", crv: text(crv) ?? "", x: text(x) ?? "", y: text(y) ?? "" };
  if (own.kty !== "EC" || own.crv !== "P-256" || (alg !== undefined && alg !== "ES256")) throw noPublicKey();
  const key = await importJWK(own, "ES256").catch((cause) => {
    throw noPublicKey(cause);
  });
  if (key instanceof Uint8Array) throw noPublicKey();
  // an end that cannot be read has come
  const expiredAtS = expired_at === undefined || expired_at === null ? null : Number(expired_at) || 0;
  return { key, expiredAtS };
}

function noPublicKey(cause?: unknown): GatewayError {
  return new GatewayError("PROVIDER_BAD_RESPONSE", "The webhook key is no public key of P-256.", { cause });
}

function noSuchKey(): GatewayError {
  return new GatewayError("UNAUTHENTICATED", "The webhook is not genuine: the aggregator knows no such key.");
}
