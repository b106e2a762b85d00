import { LRUCache } from "lru-cache";
import type { Product } from "../schema/enums.ts";
import type { Entry } from "./cache/entry.ts";
import { freeze } from "./cache/freeze.ts";
import { createMemory } from "./cache/memory.ts";
import { createShared } from "./cache/shared.ts";
import { createSingleFlight } from "./cache/single-flight.ts";
import type { Clock } from "./clock.ts";
import { GatewayError } from "./errors.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { Vault } from "./vault.ts";

/** What an answer is of. What all viewers share (institutions) has viewer and item "". */
export interface CacheKey {
  viewer: string;
  /** Our uuid. */
  item: string;
  product: Product;
  /** The item's access epoch: what was fetched in an earlier one is never found, wherever it is kept. */
  epoch?: number;
  /** Tells answers of one product apart. */
  args?: string;
}

/** How one answer is had. */
export interface LoadOptions<T> {
  /** An answer kept under an older generation is a miss. */
  generation: number;
  /** How long it may be used, ms; 0 keeps nothing, and only joins a call that is under way. The cache's own when absent. */
  ttlMs?: number;
  /** Whether an older answer may stand in for this failure; an older answer that may not is destroyed. Never when absent. */
  staleOn?: (error: GatewayError) => boolean;
  /** Ends the waiting at once; ends the call when nobody else waits for it. */
  signal: AbortSignal;
  /** Makes the call. Its value is plain data (what JSON can hold), and is frozen. */
  load: (signal: AbortSignal) => Promise<T>;
}

/** One answer. */
export interface Cached<T> {
  value: T;
  /** False when it was fetched for those who wait now. */
  cached: boolean;
  /** When it was asked for, ms since the epoch. */
  storedAt: number;
  /** Why an older answer had to stand in; null when none did. */
  stale: GatewayError | null;
}

/** Upstream answers, kept for a while. All of it may be lost at any time. */
export interface Cache {
  /** @throws GatewayError as `load` does, PROVIDER_TIMEOUT at the deadline, or the signal's reason. */
  getOrLoad<T>(key: CacheKey, options: LoadOptions<T>): Promise<Cached<T>>;
  /** What is kept and may be used still, or with `outdated` whatever is kept; null when it would take a call. */
  peek<T>(key: CacheKey, options: { generation: number; outdated?: boolean }): Promise<T | null>;
  /** Makes all that is kept of the item void, and what is being fetched now. */
  drop(viewer: string, item: string): Promise<void>;
  close(): Promise<void>;
}

/** What the cache is made of. */
export interface CacheOptions {
  /** How long an answer is used, ms; 0 turns the cache off (calls under way are still shared). */
  ttlMs: number;
  /** Deadline of one call, ms. */
  deadlineMs: number;
  /** A cache that all replicas share, behind the one in memory. */
  redisUrl: string | null;
  vault: Vault;
  clock: Clock;
  log: Log;
  metrics?: Metrics;
}

/** So long an answer is kept for the time when its aggregator fails. */
const KEEP_MS = 24 * 60 * 60 * 1000;
const MOST_DROPS = 10_000;

/** Answers in memory (bounded, frozen) and, with `redisUrl`, behind it in Redis (sealed); one call at a time for a key. */
export function createCache({ ttlMs, deadlineMs, redisUrl, vault, clock, log, metrics }: CacheOptions): Cache {
  const memory = createMemory();
  const shared = redisUrl === null ? null : createShared(redisUrl, { keepMs: KEEP_MS, vault, clock, log });
  const flights = createSingleFlight({ deadlineMs, clock });
  /** When an item was dropped. */
  const drops = new LRUCache<string, number>({ max: MOST_DROPS });

  /** The newest answer that is kept, however old; Redis is asked when memory holds none that `suffices`. */
  async function find(key: CacheKey, suffices: (entry: Entry) => boolean): Promise<Entry | null> {
    const kept = await inMemory(key);
    if (!shared || (kept && suffices(kept))) return kept;
    const { entry, voidSince } = await shared.get(nameOf(key), groupOf(key));
    if (voidSince !== null) drops.set(groupOf(key), Math.max(voidSince, drops.get(groupOf(key)) ?? 0));
    if (entry && usable(key, entry) && (!kept || isNewer(entry, kept))) {
      await memory.set(nameOf(key), entry, freeze(entry));
      return entry;
    }
    return kept && usable(key, kept) ? kept : null;
  }

  async function inMemory(key: CacheKey): Promise<Entry | null> {
    const entry = await memory.get(nameOf(key));
    return entry && usable(key, entry) ? entry : null;
  }

  function usable(key: CacheKey, entry: Entry): boolean {
    return entry.at > (drops.get(groupOf(key)) ?? -1) && clock.now() - entry.at < KEEP_MS;
  }

  async function keep(key: CacheKey, entry: Entry, bytes: number): Promise<void> {
    if (!usable(key, entry)) return; // dropped while it was fetched
    await memory.set(nameOf(key), entry, bytes);
    shared?.set(nameOf(key), entry);
  }

  async function forget(key: CacheKey): Promise<void> {
    await memory.delete(nameOf(key));
    await shared?.delete(nameOf(key));
  }

  return {
    async getOrLoad<T>(key: CacheKey, options: LoadOptions<T>): Promise<Cached<T>> {
      const { generation, signal, load, staleOn } = options;
      const lifeMs = ttlMs === 0 ? 0 : (options.ttlMs ?? ttlMs);
      const fresh = (entry: Entry) => entry.generation >= generation && clock.now() - entry.at < lifeMs;

      /** One flight: looks again, as another may just have landed, then calls. */
      async function fetch(flightSignal: AbortSignal): Promise<{ entry: Entry; cached: boolean }> {
        const found = lifeMs > 0 ? await find(key, fresh) : null;
        if (found && fresh(found)) return { entry: found, cached: true };
        const at = clock.now();
        try {
          const entry = { value: await load(flightSignal), generation, at };
          const bytes = freeze(entry);
          if (lifeMs > 0) await keep(key, entry, bytes);
          return { entry, cached: false };
        } catch (error) {
          if (lifeMs > 0 && error instanceof GatewayError && !staleOn?.(error)) await forget(key);
          throw error;
        }
      }

      const kept = lifeMs > 0 ? await inMemory(key) : null;
      const hit = kept !== null && fresh(kept);
      try {
        const { entry, cached } = hit
          ? { entry: kept, cached: true }
          : await flights.join(`${nameOf(key)}#${generation}`, signal, fetch);
        metrics?.cacheRead({ product: key.product, hit: cached });
        return answer<T>(entry, cached, null);
      } catch (error) {
        const old = lifeMs > 0 && error instanceof GatewayError && staleOn?.(error) ? await inMemory(key) : null;
        if (!old) throw error;
        return answer<T>(old, true, error as GatewayError);
      }
    },

    async peek<T>(key: CacheKey, { generation, outdated = false }: { generation: number; outdated?: boolean }) {
      if (ttlMs === 0) return null;
      const fresh = (entry: Entry) => outdated || (entry.generation >= generation && clock.now() - entry.at < ttlMs);
      const entry = await find(key, fresh);
      return entry && fresh(entry) ? (entry.value as T) : null; // a key stands for one type of value
    },

    async drop(viewer, item) {
      const group = groupOf({ viewer, item });
      drops.set(group, clock.now());
      await shared?.voidGroup(group, clock.now());
    },

    async close() {
      await shared?.close();
    },
  };
}

function answer<T>(entry: Entry, cached: boolean, stale: GatewayError | null): Cached<T> {
  return { value: entry.value as T, cached, storedAt: entry.at, stale }; // a key stands for one type of value
}

function isNewer(one: Entry, other: Entry): boolean {
  return one.generation > other.generation || (one.generation === other.generation && one.at > other.at);
}

function nameOf({ viewer, item, product, epoch = 0, args = "" }: CacheKey): string {
  return JSON.stringify([viewer, item, product, epoch, args]);
}

function groupOf({ viewer, item }: Pick<CacheKey, "viewer" | "item">): string {
  return JSON.stringify([viewer, item]);
}
