import DataLoader from "dataloader";
import { eventsTopic } from "../events/events-topic.ts";
import { feedReach, listEvents, type Reach, type StoredEvent } from "../store/events.ts";
import type { OperationDeps } from "./deps.ts";
import { checkCursor, type FeedQuery } from "./list-events.ts";

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
  // never joined once it has begun: it would not see what its joiner was woken for
  const batches = new DataLoader<{ viewer: string; after: number }, Batch>(
    (readers) => {
      const reads = new Map<string, Promise<Batch>>();
      return Promise.all(
        readers.map(({ viewer, after }) => {
          const key = `${after} ${viewer}`;
          const read = reads.get(key) ?? readBatch(viewer, after);
          reads.set(key, read);
          return read;
        }),
      );
    },
    { cache: false },
  );

  /** All types are read, whatever the readers want of them: their cursors pass what they leave out. */
  async function readBatch(viewer: string, after: number): Promise<Batch> {
    const events = await listEvents(store.db, viewer, { after, first: BATCH });
    return { events, reach: await feedReach(store.db, viewer) };
  }

  return async function* watchEvents(viewer, { after, types }, signal) {
    let cursor = after;
    let looked = false;
    for await (const _ of hub.subscribe(eventsTopic(viewer), signal)) {
      let behind = true;
      while (behind && !signal.aborted) {
        cursor ??= (await feedReach(store.db, viewer)).newest;
        const batch = await batches.load({ viewer, after: cursor }).catch((error: unknown) => {
          if (!looked) throw error;
          log.warn({ err: error }, "a feed of events could not be read; the next wake-up tries again");
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
