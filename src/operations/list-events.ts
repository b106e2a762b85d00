import type { EventType } from "../../schema/enums.ts";
import { badInput, GatewayError } from "../errors.ts";
import { feedReach, listEvents as readEvents, type StoredEvent } from "../store/events.ts";
import type { OperationDeps } from "./deps.ts";

/** Which part of a feed. */
export interface FeedQuery {
  /** The cursor after which it begins. */
  after: number | null;
  /** All when undefined; an empty list matches nothing. */
  types: readonly EventType[] | undefined;
}

/**
 * One page of the viewer's feed, oldest first, from its oldest kept event when `after` is null.
 * @throws GatewayError GONE when `after` is older than the feed reaches, BAD_USER_INPUT when the feed never came so far.
 */
export async function listEvents(
  { store }: Pick<OperationDeps, "store">,
  viewer: string,
  { first, after, types }: FeedQuery & { first: number },
): Promise<{ events: StoredEvent[]; more: boolean }> {
  const events = await readEvents(store.db, viewer, { after: after ?? 0, first: first + 1, types });
  // read after the events: what was deleted in between is noticed
  if (after !== null) checkCursor(after, await feedReach(store.db, viewer));
  return { events: events.slice(0, first), more: events.length > first };
}

/** @throws GatewayError as `listEvents`. */
export function checkCursor(after: number, { newest, pruned }: { newest: number; pruned: number }): void {
  if (after < pruned) {
    throw new GatewayError(
      "GONE",
      "after: the feed does not reach back to this cursor. Read afresh what you show, then follow the feed from now on.",
      { field: "after" },
    );
  }
  if (after > newest) throw badInput("after", "a cursor that the feed has not come to", "a cursor that the feed gave");
}
