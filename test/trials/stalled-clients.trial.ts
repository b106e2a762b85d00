import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, it } from "@jest/globals";
import { delay, systemClock } from "../../src/clock.ts";
import { recordEvent } from "../../src/events/record-event.ts";
import { createHub } from "../../src/events.ts";
import { createVault } from "../../src/vault.ts";
import { aggregatorEnv } from "../support/aggregator-env.ts";
import { askAt } from "../support/ask-at.ts";
import { connectionsTo } from "../support/connections-to.ts";
import { onPostgres, silentLog } from "../support/database.ts";
import { SECRET, testSandbox, tokenOf } from "../support/gateway.ts";
import { INSPECTED, liveMemory } from "../support/live-memory.ts";
import { memoryOf } from "../support/memory-of.ts";
import { startProcess } from "../support/process.ts";
import { type RawSubscriber, subscribeBySocket, subscribeByStream } from "../support/raw-subscriber.ts";
import { until } from "../support/until.ts";

const ROOT = join(import.meta.dirname, "../..");
const VIEWER = "alice";
const RATE = 500;
const SECONDS = 60;
const EVENTS = RATE * SECONDS;
/** Of each transport. */
const READERS = 25;
const STALLED = 10;
const MOST_GROWTH_MB = 50;
/** A stream is given up after a minute, a socket when it has answered no ping for two rounds of 30 s. */
const GIVEN_UP_MS = 100_000;
/** Kept alive by whoever asked for something else. */
const OTHER_CONNECTIONS = 2;
const TICK_MS = 20;
const SAMPLE_MS = 10_000;
const FOLLOW = "subscription ($after: String) { events(after: $after) { cursor newCount } }";

/** More of each event than the system's own buffers hold of them all: who reads that slowly is seen to stall. */
const FOLLOW_MUCH = FOLLOW.replace("cursor", Array.from({ length: 100 }, (_, n) => `cursor${n}: cursor`).join(" "));

interface SeenEvent {
  events: { cursor: string; newCount: number };
}

onPostgres((open) => {
  beforeAll(() => {
    execFileSync(process.execPath, ["scripts/build-if-needed.js"], { cwd: ROOT });
  });

  it(`${RATE} events a second: clients that stop reading cost nothing, and the others get each once, in order`, async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "tributary-trial-"));
    const sandbox = await testSandbox();
    const store = await open();
    const gateway = await startProcess({
      ...{ DATA_DIR: dataDir, DATABASE_URL: open.url(store), AUTH_JWT_SECRET: SECRET, LOG_LEVEL: "warn" },
      ...INSPECTED,
      ...aggregatorEnv(sandbox),
    });
    const deps = {
      hub: await createHub({ store, clock: systemClock, log: silentLog }),
      vault: createVault([{ id: "trial", key: Buffer.alloc(32, 20) }]),
      clock: systemClock,
    };
    /** As a webhook's interpretation does it, in another process than the gateway. */
    const record = (from: number, to: number) =>
      store.transaction(async (tx) => {
        for (let newCount = from; newCount < to; newCount++) {
          recordEvent(deps, tx, { viewer: VIEWER, type: "TRANSACTIONS_DEFAULT_UPDATE", newCount });
        }
      });
    const clients: RawSubscriber[] = [];
    const received: number[] = [];
    const faults: string[] = [];

    /** A client that checks that each event comes once, in order. */
    async function follow(transport: "socket" | "stream", after: string, query = FOLLOW): Promise<RawSubscriber> {
      const reader = received.push(0) - 1;
      const onData = ({ events: { newCount } }: SeenEvent) => {
        const wanted = received[reader] ?? 0;
        if (newCount !== wanted) faults.push(`reader ${reader} got ${newCount} for ${wanted}`);
        received[reader] = wanted + 1;
      };
      const token = await tokenOf({ viewer: VIEWER });
      const subscribe = transport === "socket" ? subscribeBySocket<SeenEvent> : subscribeByStream<SeenEvent>;
      const client = await subscribe({ url: gateway.url, token, query, variables: { after }, onData });
      clients.push(client);
      return client;
    }

    /** Records at the rate, whatever the readers do. */
    async function recordAll(): Promise<void> {
      const began = performance.now();
      for (let sent = 0; sent < EVENTS; ) {
        const due = Math.min(EVENTS, Math.ceil(((performance.now() - began) / 1000) * RATE));
        if (due > sent) await record(sent, due);
        sent = Math.max(sent, due);
        await delay(systemClock, TICK_MS);
      }
    }

    try {
      await record(-1, 0);
      const { cursor } = (await askAt(gateway.url, VIEWER, "{ events { nodes { cursor } } }")).events.nodes[0];
      for (let reader = 0; reader < READERS; reader++) {
        await follow("socket", cursor);
        await follow("stream", cursor);
      }
      const readers = received.length;
      const stalled: RawSubscriber[] = [];
      for (let client = 0; client < STALLED; client++) {
        stalled.push(await follow("socket", cursor, FOLLOW_MUCH), await follow("stream", cursor, FOLLOW_MUCH));
      }
      for (const client of stalled) client.stall();
      const stalledAt = Date.now();
      const port = Number(new URL(gateway.url).port);
      expect(await connectionsTo(port)).toBeGreaterThanOrEqual(readers + stalled.length);

      const before = await liveMemory(gateway.output());
      const samples: string[] = [];
      let most = 0;
      let recording = true;
      const sampling = (async () => {
        while (recording) {
          await delay(systemClock, SAMPLE_MS);
          const live = await liveMemory(gateway.output());
          most = Math.max(most, live);
          samples.push(`${Math.round(live)} (${Math.round((await memoryOf(gateway.pid)).now)})`);
        }
      })();
      const began = performance.now();
      await recordAll();
      const recordedS = (performance.now() - began) / 1000;
      await until(async () => {
        await delay(systemClock, 100);
        return received.slice(0, readers).every((count) => count === EVENTS);
      }, 120_000);
      const doneS = (performance.now() - began) / 1000;
      recording = false;
      await sampling;
      console.log(
        `${EVENTS} events in ${recordedS.toFixed(1)} s, all at ${readers} readers after ${doneS.toFixed(1)} s; ` +
          `live ${Math.round(before)} MB before, then with all resident memory: ${samples.join(", ")}`,
      );
      expect(faults).toEqual([]);
      expect(received.slice(readers).every((count) => count < EVENTS)).toBe(true);
      expect(most - before).toBeLessThan(MOST_GROWTH_MB);

      // what has arrived of them is read by nobody: only the server's end tells
      await until(async () => {
        await delay(systemClock, 500);
        return (await connectionsTo(port)) <= readers + OTHER_CONNECTIONS;
      }, GIVEN_UP_MS);
      const seconds = (Date.now() - stalledAt) / 1000;
      console.log(`the last stalled client was found given up ${seconds.toFixed(1)} s after it stopped`);
      expect(seconds * 1000).toBeLessThan(Math.max(GIVEN_UP_MS, doneS * 1000 + SAMPLE_MS));
    } finally {
      for (const client of clients) client.close();
      await deps.hub.close();
      await gateway.kill("SIGKILL");
      await sandbox.close();
      await rm(dataDir, { recursive: true, force: true });
    }
  }, 240_000);
});
