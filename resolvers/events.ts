import type { EventType } from "../schema/enums.ts";
import type { Event } from "../schema/event.ts";
import type { Context } from "../src/context.ts";
import { eventNoun } from "../src/events/event-noun.ts";
import type { StoredEvent } from "../src/store/events.ts";
import { eventCursor, eventCursorOf } from "./event-cursor.ts";
import { notFound } from "./ids.ts";

export function eventNounOf({ operations }: Context, row: StoredEvent): Event {
  return eventNoun(row, { cursor: eventCursorOf(row.n), readBody: () => operations.eventBody(row) });
}

/** The viewer's event. @throws GatewayError NOT_FOUND, also when it is another viewer's. */
export async function findOwnEvent(context: Context, uuid: string): Promise<Event> {
  const row = await context.operations.findEvent(context.viewer.id, uuid);
  if (!row) throw notFound("event");
  return eventNounOf(context, row);
}

/** Which part of the feed, as the arguments say. */
export interface FeedArgs {
  after?: string | null;
  types?: EventType[] | null;
}

/** What was missed since `after`, then what comes. @throws GatewayError GONE or BAD_USER_INPUT for the cursor before anything is watched. */
export async function watchOwnEvents(context: Context, args: FeedArgs): Promise<AsyncGenerator<Event, void, void>> {
  const after = eventCursor(args.after);
  const { operations, viewer } = context;
  if (after !== null) await operations.listEvents(viewer.id, { first: 1, after, types: [] });
  return watchNouns(context, { after, types: args.types ?? undefined });
}

/** Each value is shown with what then is: nothing of the one before is kept. */
async function* watchNouns(
  context: Context,
  query: { after: number | null; types: EventType[] | undefined },
): AsyncGenerator<Event, void, void> {
  for await (const row of context.operations.watchEvents(context.viewer.id, query, context.client)) {
    context.renew();
    yield eventNounOf(context, row);
  }
}
