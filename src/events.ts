import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";
import type { Db, Store } from "./store/store.ts";

/** Wake-ups within and between processes: a topic says "look again", never what there is to see. */
export interface Hub {
  /** Wakes the topic's subscribers in every process once `db`'s transaction has committed. A topic holds ids only. */
  publish(db: Db, topic: string): Promise<void>;
  /**
   * Yields at once, after each wake-up of the topic, and every 30 s should one have been lost. Wake-ups that come while the
   * reader is busy are one, so a slow reader costs nothing. Ends when `signal` aborts, the hub closes, or the reader leaves.
   */
  subscribe(topic: string, signal: AbortSignal): AsyncIterableIterator<void>;
  /** Ends every subscription. */
  close(): Promise<void>;
}

/** One reader. Its whole queue is the flag. */
interface Subscriber {
  awake: boolean;
  /** When it was woken last, ms. */
  wokenAt: number;
  /** Resolves the read that waits. */
  wake(): void;
  end(): void;
}

const CHANNEL = "tributary_topics";
const LOST_WAKE_UP_MS = 30_000;
const SWEEP_MS = 1_000;
const APART_MS = 1;

/** A hub that listens already. */
export async function createHub(options: { store: Store; clock: Clock; log: Log }): Promise<Hub> {
  const { store, clock, log } = options;
  const topics = new Map<string, Set<Subscriber>>();
  let closed = false;

  function wake(subscriber: Subscriber): void {
    subscriber.awake = true;
    subscriber.wokenAt = clock.now();
    subscriber.wake();
  }

  /** Each subscriber has its own 30 seconds, so that a thousand of them do not look again at once. */
  function sweep(): void {
    const latest = clock.now() - LOST_WAKE_UP_MS;
    for (const group of topics.values()) {
      for (const subscriber of group) if (subscriber.wokenAt <= latest) wake(subscriber);
    }
    stopSweeping = clock.after(SWEEP_MS, sweep);
  }
  let stopSweeping = clock.after(SWEEP_MS, sweep);

  const stopListening = await store.listen(CHANNEL, {
    onNotify: (topic) => topics.get(topic)?.forEach(wake),
    onDisconnect: () => log.warn("not listening to the database: wake-ups of other processes are being missed"),
    onReconnect() {
      log.info("listening to the database again: everyone looks again");
      // one after the other: thousands at once would wait for each other's connections
      const everyone = [...topics.values()].flatMap((group) => [...group]);
      for (const [index, subscriber] of everyone.entries()) clock.after(index * APART_MS, () => wake(subscriber));
    },
  });

  function subscribe(topic: string, signal: AbortSignal): AsyncIterableIterator<void> {
    let ended = false;
    const group = topics.get(topic) ?? new Set();
    const subscriber: Subscriber = {
      awake: true,
      wokenAt: clock.now(),
      wake: () => {},
      end() {
        ended = true;
        signal.removeEventListener("abort", subscriber.end);
        group.delete(subscriber);
        if (group.size === 0 && topics.get(topic) === group) topics.delete(topic);
        subscriber.wake();
      },
    };
    topics.set(topic, group.add(subscriber));
    signal.addEventListener("abort", subscriber.end);
    if (signal.aborted || closed) subscriber.end();

    return {
      async next() {
        if (!subscriber.awake && !ended) {
          await new Promise<void>((resolve) => {
            subscriber.wake = resolve;
          });
        }
        subscriber.awake = false;
        return ended ? { done: true, value: undefined } : { done: false, value: undefined };
      },
      async return() {
        subscriber.end();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  return {
    publish: (db, topic) => store.notify(db, CHANNEL, topic),
    subscribe,
    async close() {
      closed = true;
      stopSweeping();
      for (const group of topics.values()) for (const subscriber of group) subscriber.end();
      await stopListening();
    },
  };
}
