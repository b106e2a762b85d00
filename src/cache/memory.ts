import { Keyv } from "keyv";
import { LRUCache } from "lru-cache";
import type { Entry } from "./entry.ts";

/** The layer in this process. */
export interface Memory {
  get(name: string): Promise<Entry | undefined>;
  /** `bytes` is the entry's size, roughly. */
  set(name: string, entry: Entry, bytes: number): Promise<void>;
  delete(name: string): Promise<void>;
}

/** All entries together, roughly; the one not used for the longest time makes room. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Whatever the size of an entry's value, its keys and bookkeeping take so much. */
const LEAST_BYTES = 512;

/** Entries as the very objects that were set, bounded by their size. Age is the caller's to judge, by its clock. */
export function createMemory(): Memory {
  const store = new LRUCache<string, { value: { entry: Entry; bytes: number } }>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ value }) => LEAST_BYTES + value.bytes,
  });
  const keyv = new Keyv<{ entry: Entry; bytes: number }>({
    store,
    serialize: undefined, // else every get parses JSON anew
    deserialize: undefined,
    useKeyPrefix: false,
  });
  return {
    get: async (name) => (await keyv.get(name))?.entry,
    async set(name, entry, bytes) {
      await keyv.set(name, { entry, bytes });
    },
    async delete(name) {
      await keyv.delete(name);
    },
  };
}
