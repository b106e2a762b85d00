import { badInput } from "../src/errors.ts";
import { decodeCursor, encodeCursor } from "../src/ids.ts";

const FEED = "event";

/** The cursor of an event's place in its viewer's feed. */
export function eventCursorOf(n: number): string {
  return encodeCursor(FEED, String(n));
}

/** The place after which the feed is wanted; null without a cursor. @throws GatewayError BAD_USER_INPUT for one of another list. */
export function eventCursor(after: string | null | undefined): number | null {
  if (after === undefined || after === null) return null;
  const [feed, text = ""] = decodeCursor(after, 2) ?? [];
  const n = Number(text);
  if (feed !== FEED || !/^\d+$/.test(text) || !Number.isSafeInteger(n)) {
    throw badInput("after", after, "a cursor of the events feed");
  }
  return n;
}
