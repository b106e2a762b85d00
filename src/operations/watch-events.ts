import { eventsTopic } from "../events/events-topic.ts";
import { feedReach, listEvents, type Reach, type StoredEvent } from "../store/events.ts";
import type { OperationDeps } from "./deps.ts";
import { checkCursor, type FeedQuery } from "./list-events.ts";
import { readOnce } from "./read-once.ts";

/** Events read at once: what a reader that is behind holds in memory. */
const BATCH = 100;

/** Follows a viewer's feed: from now on, or from a cursor. */
export type WatchEvents = (
  viewer: string,
  query: FeedQuery,
  signal: AbortSignal,
) => AsyncGenerator<StoredEvent, void, void>;

interface Batch {
  events: StoredEvent[];
  reach: Reach;
}

/**
 * Makes what follows feeds. A reader reads the log from its cursor, yields, waits for a wake-up and reads again: nothing is queued
 * for it, so a slow one costs nothing and misses nothing. Readers that are woken at once at the same cursor share one read.
 *
 * The generator throws GatewayError GONE when the cursor is, or while the reader slept has become, older than the feed reaches, and
 * BAD_USER_INPUT when the feed never came so far.
 */
export function createWatchEvents(deps: Pick<OperationDeps, "store" | "hub" | "log">): WatchEvents {
  const { store, hub, log } = deps;
  const batchAfter = readOnce(readBatch);

  /** All types are read, whatever the readers want of them: their cursors pass what they leave out. */
  async function readBatch({ viewer, after }: { viewer: string; after: number }): Promise<Batch> {
    const events = await listEvents(store.db, viewer, { after, first: BATCH });
    return { events, reach: await feedReach(store.db, viewer) };
  }

  return async function* watchEvents(viewer, { after, types }, signal) {
    let cursor = after;
    let looked = false;
    const topic = eventsTopic(viewer);
    for await (const _ of hub.subscribe(topic, signal)) {
      let behind = true;
      while (behind && !signal.aborted) {
        cursor ??= (await feedReach(store.db, viewer)).newest;
        const batch = await batchAfter({ viewer, after: cursor }).catch((error: unknown) => {
          if (!looked) throw error;
          log.warn({ err: error }, "a feed of events could not be read; the next wake-up tries again");
          hub.missed(topic);
          return null;
        });
        if (!batch) break;
        looked = true;
        checkCursor(cursor, batch.reach);
        behind = batch.events.length === BATCH;
        for (const event of batch.events) {
          cursor = event.n;
          if (!types || types.includes(event.type)) yield event;
          if (signal.aborted) return;
        }
      }
    }
  };
}
