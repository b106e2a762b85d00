import { setImmediate } from "node:timers/promises";

/** Work that the sandbox's clock waits for before it moves on from a moment: webhooks being signed and sent. */
export interface UnderWay {
  track<T>(work: Promise<T>): Promise<T>;
  /** Resolves once nothing is under way, and all that followed from it has begun to wait for the clock. */
  settled(): Promise<void>;
}

export function createUnderWay(): UnderWay {
  const all = new Set<Promise<unknown>>();
  return {
    track(work) {
      all.add(work);
      const end = () => void all.delete(work);
      work.then(end, end);
      return work;
    },
    async settled() {
      do {
        await Promise.allSettled(all);
        await setImmediate(); // what waited for it goes on first
      } while (all.size > 0);
    },
  };
}
