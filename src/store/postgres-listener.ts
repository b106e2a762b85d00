import pg from "pg";
import { type Clock, delay } from "../clock.ts";
import type { Log } from "../log.ts";
import type { ListenHandlers } from "./store.ts";

/** One connection of its own that listens, for every channel of the process. */
export interface PostgresListener {
  /** Resolves once the channel is listened to. The returned function ends that for these handlers. */
  listen(channel: string, handlers: ListenHandlers): Promise<() => void>;
  close(): Promise<void>;
}

interface Connection {
  client: pg.Client;
  /** Resolves when it is lost. */
  ended: Promise<void>;
  /** Gives it up. */
  lose(error: unknown): void;
}

/** The connection that is there or comes next. */
interface NextConnection {
  promise: Promise<Connection>;
  resolve(connection: Connection): void;
  reject(error: unknown): void;
}

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 10_000;
/** A connection that dies silently is noticed within these two. */
const HEARTBEAT_MS = 10_000;
const ANSWER_MS = 5_000;

/** Connects at the first `listen`; reconnects for ever, with a delay that doubles from 100 ms to 10 s. */
export function postgresListener(options: { databaseUrl: string; clock: Clock; log: Log }): PostgresListener {
  const { databaseUrl, clock, log } = options;
  const channels = new Map<string, Set<ListenHandlers>>();
  const closing = new AbortController();
  let current = nextConnection();
  let running: Promise<void> | null = null;

  async function run(): Promise<void> {
    let failures = 0;
    let established = false;
    while (!closing.signal.aborted) {
      try {
        const connection = await connect();
        failures = 0;
        current.resolve(connection);
        if (established) tell((handlers) => handlers.onReconnect());
        established = true;
        await connection.ended;
        current = nextConnection();
        if (!closing.signal.aborted) tell((handlers) => handlers.onDisconnect?.());
      } catch (error) {
        log.warn({ err: error }, "cannot listen to the database yet");
      }
      await pause(Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** failures++));
    }
    current.reject(new Error("The store is closed."));
  }

  async function connect(): Promise<Connection> {
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: "tributary-listener",
      connectionTimeoutMillis: ANSWER_MS,
      query_timeout: ANSWER_MS,
      keepAlive: true,
    });
    const connection = watch(client);
    client.on("notification", ({ channel, payload }) => {
      for (const handlers of channels.get(channel) ?? []) handlers.onNotify(payload ?? "");
    });
    try {
      await client.connect();
      for (const channel of channels.keys()) await listenOn(client, channel);
    } catch (error) {
      connection.lose(error);
      throw error;
    }
    return connection;
  }

  /** Notices when the connection is lost: by its own word, by a heartbeat without an answer, or because we close. */
  function watch(client: pg.Client): Connection {
    let resolveEnded = () => {};
    const ended = new Promise<void>((resolve) => {
      resolveEnded = resolve;
    });
    let alive = true;
    const lose = (error: unknown) => {
      if (!alive) return;
      alive = false;
      stopHeart();
      closing.signal.removeEventListener("abort", close);
      if (!closing.signal.aborted) log.warn({ err: error }, "lost the connection that listens to the database");
      client.end().catch((failure: unknown) => log.debug({ err: failure }, "a lost connection did not end cleanly"));
      resolveEnded();
    };
    const close = () => lose(null);
    const beat = () => clock.after(HEARTBEAT_MS, () => void client.query("select 1").then(goOn, lose));
    let stopHeart = beat();
    const goOn = () => {
      if (alive) stopHeart = beat();
    };
    client.on("error", lose);
    client.on("end", () => lose(new Error("The database ended the connection.")));
    closing.signal.addEventListener("abort", close);
    return { client, ended, lose };
  }

  function tell(what: (handlers: ListenHandlers) => void): void {
    for (const group of channels.values()) for (const handlers of group) what(handlers);
  }

  async function pause(ms: number): Promise<void> {
    if (!closing.signal.aborted) await delay(clock, ms, closing.signal).catch(() => undefined); // closing ends it early
  }

  return {
    async listen(channel, handlers) {
      const group = channels.get(channel) ?? new Set();
      channels.set(channel, group.add(handlers));
      running ??= run();
      for (;;) {
        const connection = await current.promise;
        try {
          await listenOn(connection.client, channel);
          return () => group.delete(handlers);
        } catch (error) {
          connection.lose(error);
          await connection.ended;
        }
      }
    },
    async close() {
      closing.abort();
      await running;
    },
  };
}

function nextConnection(): NextConnection {
  let resolve: NextConnection["resolve"] = () => {};
  let reject: NextConnection["reject"] = () => {};
  const promise = new Promise<Connection>((...settle) => {
    [resolve, reject] = settle;
  });
  promise.catch(() => undefined); // only those who wait for it need to hear that it never comes
  return { promise, resolve, reject };
}

async function listenOn(client: pg.Client, channel: string): Promise<void> {
  await client.query(`listen ${pg.escapeIdentifier(channel)}`);
}
