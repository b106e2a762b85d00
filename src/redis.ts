import { createClient } from "@keyv/redis";
import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";

/** A connection to Redis that nobody waits for: what is kept there may be lost at any time. */
export interface Redis {
  readonly client: Client;
  /** Runs `work` on the connection; rejects at once while there is none, and after 250 ms when Redis does not answer. */
  ask<T>(work: () => Promise<T>): Promise<T>;
  /** Waits for the commands under way, 250 ms at most, and ends the connection. */
  close(): Promise<void>;
}

type Client = ReturnType<typeof open>;

const ANSWER_MS = 250;
const CONNECT_MS = 500;
/** After a silence Redis is left alone for so long: a frozen one costs one wait, not one for each request. */
const PAUSE_MS = 1000;
const LONGEST_BACKOFF_MS = 2000;
const LONGEST_QUEUE = 10_000;
/** A fault that stays (memory full, read-only replica) is logged once in so long. */
const LOG_AGAIN_MS = 60_000;

/** Connects in the background, for ever again when the connection is lost. The URL may hold a password: it is never logged. */
export function connectRedis(url: string, { clock, log }: { clock: Clock; log: Log }): Redis {
  const client = open(url);
  let down = false;
  let pausedUntil = 0;
  let mutedUntil = 0;
  client.on("error", (err: unknown) => {
    if (!down) log.warn({ err }, "Redis is not reachable: this process goes on without it");
    down = true;
  });
  client.on("ready", () => {
    if (down) log.info("Redis is reachable again");
    down = false;
  });
  client.connect().catch((err: unknown) => log.warn({ err }, "Redis was not connected"));

  return {
    client,
    async ask(work) {
      if (!client.isReady || clock.now() < pausedUntil) throw new Error("Redis is not reachable now.");
      try {
        return await within(clock, work(), () => {
          pausedUntil = clock.now() + PAUSE_MS;
        });
      } catch (err) {
        if (clock.now() >= mutedUntil) {
          log.warn({ err }, "Redis did not do as asked: this process goes on without it");
          mutedUntil = clock.now() + LOG_AGAIN_MS;
        }
        throw err;
      }
    },
    async close() {
      if (!client.isReady) return client.isOpen ? client.destroy() : undefined;
      await within(clock, client.close(), () => client.destroy()).catch((err: unknown) =>
        log.warn({ err }, "Redis did not let the connection end: it was cut"),
      );
    },
  };
}

function open(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true, // else a command waits until the connection is back
    commandsQueueMaxLength: LONGEST_QUEUE,
    socket: {
      connectTimeout: CONNECT_MS,
      reconnectStrategy: (attempts: number) => Math.min(100 * 2 ** attempts, LONGEST_BACKOFF_MS),
    },
  });
}

function within<T>(clock: Clock, answer: Promise<T>, late: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ANSWER_MS, () => {
      late();
      reject(new Error(`Redis did not answer within ${ANSWER_MS} ms.`));
    });
    answer.then(resolve, reject).finally(cancel);
  });
}
