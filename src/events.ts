import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";
import type { Db, Store } from "./store/store.ts";
import { topicVersions } from "./store/topic-versions.ts";

/** Wake-ups within and between processes: a topic says "look again", never what there is to see. */
export interface Hub {
  /** Wakes the topic's subscribers in every process once `db`'s transaction has committed. A topic holds ids only. */
  publish(db: Db, topic: string): Promise<void>;
  /**
   * Yields at once, after each wake-up of the topic, and within 30 s of a change whose wake-up was lost. Wake-ups that come while
   * the reader is busy are one, so a slow reader costs nothing. Ends when `signal` aborts, the hub closes, or the reader leaves.
   */
  subscribe(topic: string, signal: AbortSignal): AsyncIterableIterator<void>;
  /** What a wake-up was for could not be read: the topic's readers are woken again, within 30 s. */
  missed(topic: string): void;
  /** Ends every subscription. */
  close(): Promise<void>;
}

/** One reader. Its whole queue is the flag. */
interface Subscriber {
  awake: boolean;
  /** Resolves the read that waits. */
  wake(): void;
  end(): void;
}

const CHANNEL = "tributary_topics";
/** One query a process looks for what lost wake-ups were for, however many wait. */
const SWEEP_MS = 30_000;
/** Between topics that are woken at once: thousands would wait for each other's connections. */
const APART_MS = 1;
const NOTHING = "";

/** A hub that listens already. */
export async function createHub(options: { store: Store; clock: Clock; log: Log }): Promise<Hub> {
  const { store, clock, log } = options;
  const topics = new Map<string, Set<Subscriber>>();
  /** How each topic stood at the last sweep. */
  let versions = new Map<string, string>();
  let closed = false;

  function wake(subscriber: Subscriber): void {
    subscriber.awake = true;
    subscriber.wake();
  }

  const wakeTopic = (topic: string) => topics.get(topic)?.forEach(wake);

  /** A topic's readers are woken together, so that they can share a read. */
  function wakeOneByOne(woken: readonly string[]): void {
    for (const [index, topic] of woken.entries()) clock.after(index * APART_MS, () => wakeTopic(topic));
  }

  /** Wakes the readers of the topics that have changed since the last sweep, and of those that it has not seen. */
  async function sweep(): Promise<void> {
    const asked = [...topics.keys()];
    try {
      const found = asked.length > 0 ? await topicVersions(store.db, asked) : new Map<string, string>();
      const now = new Map(asked.map((topic) => [topic, found.get(topic) ?? NOTHING]));
      wakeOneByOne(asked.filter((topic) => now.get(topic) !== versions.get(topic)));
      versions = now;
    } catch (error) {
      log.warn({ err: error }, "lost wake-ups could not be looked for; the next sweep tries again");
    }
    if (!closed) plan();
  }

  let sweeping = Promise.resolve();
  let stopSweeping = () => {};
  function plan(): void {
    stopSweeping = clock.after(SWEEP_MS, () => {
      sweeping = sweep();
    });
  }
  plan();

  const stopListening = await store.listen(CHANNEL, {
    onNotify: wakeTopic,
    onDisconnect: () => log.warn("not listening to the database: wake-ups of other processes are being missed"),
    onReconnect() {
      log.info("listening to the database again: everyone looks again");
      wakeOneByOne([...topics.keys()]);
    },
  });

  function subscribe(topic: string, signal: AbortSignal): AsyncIterableIterator<void> {
    let ended = false;
    const group = topics.get(topic) ?? new Set();
    const subscriber: Subscriber = {
      awake: true,
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
    missed: (topic) => void versions.delete(topic),
    async close() {
      closed = true;
      stopSweeping();
      for (const group of topics.values()) for (const subscriber of group) subscriber.end();
      await sweeping;
      await stopListening();
    },
  };
}
