import { createHash } from "node:crypto";
import KeyvRedis from "@keyv/redis";
import { Keyv } from "keyv";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { connectRedis } from "../redis.ts";
import type { Vault } from "../vault.ts";
import type { Entry } from "./entry.ts";

/** The layer that all replicas share. Without Redis it is empty; what fails is logged and reads as absent. */
export interface Shared {
  /** The entry of `name`, and since when all of `group` is void (ms since the epoch), as far as they are known. */
  get(name: string, group: string): Promise<{ entry: Entry | null; voidSince: number | null }>;
  /** Returns at once; the write goes on by itself. */
  set(name: string, entry: Entry): void;
  delete(name: string): Promise<void>;
  /** Makes all that was asked for by now in `group` void, in every replica. */
  voidGroup(group: string, now: number): Promise<void>;
  /** Ends when the writes are done. */
  close(): Promise<void>;
}

/** Change it with the shape of what is kept: an older version's entries are then never read. */
const NAMESPACE = "tributary:cache:1";

/** A layer in Redis: values sealed, names hashed (they hold viewers), each kept for `keepMs`. */
export function createShared(
  url: string,
  { keepMs, vault, clock, log }: { keepMs: number; vault: Vault; clock: Clock; log: Log },
): Shared {
  const redis = connectRedis(url, { clock, log });
  const store = new KeyvRedis<string>(redis.client, { throwOnErrors: true, keyPrefixSeparator: ":" });
  const keyv = new Keyv<string>({ store, namespace: NAMESPACE, useKeyPrefix: false, throwOnErrors: true });

  /** What Redis holds may be lost at any time, so a failure costs an upstream call, nothing else. */
  async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await redis.ask(work);
    } catch {
      return null; // the connection has logged it
    }
  }

  return {
    async get(name, group) {
      const key = keyOf(name);
      const found = await attempt(() => keyv.getMany<string>([key, keyOf(group)]));
      const [sealed, voidSince] = found ?? [];
      return {
        entry: sealed === undefined ? null : open(key, sealed),
        voidSince: voidSince ? Number(voidSince) : null,
      };
    },
    set(name, entry) {
      const key = keyOf(name);
      const sealed = vault.seal(JSON.stringify(entry), aad(key)).toString("base64");
      void attempt(() => keyv.set(key, sealed, keepMs));
    },
    async delete(name) {
      await attempt(() => keyv.delete(keyOf(name)));
    },
    async voidGroup(group, now) {
      await attempt(() => keyv.set(keyOf(group), String(now), keepMs));
    },
    close: () => redis.close(),
  };

  function open(key: string, sealed: string): Entry | null {
    try {
      return JSON.parse(vault.openText(Buffer.from(sealed, "base64"), aad(key))) as Entry; // sealed by us: our shape
    } catch (err) {
      log.warn({ err }, "an entry of the shared cache cannot be opened: its key may have left ENCRYPTION_KEYS");
      return null;
    }
  }
}

function keyOf(name: string): string {
  return createHash("sha256").update(name).digest("base64url");
}

function aad(key: string) {
  return { viewer: "", row: key, field: "cache" };
}
